import AgentModel
import MobileIPv4

/// Where extensions of the protocol take part in a mobile node's work. A feature has its state and rules in a folder under `Features`;
/// each point below calls the features that need it by name, in the order that the RFCs give to their rules.
extension MobileNode {
    /// Check: takes a reply that is authenticated, whatever its code, and returns the counter of why it is not believed all the same.
    mutating func checkFeatures(of incoming: IncomingReply, in datagram: RawSpan) -> ReplyFault? {
        hearChallenge(of: incoming, in: datagram)
        return nil
    }

    /// Grant: a registration away from home was accepted. No feature asks for anything in it yet.
    mutating func grantFeatures(_ reply: RegistrationReply, _ registration: SentRequest) {}

    /// Request, the node's counterpart of a reply: appends what features say. The first call is covered by the authenticator for the home
    /// agent, the second stands behind it and is covered by that for the foreign agent.
    func requestFeatures(beforeAuthenticator: Bool, _ request: SentRequest, _ octets: inout [UInt8]) {
        if !beforeAuthenticator { answerChallenge(of: request, &octets) }
    }

    /// End: a registration stands no longer. No feature keeps anything for one yet.
    mutating func endFeatures(at now: Moment) {}

    /// Advance: does what features have waiting until `now`; returns a request to send. No feature waits for anything yet.
    mutating func advanceFeatures(to now: Moment) -> [UInt8]? { nil }

    /// When `advanceFeatures` is due, in nanoseconds of uptime.
    var featureDeadline: Int64? { nil }
}
