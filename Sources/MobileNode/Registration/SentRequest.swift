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
    /// Uptime when it was last sent.
    var sent: Int64
    var tries = 1
    /// Uptime of the next retransmission.
    var deadline: Int64
    /// The code of the last reply that could not be authenticated.
    var unauthenticated: ReplyCode?

    /// Uptime when the resulting registration ends; nil for never.
    var expires: Int64? { lifetime == .max ? nil : sent + Int64(lifetime) * 1_000_000_000 }

    func isValid(at now: Moment) -> Bool { expires.map { $0 > now.uptime } ?? true }

    func record(startTime: Timestamp, isAccepted: Bool) -> NodeRegistration {
        func time(_ uptime: Int64) -> Timestamp { startTime.adding(milliseconds: uptime / 1_000_000) }
        return NodeRegistration(
            agentAddress: destination.address, careOfAddress: careOfAddress, homeAgent: homeAgent, flags: flags,
            identification: identification, lifetime: lifetime, sent: time(sent),
            expires: isAccepted ? expires.map(time) : nil, isAccepted: isAccepted, isCoLocated: isCoLocated,
            reverseTunnel: reverseTunnel)
    }
}
