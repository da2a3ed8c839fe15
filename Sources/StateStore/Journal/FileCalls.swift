import Glibc

/// The system calls that can fail at any moment while a store works. Tests replace them. Each sets `errno` when it fails.
struct FileCalls: Sendable {
    /// pwrite(2): descriptor, bytes, offset.
    var write: @Sendable (CInt, UnsafeRawBufferPointer, Int) -> Int = { Glibc.pwrite($0, $1.baseAddress, $1.count, $2) }
    /// fdatasync(2).
    var sync: @Sendable (CInt) -> CInt = { Glibc.fdatasync($0) }
    /// ftruncate(2).
    var truncate: @Sendable (CInt, Int) -> CInt = { Glibc.ftruncate($0, $1) }

    /// Writes all bytes at an offset. Returns 0, or the `errno` with which the system refused the rest.
    func writeAll(_ bytes: [UInt8], to descriptor: CInt, at offset: Int) -> CInt {
        bytes.withUnsafeBytes { bytes in
            var done = 0
            while done < bytes.count {
                let count = write(descriptor, UnsafeRawBufferPointer(rebasing: bytes[done...]), offset + done)
                if count > 0 {
                    done += count
                } else if count == 0 {
                    return ENOSPC
                } else if errno != EINTR {
                    return errno
                }
            }
            return 0
        }
    }

    /// Makes what was written to a file durable. Returns 0 or the `errno`.
    func synchronize(_ descriptor: CInt) -> CInt {
        while sync(descriptor) != 0 {
            guard errno == EINTR else { return errno }
        }
        return 0
    }
}
