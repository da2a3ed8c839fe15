import AgentModel
import MobileIPv4

/// A pending request, or the request of the current registration.
struct SentRequest {
    /// Where it was sent.
    var destination: TransportEndpoint
    var homeAgent: IPv4Address
    var careOfAddress: IPv4Address
    var flags: RegistrationFlags
    var reverseTunnel: ReverseTunnel
    var isCoLocated: Bool
    /// The requested lifetime in seconds; once accepted, the granted one.
    var lifetime: UInt16
    var identification: Identification
    /// The challenge that it answers; retransmissions answer the same one.
    var challenge: Challenge?
    /// What it asks for besides a binding.
    var wishes = RegistrationWishes()
    /// What it offers about revocations; each request has its own timestamp.
    var revocationOffer: RevocationSupport?
    /// What the home agent has answered to that when it accepted the request; nil for no agreement.
    var revocationAnswer: RevocationSupport?
    /// Uptime when it was last sent.
    var sent: Int64
    var tries = 1
    /// Uptime of the next retransmission.
    var deadline: Int64
    /// The code of the last reply that could not be authenticated.
    var unauthenticated: ReplyCode?
    /// An acceptance that the node does not know whether to use; the deadline is then when the error in it is believed.
    var doubtful: DoubtfulAcceptance?
    /// Whether it is the deregistration that follows a refused acceptance.
    var isWithdrawal = false

    /// Uptime when the resulting registration ends; nil for never.
    var expires: Int64? { lifetime == .max ? nil : sent + Int64(lifetime) * 1_000_000_000 }

    func isValid(at now: Moment) -> Bool { expires.map { $0 > now.uptime } ?? true }

    func record(startTime: Timestamp, isAccepted: Bool) -> NodeRegistration {
        func time(_ uptime: Int64) -> Timestamp { startTime.adding(milliseconds: uptime / 1_000_000) }
        var record = NodeRegistration(
            agentAddress: destination.address, careOfAddress: careOfAddress, homeAgent: homeAgent, flags: flags,
            identification: identification, lifetime: lifetime, sent: time(sent),
            expires: isAccepted ? expires.map(time) : nil, isAccepted: isAccepted, isCoLocated: isCoLocated,
            reverseTunnel: reverseTunnel)
        record.revocation = revocation
        return record
    }

    /// The agreement about revocations. I counts only if both ends have set it.
    private var revocation: RevocationAgreement {
        guard let revocationOffer, let revocationAnswer else { return .none }
        return revocationOffer.informsMobileNode && revocationAnswer.informsMobileNode ? .agreedInforming : .agreed
    }
}
