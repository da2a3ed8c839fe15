import Dispatch
import NIOConcurrencyHelpers

/// Waits on the SNMP thread for an asynchronous operation, for a limited time.
///
/// A SET could instead be delegated in the library and finished later. That would gain nothing: while a SET is in progress, the library
/// queues every other request, delegated or not, in the subagent as well as in the master (`netsnmp_processing_set` of net-snmp 5.9).
/// After a second, the master sends CommitSet again, which the library answers with genErr. The thread therefore waits, for less than
/// that second.
enum BoundedWait {
    /// The longest that one phase of a SET may wait for the agent; the AgentX master's usual timeout is 1 s.
    static let limit = Duration.milliseconds(800)

    private enum Outcome<Value: Sendable>: Sendable {
        case waiting, done(Value), abandoned
    }

    /// The value of `body`, or nil after the limit. A value that arrives later is passed to `late`.
    static func value<Value: Sendable>(
        within limit: Duration = limit, _ body: @escaping @Sendable () async -> Value,
        late: @escaping @Sendable (Value) async -> Void = { _ in }
    ) -> Value? {
        let outcome = NIOLockedValueBox(Outcome<Value>.waiting)
        let done = DispatchSemaphore(value: 0)
        Task.detached {
            let value = await body()
            let isLate = outcome.withLockedValue { outcome in
                if case .abandoned = outcome { return true }
                outcome = .done(value)
                return false
            }
            done.signal()
            if isLate { await late(value) }
        }
        let (seconds, attoseconds) = limit.components
        _ = done.wait(timeout: .now() + .nanoseconds(Int(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)))
        return outcome.withLockedValue { outcome in
            if case .done(let value) = outcome { return value }
            outcome = .abandoned
            return nil
        }
    }
}
