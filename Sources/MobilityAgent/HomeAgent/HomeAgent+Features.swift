import AgentModel
import MobileIPv4

/// Where extensions of the protocol take part in a home agent's work. A feature has its state and rules in a folder under `Features`;
/// each point below calls the features that need it by name, in the order that the RFCs give to their rules.
extension HomeAgent {
    /// Check: refuses a request that breaks a feature's rules. The request is authenticated, in order and for this agent, which may serve
    /// it and can by the base rules (RFC 5944 §3.8.2). No feature refuses anything yet.
    func checkFeatures(
        _ datagram: RawSpan, _ incoming: inout IncomingRequest, _ shared: inout SharedAgentState, _ effects: inout AgentEffects
    ) throws(Refusal) {}

    /// Grant: a binding is made or renewed; features may change what it says before it is stored. None does yet.
    func grantFeatures(_ binding: inout Binding, _ incoming: IncomingRequest) {}

    /// Reply: appends what features say. `beforeAuthenticator` is covered by the mobile node's authenticator and meant for the node, what
    /// follows it is for the foreign agent.
    func replyFeatures(beforeAuthenticator: Bool, _ incoming: IncomingRequest, _ payload: inout [UInt8]) {
        if !beforeAuthenticator { returnChallenge(incoming, &payload) }
    }

    /// End: a binding is over, whatever the reason. No feature keeps anything for a binding yet.
    mutating func endFeatures(_ binding: Binding, _ reason: EndReason, _ effects: inout AgentEffects) {}

    /// Advance: does what features have waiting until `now`. No feature waits for anything yet.
    mutating func advanceFeatures(to now: Moment, _ shared: inout SharedAgentState, _ effects: inout AgentEffects) {}

    /// When `advanceFeatures` is due, in nanoseconds of `Moment.uptime`.
    var featureDeadline: Int64? { nil }
}
