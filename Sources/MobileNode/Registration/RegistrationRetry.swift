public import AgentModel

/// When a registration that failed is tried again: after 2 seconds, then each time after twice as long, at most a minute.
///
/// Requests that nobody answers are repeated sooner than that, by `MobileNode.advance`; this is for what comes when those have failed.
public struct RegistrationRetry: Hashable, Sendable {
    /// Uptime in nanoseconds of the next try; nil while none is due.
    public private(set) var due: Int64?
    /// How long the next failure waits.
    private var delay = first
    /// A try has begun, and the node has not attached for it yet.
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

    /// Whether a try is due now, which is then begun.
    mutating func begin(at now: Moment) -> Bool {
        guard let due, due <= now.uptime else { return false }
        self.due = nil
        isTrying = true
        return true
    }

    /// The node attaches. For a try, even through another agent, the delay stays as it is: agents that all refuse are not asked more
    /// often than one that does.
    mutating func attach() {
        due = nil
        if !isTrying { delay = Self.first }
        isTrying = false
    }
}

extension MobileNode {
    /// What has failed without a reply that said so: nobody answered, or a registration has ended. Sets the next try. Nil when nothing has.
    ///
    /// Called after `advance`. At home it is the deregistration that fails, as long as the home agent may still hold a binding.
    public mutating func failure(at now: Moment) -> Outcome? {
        guard isEnabled, !isDetached, retry.due == nil else { return nil }
        let failed: Outcome
        switch state {
        case .failed(let outcome): failed = outcome
        case .deregistered where attachment == .home && mayBeBound(at: now): failed = .unanswered
        default: return nil
        }
        retry.fail(at: now)
        return failed
    }

    /// Whether a try is due now. It has begun then, and the owner attaches again: to another agent where one is heard, to the same network
    /// otherwise.
    public mutating func beginRetry(at now: Moment) -> Bool { isEnabled && !isDetached && retry.begin(at: now) }

    /// Lets the node register, or has it deregister and stay so; returns the request to send.
    ///
    /// - Parameter current: the network it is attached to; nil for none.
    public mutating func setEnabled(
        _ enabled: Bool, in current: NetworkAttachment?, at now: Moment, random: inout some RandomNumberGenerator
    ) -> [UInt8]? {
        guard enabled != isEnabled else { return nil }
        isEnabled = enabled
        retry.cancel()
        guard enabled else { return deregister(at: now, random: &random) }
        return current.flatMap { attach(to: $0, at: now, random: &random) }
    }
}
