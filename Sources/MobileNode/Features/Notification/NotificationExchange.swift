import AgentModel
public import MobileIPv4

/// A notification that the node has sent or received, as it is shown. Times are uptimes in nanoseconds.
struct NotificationExchange {
    let number: UInt32
    let agent: NotificationAgent
    let homeAddress: IPv4Address
    let nai: NetworkAccessIdentifier?
    let homeAgent: IPv4Address
    var careOfAddress: IPv4Address
    var state: ExchangeState
    var tries: UInt32 = 0
    let started: Int64
    var nextTry: Int64?
    var ended: Int64?
    /// Milliseconds from the first copy to the acknowledgment.
    var delay: UInt32?
    var code: UInt8?
    let text: String

    init(
        number: UInt32, _ path: NotificationPath, nai: NetworkAccessIdentifier?, state: ExchangeState, text: String,
        at now: Moment
    ) {
        self.number = number
        agent = path.agent
        homeAddress = path.homeAddress
        self.nai = nai
        homeAgent = path.homeAgent
        careOfAddress = path.careOfAddress
        self.state = state
        started = now.uptime
        self.text = text
    }

    func record(startTime: Timestamp) -> Exchange {
        func time(_ uptime: Int64) -> Timestamp { startTime.adding(milliseconds: uptime / 1_000_000) }
        return Exchange(
            number: number, kind: .notification, role: .mobileNode, peer: agent.address, peerRole: agent.role,
            homeAddress: homeAddress, nai: nai, homeAgent: homeAgent, careOfAddress: careOfAddress, state: state, tries: tries,
            started: time(started), nextTry: nextTry.map(time), ended: ended.map(time), delay: delay, code: code, text: text)
    }

    func event(_ kind: AgentEventKind, at time: Timestamp, from source: IPv4Address, message: String) -> AgentEvent {
        AgentEvent(
            time: time, kind: kind, role: .mobileNode, homeAddress: homeAddress, nai: nai, careOfAddress: careOfAddress,
            homeAgent: homeAgent, sourceAddress: source, code: code, message: message)
    }
}

/// A notification of the node that waits for its acknowledgment, or for its turn to be sent.
struct WaitingNotification {
    /// A message that was sent.
    struct Sent {
        let fixed: GenericNotification
        let path: NotificationPath
    }

    var row: NotificationExchange
    let requiresAcknowledgment: Bool
    /// Uptime in nanoseconds when it is next looked at.
    var due: Int64
    /// All tries: an acknowledgment of any of them counts.
    var sent: [Sent] = []
    /// Tries that could not be sent, because the node was not registered where it was.
    var missed: UInt32 = 0
    /// Uptime in nanoseconds when it was sent first.
    var firstSent: Int64?

    /// The try that an acknowledgment answers: any with its whole Identification, or the last one with the low word if the agent
    /// refuses the high one (RFC 6098 §7.1); nil if it answers none.
    func answered(
        by acknowledgment: GenericNotificationAcknowledgment, isMismatch: Bool, from source: TransportEndpoint
    ) -> Sent? {
        sent.last { message in
            let fixed = message.fixed
            guard message.path.endpoint.address == source.address,
                fixed.direction == acknowledgment.direction.path?.acknowledgment,
                fixed.homeAddress == acknowledgment.homeAddress, fixed.homeAgent == acknowledgment.homeAgent,
                fixed.careOfAddress == acknowledgment.careOfAddress
            else { return false }
            guard isMismatch else { return fixed.identification == acknowledgment.identification }
            return fixed.identification.low == acknowledgment.identification.low
                && fixed.identification == sent.last?.fixed.identification
        }
    }
}

/// A notification of the node to send.
public struct NotificationDatagram: Hashable, Sendable {
    /// Where it goes, from the address that requests of the current registration are sent from.
    public let destination: TransportEndpoint
    /// The UDP payload.
    public let payload: [UInt8]
}
