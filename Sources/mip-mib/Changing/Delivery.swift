import AgentModel
import JSON
import MobileIPv4

/// A notification that an agent sends, and how far it has got.
struct Delivery: Sendable {
    /// The number of the exchange.
    let number: UInt32
    /// The home address of a mobile node; the address of an agent.
    let receiver: IPv4Address
    let state: ExchangeState
    /// The code of the answer; nil without one.
    let code: UInt8?
    /// Milliseconds until the acknowledgment; nil without one.
    let delay: UInt32?
    /// How many times it was sent.
    let tries: UInt32
    let text: String

    /// Nil for an exchange that is not a notification that this agent sends.
    init?(_ exchange: Exchange) {
        guard exchange.kind == .notification, exchange.state != .received else { return nil }
        number = exchange.number
        receiver = exchange.peerRole == .mobileNode ? exchange.homeAddress : exchange.peer
        state = exchange.state
        code = exchange.code
        delay = exchange.delay
        tries = exchange.tries
        text = exchange.text
    }

    /// Nil for a row that is not a notification that the agent sends.
    init?(_ row: Row) {
        guard row.text("kind") == ExchangeKind.notification.rawValue,
            let number = row.count("number").map({ UInt32(clamping: $0) }),
            let state = row.text("state").flatMap(ExchangeState.init(rawValue:)), state != .received,
            let receiver = row.text(row.text("peerRole") == AgentRole.mobileNode.rawValue ? "homeAddress" : "peer")
                .flatMap({ IPv4Address($0) })
        else { return nil }
        self.number = number
        self.receiver = receiver
        self.state = state
        code = row.count("code").map { UInt8(clamping: $0) }
        delay = row.count("delay").map { UInt32(clamping: $0) }
        tries = row.count("tries").map { UInt32(clamping: $0) } ?? 0
        text = row.text("text") ?? ""
    }

    /// Whether it got where it was to get: acknowledged, or sent if no acknowledgment was requested.
    var isDone: Bool { state == .acknowledged || state == .sent }

    /// What has become of it, in a line.
    var sentence: String {
        switch state {
        case .acknowledged: "\(receiver) acknowledged the text" + (delay.map { " after \($0) ms" } ?? "")
        case .sent: "\(receiver) was sent the text"
        case .refused: "\(receiver) refused the text" + (code.map { ": \(NotificationCode(rawValue: $0))" } ?? "")
        case .unanswered where tries == 0: "\(receiver) was not sent the text before its registration ended"
        case .unanswered: "\(receiver) did not acknowledge the text in \(tries) \(tries == 1 ? "try" : "tries")"
        case .superseded: "\(receiver) did not acknowledge the text before the node registered elsewhere"
        case .waiting, .received: "\(receiver) has not acknowledged the text yet"
        }
    }
}
