import AgentControl
import NIOConcurrencyHelpers

/// Ends an operation during which nothing has been received for too long. Needed because a stopped agent keeps its sockets open.
final class Watchdog: Sendable {
    private let limit: Duration
    private let lastFed = NIOLockedValueBox(MonotonicClock.milliseconds)

    private let isSuspended = NIOLockedValueBox(false)

    init(limit: Duration) { self.limit = limit }

    /// Records a sign of life.
    func feed() { lastFed.withLockedValue { $0 = MonotonicClock.milliseconds } }

    /// Runs code that may take a long time, such as passing rows to a slow reader, and does not count that time as silence.
    func suspended<R>(_ body: () throws -> R) rethrows -> R {
        isSuspended.withLockedValue { $0 = true }
        defer {
            feed()
            isSuspended.withLockedValue { $0 = false }
        }
        return try body()
    }

    /// Runs `body`; throws `ControlError.timedOut` if the watchdog is not fed for longer than the limit.
    func guarding<R: Sendable>(_ body: @escaping @Sendable () async throws -> R) async throws -> R {
        feed()
        let milliseconds = limit.components.seconds * 1000
        return try await withThrowingTaskGroup(of: R.self) { group in
            group.addTask { try await body() }
            group.addTask { [self] in
                while true {
                    if isSuspended.withLockedValue({ $0 }) { feed() }
                    let idle = MonotonicClock.milliseconds - lastFed.withLockedValue { $0 }
                    guard idle < milliseconds else { throw ControlError.timedOut }
                    try await Task.sleep(for: .milliseconds(milliseconds - idle))
                }
            }
            defer { group.cancelAll() }
            guard let result = try await group.next() else { throw ControlError.timedOut }
            return result
        }
    }
}
