import AgentModel
import MobileIPv4

/// What an agent remembers about generic notifications (RFC 6098).
struct NotificationState {
    var clock = NotificationClock()
    var memory: NotificationMemory
    /// Answers that anyone can cause, per second: refusals, and answers to copies. There are no others above that.
    var answers = PerSecondLimiter(limit: 100)
    /// Accepted notifications per second of mobile nodes, and of agents. Others are refused for lack of resources.
    private var ofNodes = PerSecondLimiter(limit: 100)
    private var ofAgents = PerSecondLimiter(limit: 100)
    /// How often a second registrations are looked through for another one of an agent. Texts above that wait.
    var searches = PerSecondLimiter(limit: 20)

    /// - Parameter start: When the agent started.
    init(start: Identification) { memory = NotificationMemory(start: start) }

    /// Whether one more notification of a sender may be accepted; it then counts. What one sends too fast does not count, so that it
    /// takes no place of others.
    mutating func admits(_ sender: NotificationPeer, at uptime: Int64) -> Bool {
        guard !memory.isHasty(sender, at: uptime) else { return false }
        return sender.role == .mobileNode ? ofNodes.passes(at: uptime) : ofAgents.passes(at: uptime)
    }
}

extension SignallingPolicy {
    /// Whether this agent takes part in notifications of this direction.
    func permits(_ direction: NotificationDirection) -> Bool {
        notifications && direction.path != nil && notificationDirections >> direction.rawValue & 1 == 1
    }
}

extension ExtensionScan {
    /// Reads the extensions of a notification or an acknowledgment, which is dropped if it has any other than those that are
    /// permitted (RFC 6098 §4.5.1, §4.6.1, §4.7.3).
    static func ofNotification(
        _ datagram: RawSpan, _ type: MessageType, understanding: borrowing RoleUnderstanding
    ) throws(Refusal) -> ExtensionScan {
        guard let understood = understanding[type] else { throw .discard(.unknownMessageType) }
        // Both messages have fixed parts of the same size.
        let scan = try ExtensionScan.ofSignal(
            datagram, from: GenericNotification.fixedSize, understanding: understood, knowing: [])
        guard scan.skipped == 0 else { throw .discard(.unknownExtension) }
        return scan
    }

    /// The first authentication extension of a type, at any position.
    func authentication(_ type: ExtensionType) -> LocatedAuthentication? {
        switch type {
        case .mobileHomeAuthentication: mobileHome
        case .mobileForeignAuthentication: anyMobileForeign
        case .foreignHomeAuthentication: foreignHome
        default: nil
        }
    }
}

/// Who signs a notification or an acknowledgment of this agent.
struct NotificationSigner {
    /// The association with the receiver, and the extension for it.
    let association: ConfiguredSecurityAssociation
    let authentication: ExtensionType
    /// The association with the foreign agent that relays the message; nil if it need not be signed for one.
    let relay: ConfiguredSecurityAssociation?

    /// Signs for the receiver, then for the foreign agent.
    func sign(_ payload: inout [UInt8]) {
        association.sign(authentication, &payload)
        relay?.sign(.foreignHomeAuthentication, &payload)
    }
}
