import AgentModel
import MobileIPv4

/// The hooks through which protocol extensions take part in a home agent's work. The state and rules of a feature are in a folder under
/// `Features`; each hook below calls the features that need it by name, in the order in which the RFCs apply their rules.
extension HomeAgent {
    /// Read: takes from an authenticated request what features need to know before its identification is looked at. Denies one with
    /// extensions of features that cannot be read or occur too often.
    func readFeatures(_ datagram: RawSpan, _ incoming: inout IncomingRequest) throws(Refusal) {
        try readRequestedHomeAgent(datagram, &incoming)
        readIdentities(datagram, &incoming)
        try readService(datagram, &incoming)
        readHostConfiguration(datagram, &incoming)
    }

    /// Check: refuses a request that violates a feature's rules. The request is authenticated, in sequence and addressed to this agent,
    /// which may and can serve it according to the base rules (RFC 5944 §3.8.2).
    mutating func checkFeatures(
        _ datagram: RawSpan, _ incoming: inout IncomingRequest, _ shared: inout SharedAgentState, _ effects: inout AgentEffects
    ) throws(Refusal) {
        try checkExperiments(&incoming)
        try checkRevocationOffer(datagram, &incoming, &shared)
        countService(incoming)
        countHostConfiguration(incoming)
        noteIdentities(&incoming)
    }

    /// Grant: a binding is created or renewed; features may modify it before it is stored.
    func grantFeatures(_ binding: inout Binding, _ incoming: IncomingRequest) {
        grantRevocation(&binding, incoming)
        binding.service = incoming.wishes.service
    }

    /// Keep: a binding has been created or renewed, and stored.
    mutating func keepFeatures(
        _ slot: Int, _ incoming: IncomingRequest, _ shared: inout SharedAgentState, _ effects: inout AgentEffects
    ) {
        keepRevocation(slot, incoming, &shared, &effects)
        continueDrain(slot, at: incoming.now)
    }

    /// Repeat: an accepted request has come again and is answered again.
    func repeatFeatures(_ datagram: RawSpan, _ incoming: inout IncomingRequest) {
        repeatAgreement(datagram, &incoming)
        repeatIdentities(&incoming)
    }

    /// Reply: appends the extensions of features. Those for `beforeAuthenticator` are covered by the mobile node's authenticator and are
    /// for the node; those after it are for the foreign agent.
    mutating func replyFeatures(
        _ code: ReplyCode, beforeAuthenticator: Bool, _ incoming: IncomingRequest, _ payload: inout [UInt8]
    ) {
        if beforeAuthenticator {
            appendIdentities(code, incoming, &payload)
            echoService(code, beforeAuthenticator: true, incoming, &payload)
            appendRedirection(code, incoming, &payload)
            if let text = incoming.text {
                appendOperatorText(text, &payload)
            } else if !configuration.messages.isEmpty {
                appendMessage(for: code, incoming, &payload)
            }
            answerRevocationOffer(code, beforeAuthenticator: true, incoming, &payload)
            // Last, because what there is room for depends on the others.
            appendHostConfiguration(code, incoming, &payload)
        } else {
            returnChallenge(incoming, &payload)
            answerRevocationOffer(code, beforeAuthenticator: false, incoming, &payload)
            echoService(code, beforeAuthenticator: false, incoming, &payload)
        }
    }

    /// End: a binding ends, for whatever reason.
    ///
    /// - Parameters:
    ///   - source: Who has sent the message that ends it; nil for none.
    ///   - text: What the other end is to read if it is informed; empty for nothing.
    mutating func endFeatures(
        _ slot: Int, _ reason: EndReason, causedBy source: IPv4Address?, text: String, at now: Moment,
        _ shared: inout SharedAgentState, _ effects: inout AgentEffects
    ) {
        revoke(slot, reason, causedBy: source, text: text, at: now, &shared, &effects)
        endInDrain(slot, at: now)
    }

    /// Advance: does the work of features that is due by `now`.
    mutating func advanceFeatures(to now: Moment, _ shared: inout SharedAgentState, _ effects: inout AgentEffects) {
        advanceWithdrawal(to: now, &shared, &effects)
        advanceDrain(to: now, &shared, &effects)
    }

    /// When `advanceFeatures` is due, in nanoseconds of `Moment.uptime`.
    var featureDeadline: Int64? { (withdrawal?.due).earlier(or: drainDeadline) }
}
