import AgentModel
import MobileIPv4

/// The hooks through which protocol extensions take part in a mobile node's work. The state and rules of a feature are in a folder under
/// `Features`; each hook below calls the features that need it by name, in the order in which the RFCs apply their rules.
extension MobileNode {
    /// Check: examines an authenticated reply, whatever its code; returns the counter for the reason if the reply is rejected nevertheless.
    mutating func checkFeatures(
        of incoming: IncomingReply, answering waiting: SentRequest, in datagram: RawSpan, at now: Moment
    ) -> ReplyFault? {
        noteStart(at: now)
        hearChallenge(of: incoming, in: datagram)
        hearMessages(of: incoming, answering: waiting, in: datagram, at: now)
        countExperiments(of: incoming, answering: waiting)
        return nil
    }

    /// Grant: a registration away from home was accepted.
    mutating func grantFeatures(
        _ incoming: IncomingReply, _ registration: inout SentRequest, in datagram: RawSpan, at now: Moment
    ) {
        noteRevocationAnswer(incoming, &registration)
        noteIdentities(incoming, in: datagram)
        noteHostConfiguration(incoming, registration, in: datagram, at: now)
    }

    /// Request, the node's counterpart of a reply: appends the extensions of features. Those of the first call are covered by the
    /// authenticator for the home agent; those of the second follow it and are covered by the authenticator for the foreign agent.
    func requestFeatures(beforeAuthenticator: Bool, _ request: SentRequest, _ octets: inout [UInt8]) {
        if beforeAuthenticator {
            selectService(of: request, &octets)
            requestHomeAgent(of: request, &octets)
            repeatIdentities(of: request, &octets)
            requestHostConfiguration(of: request, &octets)
            appendExperiments(of: request, for: .homeAgent, &octets)
            offerRevocation(of: request, &octets)
        } else {
            answerChallenge(of: request, &octets)
        }
    }

    /// End: a registration has ended.
    mutating func endFeatures(at now: Moment) {
        endNotifications(at: now)
        identities = HomeIdentities()
        receivedHostConfiguration = nil
    }

    /// Advance: does the work of features that is due by `now`; returns a request to send. Notifications to send are left for
    /// `takeNotifications`.
    mutating func advanceFeatures(to now: Moment, random: inout some RandomNumberGenerator) -> [UInt8]? {
        advanceNotifications(to: now)
        return withdraw(at: now, random: &random)
    }

    /// When `advanceFeatures` is due, in nanoseconds of uptime.
    var featureDeadline: Int64? { refusals.withdrawalDue.earlier(or: notifications.nextDue) }
}
