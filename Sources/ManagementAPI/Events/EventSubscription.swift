import NIOConcurrencyHelpers

/// A stream that waits for events. It holds no events: when woken, it reads the journal again.
final class EventSubscription: Sendable {
    /// Why a wait is over.
    enum Signal: Sendable {
        /// There may be new events.
        case event
        /// It is time for a heartbeat.
        case tick
        /// The subscription has ended, or the task was cancelled.
        case end
    }

    private struct State {
        var pending: Signal?
        var isEnded = false
        var waiter: CheckedContinuation<Signal, Never>?
    }

    private let state = NIOLockedValueBox(State())

    /// Waits until the subscription is woken or ended.
    func wait() async -> Signal {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let answer = state.withLockedValue { state -> Signal? in
                    if state.isEnded { return .end }
                    if let signal = state.pending {
                        state.pending = nil
                        return signal
                    }
                    state.waiter = continuation
                    return nil
                }
                if let answer { continuation.resume(returning: answer) }
            }
        } onCancel: {
            end()
        }
    }

    func wake(_ signal: Signal) {
        let waiter = state.withLockedValue { state -> CheckedContinuation<Signal, Never>? in
            // A pending event takes precedence: it makes a tick unnecessary.
            if state.waiter == nil, state.pending != .event { state.pending = signal }
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume(returning: signal)
    }

    /// Ends the subscription permanently.
    func end() {
        let waiter = state.withLockedValue { state -> CheckedContinuation<Signal, Never>? in
            state.isEnded = true
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume(returning: .end)
    }
}
