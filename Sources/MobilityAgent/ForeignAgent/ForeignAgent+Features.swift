import AgentModel
import MobileIPv4

/// Where extensions of the protocol take part in a foreign agent's work. A feature has its state and rules in a folder under `Features`;
/// each point below calls the features that need it by name, in the order that the RFCs give to their rules.
extension ForeignAgent {
    /// When a request is checked.
    enum RequestPoint {
        /// The node's associations are found; nothing is proven yet.
        case recognized
        /// What the node and this agent share has been verified, or nothing is shared.
        case authenticated
    }

    /// Check: refuses a request that breaks a feature's rules.
    func checkFeatures(
        at point: RequestPoint, _ datagram: RawSpan, _ visiting: inout VisitingRequest, _ shared: inout SharedAgentState,
        _ effects: inout AgentEffects
    ) throws(Refusal) {
        switch point {
        case .recognized: try checkHasChallenge(visiting)
        case .authenticated:
            try checkMobileAAA(datagram, &visiting, &shared, &effects)
            try checkChallenge(visiting)
        }
    }

    /// Check: why a reply of a home agent cannot be taken, if a feature says so. It is well-formed, and signed where it must be.
    func checkFeatures(of reply: ExtensionScan, in datagram: RawSpan, _ pending: PendingRequest) -> ReplyCode? {
        checkEcho(reply, in: datagram, pending)
    }

    /// Grant: the request goes on to the home agent. Returns where the part ends that does, which never grows.
    mutating func grantFeatures(_ visiting: VisitingRequest, upTo end: Int) -> Int {
        acceptChallenge(visiting)
        return relayedEnd(visiting, end)
    }

    /// Reply: appends what features say to the node behind what the home agent has written, before this agent signs.
    mutating func replyFeatures(to node: PeerIdentity, _ payload: inout [UInt8], _ shared: inout SharedAgentState) {
        appendChallenge(for: node, to: &payload, &shared)
    }

    /// End: a visit or the wait for its first reply is over. No feature keeps anything for a visit yet.
    mutating func endFeatures(_ visitor: Visitor, _ reason: EndReason, _ effects: inout AgentEffects) {}

    /// Advance: does what features have waiting until `now`. No feature waits for anything yet.
    mutating func advanceFeatures(to now: Moment, _ shared: inout SharedAgentState, _ effects: inout AgentEffects) {}

    /// When `advanceFeatures` is due, in nanoseconds of `Moment.uptime`.
    var featureDeadline: Int64? { nil }
}
