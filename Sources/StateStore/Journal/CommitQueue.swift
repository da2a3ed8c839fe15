/// Batches that wait for the thread that writes them.
struct CommitQueue {
    struct Entry {
        let batch: StoreBatch
        /// Why the batch is not written; nil for one that is.
        let refusal: StoreFailure?
        let done: (@Sendable (StoreFailure?) -> Void)?
    }

    private(set) var entries: [Entry] = []
    /// Size of all batches that are waiting or being written.
    private(set) var byteCount = 0
    /// Batches were taken, and not all of their `done` have been called.
    private(set) var isTaken = false
    /// No more batches are accepted.
    var isClosing = false
    /// The journal must go on in another file, even if no batch is waiting.
    var mustMove = false

    /// Whether a batch can wait without exceeding the limit.
    func accepts(_ batch: StoreBatch, limit: Int) -> Bool { byteCount + batch.byteCount <= limit }

    /// Whether batches wait or are being written.
    var isBusy: Bool { isTaken || !entries.isEmpty }

    mutating func append(_ entry: Entry) {
        entries.append(entry)
        byteCount += entry.batch.byteCount
    }

    /// Takes what is waiting. Its size counts until `release`, and the queue is busy until `finish`.
    mutating func take() -> [Entry] {
        isTaken = true
        defer { entries = [] }
        return entries
    }

    mutating func release(_ taken: [Entry]) {
        for entry in taken { byteCount -= entry.batch.byteCount }
    }

    /// Records that each `done` of what was taken has been called, or that it was put back.
    mutating func finish() { isTaken = false }

    /// Puts back what was taken and could not be written.
    mutating func putBack(_ taken: [Entry]) { entries.insert(contentsOf: taken, at: 0) }
}
