import AgentModel
import MobileIPv4

/// The hooks through which protocol extensions take part in a home agent's work. The state and rules of a feature are in a folder under
/// `Features`; each hook below calls the features that need it by name, in the order in which the RFCs apply their rules.
extension HomeAgent {
    /// Check: refuses a request that violates a feature's rules. The request is authenticated, in sequence and addressed to this agent,
    /// which may and can serve it according to the base rules (RFC 5944 §3.8.2). No feature refuses anything yet.
    func checkFeatures(
        _ datagram: RawSpan, _ incoming: inout IncomingRequest, _ shared: inout SharedAgentState, _ effects: inout AgentEffects
    ) throws(Refusal) {}

    /// Grant: a binding is created or renewed; features may modify it before it is stored. No feature does so yet.
    func grantFeatures(_ binding: inout Binding, _ incoming: IncomingRequest) {}

    /// Reply: appends the extensions of features. Those for `beforeAuthenticator` are covered by the mobile node's authenticator and are
    /// for the node; those after it are for the foreign agent.
    func replyFeatures(beforeAuthenticator: Bool, _ incoming: IncomingRequest, _ payload: inout [UInt8]) {
        if !beforeAuthenticator { returnChallenge(incoming, &payload) }
    }

    /// End: a binding has ended, for whatever reason. No feature keeps anything for a binding yet.
    mutating func endFeatures(_ binding: Binding, _ reason: EndReason, _ effects: inout AgentEffects) {}

    /// Advance: does the work of features that is due by `now`. No feature has timed work yet.
    mutating func advanceFeatures(to now: Moment, _ shared: inout SharedAgentState, _ effects: inout AgentEffects) {}

    /// When `advanceFeatures` is due, in nanoseconds of `Moment.uptime`.
    var featureDeadline: Int64? { nil }
}
