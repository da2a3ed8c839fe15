import Foundation

/// A file system of little size in memory, which only one thread and the threads that it starts can see.
enum SmallFileSystem {
    /// Whether such a file system can be made, which takes root.
    static let isPossible = run(kilobytes: 64, at: "/tmp") {} != nil

    private typealias Unshare = @convention(c) (CInt) -> CInt

    /// `unshare` of the C library, which Swift does not import. The type is that in its manual page.
    private static let unshare = dlsym(nil, "unshare").map { unsafeBitCast($0, to: Unshare.self) }

    /// Runs a function on a thread for which the file system is at a folder, and returns its result; nil if it cannot be made. The
    /// file system ends with that thread and those that it starts.
    static func run<Result: Sendable>(
        kilobytes: Int, at folder: String, _ body: @escaping @Sendable () throws -> Result
    ) -> Swift.Result<Result, any Error>? {
        OwnThread.run { () -> Swift.Result<Result, any Error>? in
            let cloneNewNamespace: CInt = 0x0002_0000
            guard let unshare, unshare(cloneNewNamespace) == 0, mount(nil, "/", nil, UInt(MS_REC | MS_PRIVATE), nil) == 0,
                mount("tmpfs", folder, "tmpfs", 0, "size=\(kilobytes)k,mode=700") == 0
            else { return nil }
            return Swift.Result { try body() }
        } ?? nil
    }

    /// Makes the file system that this thread sees at a folder read-only. Waits a while for files that are open for writing.
    static func makeReadOnly(_ folder: String) -> Bool {
        for _ in 0..<3000 {
            if mount(nil, folder, nil, UInt(MS_REMOUNT | MS_RDONLY), nil) == 0 { return true }
            guard errno == EBUSY else { return false }
            usleep(10_000)
        }
        return false
    }
}
