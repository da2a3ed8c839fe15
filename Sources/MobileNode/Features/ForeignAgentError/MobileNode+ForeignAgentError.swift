import AgentModel
import MobileIPv4

/// Errors of foreign agents about replies of the home agent (RFC 4636).
///
/// A home agent that accepts has made a binding. If the foreign agent refuses the reply, the registration cannot be used: the node
/// ends what it had, deregisters once, and registers again as after any denial. It deregisters whatever the agents have agreed
/// about revocations, since it does not learn of such an agreement. An error that nobody signed is believed after
/// `foreignAgentErrorWait`, unless an acceptance without an error arrives before (RFC 4636 §8).
extension MobileNode {
    /// The error of the foreign agent in the reply that decided the latest request; nil if it had none.
    public var refusal: ForeignAgentRefusal? { refusals.ofRequest }

    /// Counts the error in a reply, if it has one.
    mutating func countError(in incoming: IncomingReply) {
        guard incoming.error != nil else { return }
        counters.errorExtensionsReceived += 1
        if !sharesForeignAssociation { counters.errorExtensionsUnsigned += 1 }
    }

    /// Notes an error that changes nothing: the home agent denies the request, or ends the binding as requested.
    mutating func noteError(in incoming: IncomingReply, answering waiting: SentRequest, at now: Moment) {
        if let refusal = refusal(in: incoming, answering: waiting, at: now) { refusals.note(refusal) }
    }

    /// Handles an acceptance that the foreign agent refuses: ends the registration, or waits for an acceptance without an error.
    mutating func receiveRefused(_ incoming: IncomingReply, _ waiting: SentRequest, at now: Moment) -> Outcome? {
        guard let refusal = refusal(in: incoming, answering: waiting, at: now) else { return nil }
        let doubtful = DoubtfulAcceptance(
            refusal: refusal, homeAddress: incoming.reply.homeAddress, homeAgent: incoming.reply.homeAgent)
        let wait = Int64(configuration.foreignAgentErrorWait) * 1_000_000
        guard refusal.isAuthenticated || wait == 0 else {
            pending?.doubtful = doubtful
            pending?.deadline = now.uptime + wait
            return nil
        }
        believe(doubtful, at: now)
        if isEnabled { retry.fail(at: now) }
        return .denied(refusal.status)
    }

    /// Ends the registration because the foreign agent refuses the home agent's acceptance. The deregistration is due at once.
    mutating func believe(_ doubtful: DoubtfulAcceptance, at now: Moment) {
        counters.requestsDeniedByForeignAgent += 1
        // The deregistration needs the address that the home agent has assigned, and goes to that home agent.
        if configuration.homeAddress == .zero || isDynamic { configuration.homeAddress = doubtful.homeAddress }
        if isDynamic { configuration.homeAgent.address = doubtful.homeAgent }
        if let ended = accepted {
            endFeatures(at: now)
            accepted = nil
            perhapsBoundUntil = max(perhapsBoundUntil, ended.expires ?? .max)
        }
        tunnel = nil
        abandon()
        renewAt = nil
        state = .failed(.denied(doubtful.refusal.status))
        refusals.note(doubtful.refusal)
        refusals.withdrawalDue = now.uptime
    }

    /// The deregistration after a refused acceptance when it is due; nil otherwise. It is sent once and not repeated: what is left
    /// of the binding is replaced by the next registration, or expires.
    mutating func withdraw(at now: Moment, random: inout some RandomNumberGenerator) -> [UInt8]? {
        guard let due = refusals.withdrawalDue, due <= now.uptime else { return nil }
        refusals.withdrawalDue = nil
        guard mayBeBound(at: now), configuration.homeAddress != .zero else { return nil }
        let request = beginDeregistration(at: now, random: &random)
        pending?.isWithdrawal = true
        counters.deregistrationsAfterError += 1
        return request
    }

    private func refusal(
        in incoming: IncomingReply, answering waiting: SentRequest, at now: Moment
    ) -> ForeignAgentRefusal? {
        incoming.error.map {
            ForeignAgentRefusal(
                status: $0.status, code: incoming.reply.code, agentAddress: waiting.destination.address,
                isAuthenticated: sharesForeignAssociation, received: now.uptime)
        }
    }
}
