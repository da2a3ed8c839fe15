public import AgentModel
import MobileIPv4

extension MobileNode {
    /// Attaches the node to a network, counts the move if the network has changed, and returns the request to send: away from home a
    /// registration, at home a deregistration if there is something to deregister.
    ///
    /// Challenges heard before belong to another agent and are forgotten, so call `hear(challenge:)` after this. A node that is not allowed
    /// to register sends nothing; it attaches once it is allowed again.
    ///
    /// - Parameter longestLifetime: the longest lifetime in seconds that the agent advertises; nil when it is unknown.
    public mutating func attach(
        to new: NetworkAttachment, longestLifetime longest: UInt16? = nil, at now: Moment,
        random: inout some RandomNumberGenerator
    ) -> [UInt8]? {
        retry.attach()
        if case .coLocated = new {} else if new != attachment { tunnel = nil }
        guard isEnabled else { return nil }
        countMove(from: attachment, to: new)
        if attachment != new { challenges.forget() }
        if attachment != new || longest != nil { longestLifetime = longest ?? .max }
        attachment = new
        isDetached = false
        renewAt = nil
        abandon()
        configuration.foreignAgent = nil
        configuration.flags.remove(.decapsulationByMN)
        switch new {
        case .home:
            // RFC 5944 §3.6.1: at home the home address is the care-of address, and lifetime 0 ends every binding.
            configuration.careOfAddress = configuration.homeAddress
            guard mayBeBound(at: now), configuration.homeAddress != .zero else {
                state = .idle
                return nil
            }
            return beginDeregistration(at: now, random: &random)
        case .foreignAgent(let agent, let careOfAddress):
            configuration.foreignAgent = agent
            configuration.careOfAddress = careOfAddress
        case .coLocated(let careOfAddress, let agent):
            configuration.foreignAgent = agent
            configuration.flags.insert(.decapsulationByMN)
            configuration.careOfAddress = careOfAddress
        }
        // Another network does not change what the home agent permits.
        guard !isServiceRefused else {
            state = .failed(.denied(.haServiceAuthorizationFailed))
            return nil
        }
        return register(at: now, random: &random)
    }

    /// Records that the node no longer hears an agent and has no address to register with. Nothing is sent until it is attached again.
    public mutating func detach() {
        isDetached = true
        retry.cancel()
        tunnel = nil
        abandon()
        renewAt = nil
    }

    /// Whether the current registration is for where the node is, so that it is reached there.
    public var isRegisteredHere: Bool { !isDetached && accepted?.careOfAddress == configuration.careOfAddress }

    /// Where the node considers itself to be (`mnState`).
    public var mobileNodeState: MobileNodeState {
        if isDetached { return .isolated }
        switch (state, attachment) {
        case (.idle, .home), (.deregistered, .home), (.failed, .home): return .home
        case (.idle, nil): return .unknown
        case (.registering, _), (.deregistering, _): return .pending
        case (.registered, _): return .registered
        case (.idle, _), (.failed, _), (.deregistered, _): return .isolated
        }
    }

    /// Counts a solicitation that the owner sent (`mnSolicitationsSent`).
    public mutating func countSolicitation() { counters.solicitationsSent += 1 }

    /// Counts a gratuitous ARP that the owner sent (`mnGratuitousARPsSend`).
    public mutating func countGratuitousARP() { counters.gratuitousARPsSent += 1 }

    private mutating func countMove(from old: NetworkAttachment?, to new: NetworkAttachment) {
        guard let old, old != new else { return }
        switch (old == .home, new == .home) {
        case (true, _): counters.movesFromHomeToForeign += 1
        case (false, true): counters.movesFromForeignToHome += 1
        case (false, false): counters.movesFromForeignToForeign += 1
        }
    }
}
