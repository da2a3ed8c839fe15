import AgentModel
import FuzzSupport

@testable import MobileIPv4
@testable import MobilityAgent

/// Revocations (RFC 3543), generic notifications (RFC 6098), the acknowledgments of both, and experimental messages (RFC 4064),
/// which agents only receive.
extension Village {
    /// The sizes of their fixed parts.
    private static let signals: [UInt8: Int] = [
        MessageType.registrationRevocation.rawValue: RegistrationRevocation.fixedSize,
        MessageType.revocationAcknowledgment.rawValue: RevocationAcknowledgment.fixedSize,
        MessageType.genericNotification.rawValue: GenericNotification.fixedSize,
        MessageType.genericNotificationAcknowledgment.rawValue: GenericNotificationAcknowledgment.fixedSize,
        MessageType.experimental.rawValue: ExperimentalMessage.fixedSize,
    ]
    private static let authenticators: Set<ExtensionType> = [
        .mobileHomeAuthentication, .mobileForeignAuthentication, .foreignHomeAuthentication,
    ]

    static func isSignal(_ payload: [UInt8]) -> Bool { payload.first.map { signals[$0] != nil } ?? false }

    /// A notification about the registration of `home`, or the acknowledgment of one, without an authenticator.
    ///
    /// - Parameter sent: What an acknowledgment answers; only a notification has one.
    static func notification(
        _ input: inout FuzzInput, at uptime: Int64, careOf: IPv4Address, answering sent: [UInt8]
    ) -> [UInt8] {
        let steering = input.octet()
        var octets: [UInt8] = []
        var wallClock = moment(uptime).wallClock
        if steering & 8 != 0 { wallClock += (Int64(input.octet()) - 128) * 100_000_000 }
        let identification = Identification(unixNanoseconds: wallClock)
        if steering & 0x80 != 0, let notification = try? GenericNotification(decoding: sent.span.bytes),
            let acknowledgment = GenericNotificationAcknowledgment(
                to: notification, code: NotificationCode(rawValue: steering & 16 == 0 ? 0 : input.octet()),
                clock: identification)
        {
            acknowledgment.encode(into: &octets)
        } else {
            GenericNotification(
                direction: NotificationDirection(rawValue: steering & 7), requiresAcknowledgment: steering & 16 == 0,
                homeAddress: home, homeAgent: homeAgent.address, careOfAddress: careOf, identification: identification
            ).encode(into: &octets)
        }
        if steering & 32 != 0 { octets += text(&input) }
        if steering & 64 != 0 { octets += input.octets(Int(input.octet() & 0x3F)) }
        return octets
    }

    /// A revocation of the registration of `home`, without an authenticator.
    static func revocation(_ input: inout FuzzInput, at uptime: Int64, careOf: IPv4Address) -> [UInt8] {
        let steering = input.octet()
        var octets: [UInt8] = []
        var identifier = Identification(unixNanoseconds: moment(uptime).wallClock).high
        if steering & 4 != 0 { identifier &+= UInt32(input.octet()) &- 128 }
        RegistrationRevocation(
            isFromHomeDomain: steering & 1 == 0, informsMobileNode: steering & 2 == 0, homeAddress: home,
            homeDomain: homeAgent.address, foreignDomain: careOf, identifier: identifier
        ).encode(into: &octets)
        if steering & 32 != 0 { octets += text(&input) }
        if steering & 64 != 0 { octets += input.octets(Int(input.octet() & 0x3F)) }
        return octets
    }

    /// A text of the home agent (RFC 4917), of any bytes.
    private static func text(_ input: inout FuzzInput) -> [UInt8] {
        let text = input.octets(Int(input.octet() & 0x7F))
        return [ExtensionType.messageString.rawValue, UInt8(text.count + 1), 1] + text
    }

    /// An operator's order.
    static func order(_ input: inout FuzzInput) -> NotificationOrder {
        let steering = input.octet()
        let text = String(decoding: input.octets(Int(input.octet() & 0x1F)), as: UTF8.self)
        let receivers = [AgentRole.mobileNode, .foreignAgent, .homeAgent]
        return NotificationOrder(
            to: receivers[Int(steering & 3) % receivers.count], text: text.isEmpty ? "text" : text,
            acknowledged: steering & 4 == 0)
    }

    /// Checks the signals among what an agent sends, and keeps the latest notification.
    static func note(_ effects: AgentEffects, _ sent: inout [UInt8]) throws {
        for datagram in effects.datagrams where isSignal(datagram.payload) {
            try check(signal: datagram.payload)
            if datagram.payload[0] == MessageType.genericNotification.rawValue { sent = datagram.payload }
        }
    }

    /// A signal has a fixed part, extensions that can be read, and an authenticator at its end.
    static func check(signal payload: [UInt8]) throws {
        let start = payload.first.flatMap { signals[$0] } ?? 0
        try require(start > 0 && payload.count > start, "not a signed signal: \(payload)")
        var cursor = ExtensionCursor(offset: start)
        var last: ExtensionType?
        while let located = try cursor.next(in: payload.span.bytes) { last = located.type }
        try require(last.map(authenticators.contains) ?? false, "no authenticator at the end of \(payload)")
    }
}

extension MobilityAgent {
    /// How many datagrams were dropped.
    var discarded: UInt64 {
        let counters = self.counters
        return counters.discards.total + (counters.homeAgent?.discards.total ?? 0) + (counters.foreignAgent?.discards.total ?? 0)
    }
}
