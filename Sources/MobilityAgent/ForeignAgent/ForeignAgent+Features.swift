import AgentModel
import MobileIPv4

/// The hooks through which protocol extensions take part in a foreign agent's work. The state and rules of a feature are in a folder under
/// `Features`; each hook below calls the features that need it by name, in the order in which the RFCs apply their rules.
extension ForeignAgent {
    /// Read: the extensions of a message have been located. Drops a message with one that a feature does not know and that must not be
    /// skipped (RFC 5944 §1.8).
    func readFeatures(
        _ scan: ExtensionScan, from source: IPv4Address, at now: Moment, _ shared: inout SharedAgentState,
        _ effects: inout AgentEffects
    ) throws(Refusal) {
        let isUnknown = shared.findsUnknownExperiment(
            in: scan, known, isAuthentic: false, from: source, at: now, &effects)
        if isUnknown { throw .discard(.unknownExtension) }
    }

    /// Note: a well-formed request was read. Counts what features count of each.
    mutating func noteFeatures(_ visiting: VisitingRequest) { countDynamic(visiting) }

    /// Conclude: a well-formed request was relayed, denied or dropped. Counts what has become of its extensions.
    ///
    /// - Parameter isAuthenticated: whether an authenticator of the node was verified.
    mutating func concludeFeatures(
        _ visiting: VisitingRequest, _ outcome: MessageOutcome, isAuthenticated: Bool, _ shared: inout SharedAgentState,
        _ effects: inout AgentEffects
    ) {
        noteUses(of: visiting, outcome, isAuthentic: isAuthenticated, &shared, &effects)
    }

    /// The point at which a request is checked.
    enum RequestPoint {
        /// The node's associations have been found; nothing is authenticated yet.
        case recognized
        /// The association that the node shares with this agent has been verified, or there is none.
        case authenticated
    }

    /// Check: refuses a request that violates a feature's rules.
    func checkFeatures(
        at point: RequestPoint, _ datagram: RawSpan, _ visiting: inout VisitingRequest, _ shared: inout SharedAgentState,
        _ effects: inout AgentEffects
    ) throws(Refusal) {
        switch point {
        case .recognized:
            try checkOwnOffer(visiting)
            try checkHasChallenge(visiting)
        case .authenticated:
            try checkMobileAAA(datagram, &visiting, &shared, &effects)
            try checkChallenge(visiting)
        }
    }

    /// Check: the code for which a feature rejects a home agent's reply, if any. The reply is well-formed, and signed if required.
    mutating func checkFeatures(
        of code: ReplyCode, _ reply: ExtensionScan, in datagram: RawSpan, _ pending: PendingRequest
    ) -> ReplyCode? {
        checkEcho(reply, in: datagram, pending) ?? checkAgreement(code, reply, in: datagram, pending)
    }

    /// Grant: the request is relayed to the home agent. Returns the end of the relayed part, which never grows.
    mutating func grantFeatures(_ visiting: VisitingRequest, upTo end: Int) -> Int {
        acceptChallenge(visiting)
        countIdentities(visiting)
        return relayedEnd(visiting, end)
    }

    /// Accept: the home agent has accepted the request.
    mutating func acceptFeatures(_ pending: PendingRequest) { confirmChallenge(pending) }

    /// Keep: a visit has begun or been renewed, and is stored.
    mutating func keepFeatures(
        _ slot: Int, _ visitor: Visitor, _ pending: PendingRequest, at now: Moment, _ shared: inout SharedAgentState,
        _ effects: inout AgentEffects
    ) {
        keepRevocation(slot, visitor, pending, at: now, &shared, &effects)
        keepPath(slot, visitor, pending)
    }

    /// Reply: appends the extensions of features after the part written by the home agent, before this agent signs.
    mutating func replyFeatures(to node: PeerIdentity, _ payload: inout [UInt8], _ shared: inout SharedAgentState) {
        appendChallenge(for: node, to: &payload, &shared)
    }

    /// End: a visit, or the wait for its first reply, is over.
    mutating func endFeatures(_ slot: Int, _ reason: EndReason, _ effects: inout AgentEffects) {
        revocationTerms.forget(slot, of: table[slot].visitor.homeAddress)
        revocationTerms.paths.forget(slot, of: table[slot].visitor.homeAddress)
    }

    /// Advance: does the work of features that is due by `now`.
    mutating func advanceFeatures(to now: Moment, _ shared: inout SharedAgentState, _ effects: inout AgentEffects) {
        advanceWithdrawal(to: now, &shared, &effects)
    }

    /// When `advanceFeatures` is due, in nanoseconds of `Moment.uptime`.
    var featureDeadline: Int64? { withdrawal?.due }
}
