import Glibc
import Persistence

/// A journal file that was read and checked.
struct JournalContents: Sendable {
    let header: JournalHeader
    let bytes: [UInt8]
    /// Where the batches are, in order.
    let batches: [Range<Int>]
    /// The end of the last valid frame.
    let end: Int
    /// The end of the last frame that was certainly on disk before another one was written.
    let synced: Int
    /// Sequence number of the first frame; nil without frames.
    let firstSequence: UInt64?
    /// What is wrong at `end`; nil if the file is whole.
    let flaw: Flaw?

    enum Flaw {
        /// Writing did not come to its end there, as after a power failure.
        case torn
        /// What is there was on disk once, and is not as it was written.
        case damaged
    }

    /// Whether no batch is in the file.
    var isEmpty: Bool { batches.isEmpty && flaw == nil }

    var nextSequence: UInt64? { firstSequence.map { $0 &+ UInt64(batches.count) } }

    /// Reads the file at a path.
    ///
    /// - Parameter limit: How many bytes count; the rest is not looked at.
    init(path: String, limit: Int = .max) throws(StoreFailure) {
        let bytes = try Self.read(path, limit: limit)
        let span = bytes.span.bytes
        let header: JournalHeader
        do throws(JournalHeader.Problem) {
            header = try JournalHeader(span)
        } catch {
            throw error == .damaged
                ? .damaged(path, at: 0)
                : StoreFailure(
                    .newerVersion, "cannot use '\(path)': a newer version of this program has written it; install that version")
        }
        var batches: [Range<Int>] = []
        var end = JournalHeader.size
        var first: UInt64?
        var claim = 0
        var flaw: Flaw?
        while end < bytes.count {
            guard let frame = JournalFrame(at: end, in: span, seed: header.seed),
                frame.sequence == (first ?? frame.sequence) &+ UInt64(batches.count)
            else {
                flaw = JournalFrame.proves(onDisk: end, in: span, seed: header.seed) ? .damaged : .torn
                break
            }
            first = first ?? frame.sequence
            claim = max(claim, frame.synced)
            batches.append(frame.body)
            end = frame.body.upperBound
        }
        self.header = header
        self.batches = batches
        self.end = end
        synced = batches.last { $0.upperBound <= claim }?.upperBound ?? JournalHeader.size
        firstSequence = first
        self.flaw = flaw
        self.bytes = bytes
    }

    /// More than any file can grow to in practice. A file is read as a whole.
    private static let sizeLimit = 4 << 30

    /// The bytes of a file that only its owner could have written.
    private static func read(_ path: String, limit: Int) throws(StoreFailure) -> [UInt8] {
        let what = "file of the state store"
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW)
        guard descriptor >= 0 else { throw StoreFailure("cannot open", what, path, code: errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw StoreFailure("cannot read", what, path, code: errno) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw StoreFailure(.damaged, "cannot use '\(path)': it is not a regular file; move it aside")
        }
        if let (problem, remedy) = FileTrust.problem(status, path: path, what: "it") {
            throw StoreFailure(.permission, "cannot use '\(path)': \(problem); \(remedy)")
        }
        guard status.st_size <= sizeLimit else {
            throw StoreFailure(
                .damaged,
                "cannot use '\(path)': it has \(status.st_size) bytes, more than the \(sizeLimit) that are possible; nothing was "
                    + "changed: \(StoreFailure.restore)")
        }
        var code: CInt = 0
        let size = min(Int(status.st_size), limit)
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            while count < size {
                let part = pread(descriptor, buffer.baseAddress.map { $0 + count }, size - count, off_t(count))
                if part > 0 {
                    count += part
                } else if part == 0 {
                    return
                } else if errno != EINTR {
                    code = errno
                    return
                }
            }
        }
        guard code == 0 else { throw StoreFailure("cannot read", what, path, code: code) }
        return bytes
    }
}

extension StoreFailure {
    /// A journal file whose contents are not what was written.
    static func damaged(_ path: String, at offset: Int) -> StoreFailure {
        StoreFailure(
            .damaged,
            "the state store's file '\(path)' is damaged at byte \(offset); nothing was changed: \(StoreFailure.restore)")
    }
}
