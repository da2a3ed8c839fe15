import Synchronization

/// Passes on troubles outside a commit, each once: a failure when it begins or changes, nil when the last one is over.
final class TroubleReport: Sendable {
    /// What can be in trouble.
    enum Source: CaseIterable, Hashable {
        /// Changes that were committed from memory.
        case writing
        case syncing
        /// Beginning another journal file.
        case rotating
        case folding
    }

    private let troubles = Mutex<[Source: StoreFailure]>([:])
    private let report: @Sendable (StoreFailure?) -> Void

    init(_ report: @escaping @Sendable (StoreFailure?) -> Void) { self.report = report }

    /// Records how a source fares.
    func set(_ source: Source, _ failure: StoreFailure?) {
        troubles.withLock { troubles in
            guard troubles[source] != failure else { return }
            troubles[source] = failure
            // Under the lock, so that reports arrive in the order of what they report.
            report(failure ?? troubles.values.first)
        }
    }
}
