import StateStore
import Synchronization

/// A store whose commits succeed or fail when the test says so.
final class ScriptedStore: StateStore {
    struct Commit {
        let batch: StoreBatch
        let done: @Sendable (StoreFailure?) -> Void
    }

    private struct Contents {
        var waiting: [Commit] = []
        /// How many bytes each committed batch had.
        var kept: [Int] = []
        var isClosed = false
        var answersAtOnce = false
    }

    private let contents = Mutex(Contents())

    var waitingCount: Int { contents.withLock { $0.waiting.count } }
    /// The sizes of the batches that were kept.
    var kept: [Int] { contents.withLock { $0.kept } }
    var isClosed: Bool { contents.withLock { $0.isClosed } }

    /// Ends the oldest commit, as the only one.
    func end(_ failure: StoreFailure?) {
        let commit = contents.withLock { contents -> Commit? in
            guard !contents.waiting.isEmpty else { return nil }
            let commit = contents.waiting.removeFirst()
            if failure == nil { contents.kept.append(commit.batch.byteCount) }
            return commit
        }
        commit?.done(failure)
    }

    /// From here on, commits succeed when they are made.
    func answerAtOnce() {
        contents.withLock { $0.answersAtOnce = true }
        while waitingCount > 0 { end(nil) }
    }

    func load(_ body: (StoredTable, UInt64, RawSpan) throws -> Void) throws {}

    func commit(_ batch: StoreBatch, done: @escaping @Sendable (StoreFailure?) -> Void) {
        let isNow = contents.withLock { contents in
            if contents.answersAtOnce {
                contents.kept.append(batch.byteCount)
            } else {
                contents.waiting.append(Commit(batch: batch, done: done))
            }
            return contents.answersAtOnce
        }
        if isNow { done(nil) }
    }

    func close() { contents.withLock { $0.isClosed = true } }
}
