/// The end of the journal: the file that is being written, and how much of it is on disk.
struct JournalTail {
    /// A batch that was written and is not known to be on disk.
    struct Kept {
        /// End of its frame in the file.
        let end: Int
        let body: [UInt8]
    }

    private(set) var file: JournalFile
    /// End of the last frame.
    private(set) var end: Int
    /// Sequence number of the last batch.
    private(set) var sequence: UInt64
    /// How many bytes of the file are on disk.
    private(set) var synced: Int
    /// What follows them, in case the system fails to write it and forgets it.
    private(set) var kept: [Kept] = []
    private(set) var keptBytes = 0
    /// The next file, which is empty.
    var spare: JournalFile?
    /// Why the journal must go on in another file; what is behind `synced` in this one does not count any more.
    var fault: Fault?
    var isEnded = false

    enum Fault {
        /// Making the file durable failed. Until there is another one, frames are added to it: they survive the end of the process.
        case sync
        /// Bytes behind the last frame could not be removed, so no frame may follow.
        case write
    }

    /// Set if `file` could not be created: what the next one says about an earlier file.
    private var missing: JournalHeader?
    /// The files that the missing one continues; sealed when it exists.
    private var continued: [FoldThread.Sealed] = []

    /// - Parameters:
    ///   - sequence: That of the last batch in this file and earlier ones.
    ///   - end: End of the last frame; all up to it is on disk.
    init(_ file: JournalFile, sequence: UInt64, end: Int = JournalHeader.size) {
        self.file = file
        self.sequence = sequence
        self.end = end
        synced = end
    }

    /// The end of a journal whose next file could not be created; creating one is tried again.
    init(missing header: JournalHeader, _ found: RecoveredJournal, _ place: JournalPlace) {
        self.init(.missing(header, place), sequence: found.lastSequence)
        kept = found.unsynced.map { Kept(end: end, body: $0) }
        keptBytes = found.unsynced.reduce(0) { $0 + $1.count }
        continued = Array(found.sealed.dropFirst(found.sealedWithoutLast.count))
        missing = header
        fault = .write
    }

    /// The header of a file in which the journal goes on.
    func header(of number: UInt64) -> JournalHeader {
        JournalHeader(
            store: file.header.store, number: number,
            cut: missing.map(\.cut) ?? JournalHeader.Cut(number: file.number, end: synced))
    }

    /// Number of the last file that exists.
    var lastNumber: UInt64 { (spare ?? file).number - (missing == nil ? 0 : 1) }

    /// The files that are not written to after a move.
    var sealed: [FoldThread.Sealed] {
        (missing == nil ? [.init(number: file.number, end: synced)] : continued)
            + (spare.map { [.init(number: $0.number, end: JournalHeader.size)] } ?? [])
    }

    /// Whether something was written that is not on disk.
    var isDirty: Bool { end > synced }

    /// The frames of batches as they follow the last one, and where each ends.
    func frames(of batches: [[UInt8]]) -> (bytes: [UInt8], ends: [Int]) {
        encode(batches, after: sequence, at: end, synced: synced, seed: file.header.seed)
    }

    /// The frames of all that is not on disk, for a file that takes the place of this one.
    func frames(for header: JournalHeader) -> (bytes: [UInt8], ends: [Int]) {
        let before = sequence - UInt64(kept.count)
        return encode(kept.map(\.body), after: before, at: JournalHeader.size, synced: JournalHeader.size, seed: header.seed)
    }

    private func encode(
        _ batches: [[UInt8]], after sequence: UInt64, at offset: Int, synced: Int, seed: UInt32
    ) -> (bytes: [UInt8], ends: [Int]) {
        var bytes: [UInt8] = []
        var ends: [Int] = []
        bytes.reserveCapacity(batches.reduce(0) { $0 + $1.count + JournalFrame.headerSize })
        for (index, batch) in batches.enumerated() {
            JournalFrame.append(batch, sequence: sequence + UInt64(index) + 1, synced: synced, seed: seed, to: &bytes)
            ends.append(offset + bytes.count)
        }
        return (bytes, ends)
    }

    /// Records that frames were written.
    mutating func append(_ batches: [[UInt8]], ends: [Int]) {
        for (batch, end) in zip(batches, ends) {
            kept.append(Kept(end: end, body: batch))
            keptBytes += batch.count
        }
        sequence += UInt64(batches.count)
        end = ends.last ?? end
    }

    /// Records that the file is on disk up to an offset.
    mutating func advance(to offset: Int) {
        synced = max(synced, offset)
        let rest = kept.firstIndex { $0.end > offset } ?? kept.count
        for entry in kept[..<rest] { keptBytes -= entry.body.count }
        kept.removeSubrange(..<rest)
    }

    /// Forgets what is not on disk: its owners learn that it is not kept.
    mutating func discardUnsynced() {
        sequence -= UInt64(kept.count)
        (kept, keptBytes, end) = ([], 0, synced)
    }

    /// Goes on in another file, in which all of what was kept is on disk up to `end`.
    mutating func move(to file: JournalFile, end: Int) {
        self.file = file
        (self.end, synced, kept, keptBytes, spare, fault) = (end, end, [], 0, nil, nil)
        missing = nil
        continued = []
    }
}
