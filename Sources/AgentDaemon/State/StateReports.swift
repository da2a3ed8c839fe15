import NIOConcurrencyHelpers
import StateStore

/// Passes on what the store reports, which may begin before there is a receiver.
final class StateReports: Sendable {
    private struct Contents {
        var last: StoreFailure?
        var listener: (@Sendable (StoreFailure?) -> Void)?
    }

    private let contents = NIOLockedValueBox(Contents())

    func report(_ failure: StoreFailure?) {
        let listener = contents.withLockedValue { contents in
            contents.last = failure
            return contents.listener
        }
        listener?(failure)
    }

    /// Calls `listener` with each report from now on, and with the last one if it was trouble.
    func follow(_ listener: @escaping @Sendable (StoreFailure?) -> Void) {
        let last = contents.withLockedValue { contents in
            contents.listener = listener
            return contents.last
        }
        if let last { listener(last) }
    }
}
