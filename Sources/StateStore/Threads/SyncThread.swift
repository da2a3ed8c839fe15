/// Makes durable what was written, in intervals, and prepares the next journal file, so that the thread that writes waits for
/// neither.
final class SyncThread: Sendable {
    private enum Work { case sync, spare, end }

    private let journal: Journal

    init(_ journal: Journal) { self.journal = journal }

    func start() { StoreThread.start("store-sync") { [self] in run() } }

    private func run() {
        let settings = journal.settings
        var mayRotate = ContinuousClock.now
        while true {
            let work: Work = journal.tail.wait { tail in
                if tail.isEnded { return .end }
                if tail.spare == nil, tail.fault == nil, tail.end > settings.fileLimit, .now >= mayRotate { return .spare }
                if journal.durability != .disk, tail.isDirty, tail.fault == nil { return .sync }
                return nil
            }
            switch work {
            case .end: return
            case .spare:
                if !prepareSpare() { mayRotate = .now + settings.retryInterval }
            case .sync:
                let isEnded = journal.tail.wait(for: settings.syncInterval) { $0.isEnded ? true : nil }
                if isEnded == nil, journal.synchronize() != nil { journal.queue.change { $0.mustMove = true } }
            }
        }
    }

    private func prepareSpare() -> Bool {
        do {
            try journal.createFile { number in
                let isNeeded = journal.tail.withLock { $0.spare == nil && $0.fault == nil && !$0.isEnded }
                return isNeeded ? (JournalHeader(store: journal.store, number: number), []) : nil
            } _: { file in
                journal.tail.withLock { $0.spare = file }
            }
            journal.trouble.set(.rotating, nil)
            return true
        } catch {
            journal.trouble.set(.rotating, error)
            return false
        }
    }
}
