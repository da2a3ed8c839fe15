public import AgentModel

/// When a failed registration is tried again: after 2 seconds, then after twice the previous delay each time, up to one minute.
///
/// Unanswered requests are retransmitted sooner, by `MobileNode.advance`; this applies once the retransmissions have failed too.
public struct RegistrationRetry: Hashable, Sendable {
    /// Uptime in nanoseconds of the next try; nil while none is due.
    public private(set) var due: Int64?
    /// The delay after the next failure.
    private var delay = first
    /// A try has begun and the node has not attached for it yet.
    private var isTrying = false

    private static let first: Int64 = 2_000_000_000
    private static let longest: Int64 = 60_000_000_000

    mutating func fail(at now: Moment) {
        due = now.uptime + delay
        delay = min(delay * 2, Self.longest)
    }

    mutating func succeed() {
        due = nil
        delay = Self.first
    }

    mutating func cancel() {
        due = nil
        isTrying = false
    }

    /// Whether a try is due now; if so, it begins.
    mutating func begin(at now: Moment) -> Bool {
        guard let due, due <= now.uptime else { return false }
        self.due = nil
        isTrying = true
        return true
    }

    /// The node attaches. If it does so for a try, even through another agent, the delay is kept: several agents that all deny are not
    /// asked more often than a single one.
    mutating func attach() {
        due = nil
        if !isTrying { delay = Self.first }
        isTrying = false
    }
}

extension MobileNode {
    /// The outcome of a registration that failed without a denial: it was never answered, or it has ended. Schedules the next try. Nil when
    /// nothing has failed, and while the service that the node would register for is refused.
    ///
    /// Call after `advance`. At home, the failure is that of the deregistration, as long as the home agent may still hold a binding.
    public mutating func failure(at now: Moment) -> Outcome? {
        guard isEnabled, !isDetached, retry.due == nil else { return nil }
        let failed: Outcome
        switch state {
        case .failed(let outcome) where !isServiceRefused: failed = outcome
        case .deregistered where attachment == .home && mayBeBound(at: now): failed = .unanswered
        default: return nil
        }
        retry.fail(at: now)
        return failed
    }

    /// Whether a try is due now. If so, it has begun, and the owner attaches again: through another agent if one is heard, otherwise to the
    /// same network.
    public mutating func beginRetry(at now: Moment) -> Bool { isEnabled && !isDetached && retry.begin(at: now) }

    /// Allows the node to register, or makes it deregister and stay deregistered; returns the request to send.
    ///
    /// - Parameter current: the network that the node is attached to; nil for none.
    public mutating func setEnabled(
        _ enabled: Bool, in current: NetworkAttachment?, at now: Moment, random: inout some RandomNumberGenerator
    ) -> [UInt8]? {
        guard enabled != isEnabled else { return nil }
        isEnabled = enabled
        refusedService = nil
        retry.cancel()
        guard enabled else { return deregister(at: now, random: &random) }
        return current.flatMap { attach(to: $0, at: now, random: &random) }
    }
}
