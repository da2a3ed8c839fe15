import NIOConcurrencyHelpers

/// Limits the event streams that are open on one listener at once. Safe to use from any thread.
final class StreamShare: Sendable {
    private let open = NIOLockedValueBox(0)
    private let limit: Int

    /// - Parameter limit: how many may be open, at least 1.
    init(limit: Int) { self.limit = max(1, limit) }

    /// A place of an open stream, which becomes free when it is destroyed.
    final class Place: Sendable {
        private let share: StreamShare

        fileprivate init(_ share: StreamShare) { self.share = share }

        deinit { share.open.withLockedValue { $0 -= 1 } }
    }

    /// Takes a place; nil when there are none left.
    func take() -> Place? {
        let isTaken = open.withLockedValue { open in
            guard open < limit else { return false }
            open += 1
            return true
        }
        return isTaken ? Place(self) : nil
    }
}
