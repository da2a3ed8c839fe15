import Glibc
import Logging

/// The journal files that a store finds when it opens: what is in them and not yet in the database.
struct RecoveredJournal: Sendable {
    /// What the database knows of the journal.
    struct Position: Hashable, Sendable {
        let store: StoreIdentity
        /// All changes of the files up to this number are in the database.
        var folded: UInt64
        /// Sequence number of the last batch of those files.
        var sequence: UInt64
        /// A number that the journal had reached: that file exists unless it was folded.
        var begun: UInt64
    }

    /// The files, oldest first, each with what counts of it.
    private(set) var files: [JournalContents] = []
    /// Number of the newest file; that of the last folded one if there are no files.
    private(set) var lastNumber: UInt64
    /// Sequence number of the last batch.
    private(set) var lastSequence: UInt64
    /// Where the next file must say that an earlier one ends: what follows there may not be on disk, although it can be read.
    private(set) var cut: JournalHeader.Cut?

    /// The batches behind the cut, with which the next file begins.
    private(set) var unsynced: [[UInt8]] = []

    /// The files with what counts of them when the next file exists.
    var sealed: [FoldThread.Sealed] {
        files.map { .init(number: $0.header.number, end: $0.header.number == cut?.number ? cut?.end ?? $0.end : $0.end) }
    }

    /// Those before the one that the next file continues, which do not depend on it.
    var sealedWithoutLast: [FoldThread.Sealed] { sealed.filter { $0.number < cut?.number ?? .max } }

    /// The frames with which the next file begins.
    func frames(for header: JournalHeader) -> [UInt8] {
        var bytes: [UInt8] = []
        let before = lastSequence - UInt64(unsynced.count)
        for (index, batch) in unsynced.enumerated() {
            JournalFrame.append(
                batch, sequence: before + UInt64(index) + 1, synced: JournalHeader.size, seed: header.seed, to: &bytes)
        }
        return bytes
    }

    /// Reads and checks the files. Changes nothing on disk, except that files of which nothing is needed are removed.
    init(_ place: JournalPlace, _ position: Position, logger: Logger) throws(StoreFailure) {
        (lastNumber, lastSequence) = (position.folded, position.sequence)
        let numbers = try place.numbers().filter { $0 > position.folded }
        var expected = position.folded + 1
        for number in numbers {
            guard number == expected else { throw Self.missing(place.path(of: expected)) }
            expected += 1
        }
        guard expected > position.begun else { throw Self.missing(place.path(of: expected)) }
        try read(numbers, place, position.store)
        try check(place, logger)
        lastNumber = max(position.folded, numbers.last ?? 0)
    }

    private mutating func read(_ numbers: [UInt64], _ place: JournalPlace, _ store: StoreIdentity) throws(StoreFailure) {
        var cuts: [UInt64: Int] = [:]
        // The newest file first, because it knows where earlier ones end.
        for number in numbers.reversed() {
            let path = place.path(of: number)
            let contents = try JournalContents(path: path, limit: cuts[number] ?? .max)
            guard contents.header.store == store, contents.header.number == number else {
                throw StoreFailure(
                    .damaged,
                    "'\(path)' belongs to another state store than '\(place.store)'; nothing was changed: "
                        + "move it aside if it is not needed"
                )
            }
            if let cut = contents.header.cut { cuts[cut.number] = min(cuts[cut.number] ?? .max, cut.end) }
            // What is missing before a cut was on disk when the cut was made.
            if let end = cuts[number], contents.end != end { throw .damaged(path, at: contents.end) }
            files.insert(contents, at: 0)
        }
    }

    private mutating func check(_ place: JournalPlace, _ logger: Logger) throws(StoreFailure) {
        let last = files.lastIndex { !$0.isEmpty }
        for (index, file) in files.enumerated() {
            let path = place.path(of: file.header.number)
            if let first = file.firstSequence {
                guard first == lastSequence + 1 else { throw .damaged(path, at: JournalHeader.size) }
                lastSequence += UInt64(file.batches.count)
            }
            switch file.flaw {
            case nil: break
            case .torn where index == last:
                logger.notice(
                    "the state store's last write was not complete; its remains are ignored",
                    metadata: ["file": "\(path)", "bytes": "\(file.bytes.count - file.end)"])
            default: throw .damaged(path, at: file.end)
            }
        }
        // The system may have failed to make the last file durable, and reports that only once.
        guard let last else { return }
        let file = files[last]
        cut = JournalHeader.Cut(number: file.header.number, end: file.synced)
        unsynced = file.batches.filter { $0.upperBound > file.synced }.map { Array(file.bytes[$0]) }
    }

    /// Makes what the files contain durable: the next file relies on it.
    func synchronize(_ place: JournalPlace, _ calls: FileCalls) throws(StoreFailure) {
        for file in files {
            let path = place.path(of: file.header.number)
            let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
            guard descriptor >= 0 else { throw StoreFailure("cannot open", "file of the state store", path, code: errno) }
            defer { close(descriptor) }
            let code = calls.synchronize(descriptor)
            guard code == 0 else { throw StoreFailure("cannot make durable", "file of the state store", path, code: code) }
        }
    }

    private static func missing(_ path: String) -> StoreFailure {
        StoreFailure(
            .damaged,
            "the state store's file '\(path)' is missing; nothing was changed: put it back, \(StoreFailure.restore)")
    }
}
