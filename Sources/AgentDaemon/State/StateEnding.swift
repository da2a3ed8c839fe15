import Dispatch
import NIOConcurrencyHelpers
import StateStore

/// The last work on a state store, which waits for the disk.
struct StateEnding: Sendable {
    let store: any StateStore
    /// The record that nothing is missing.
    let last: StoreBatch
    let hasFailed: NIOLockedValueBox<Bool>

    /// How long commits before the last may take.
    private static let patience = DispatchTimeInterval.seconds(5)

    /// Commits the last record if everything before it is safe, and closes the store. Blocks, with a bound.
    func finish() {
        let isDone = DispatchSemaphore(value: 0)
        store.commit(StoreBatch()) { _ in isDone.signal() }
        if isDone.wait(timeout: .now() + Self.patience) == .success, !hasFailed.withLockedValue({ $0 }) {
            store.commit(last) { _ in }
        }
        store.close()
    }
}
