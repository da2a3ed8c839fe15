import AgentModel
import MobileIPv4

/// The notifications of the orders of one change, ready to be sent. Nobody gets the same text twice, even if several orders name him,
/// or both roles of this agent reach him.
public struct NotificationPlan {
    /// A receiver, whichever role writes to it.
    private struct Receiver: Hashable {
        let role: AgentRole
        let address: IPv4Address
        let homeAgent: IPv4Address
        /// The number of the text.
        let text: Int
    }

    private(set) var planned: [PlannedNotification] = []
    /// How many notifications can be sent.
    let room: Int
    private var receivers: Set<Receiver> = []
    private var texts: [String: Int] = [:]
    private var text = 0

    init(room: Int) { self.room = room }

    /// How many notifications are to be sent.
    public var count: Int { planned.count }

    /// Whether there are more than can be sent; then none is added any more.
    var isTooLong: Bool { planned.count > room }

    /// The notifications that follow have this text.
    mutating func begin(_ text: String) {
        let number = texts.count
        self.text = texts[text] ?? number
        texts[text] = self.text
    }

    /// Whether a receiver gets the text already.
    func includes(_ peer: NotificationPeer) -> Bool { receivers.contains(receiver(peer)) }

    /// Adds a notification to a receiver that does not get the text yet.
    mutating func add(_ notification: PlannedNotification, to peer: NotificationPeer) {
        receivers.insert(receiver(peer))
        planned.append(notification)
    }

    private func receiver(_ peer: NotificationPeer) -> Receiver {
        Receiver(role: peer.role, address: peer.address, homeAgent: peer.homeAgent, text: text)
    }
}
