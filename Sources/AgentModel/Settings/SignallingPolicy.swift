/// How an agent signals to other agents and to mobile nodes besides registration.
public struct SignallingPolicy: SettingGroup {
    /// True to agree on informing each other of revocations (RFC 3543).
    public var revocation = true
    /// True to refuse registrations whose other agent does not agree on that (129 from a home agent, 65 from a foreign agent).
    public var revocationRequired = false
    /// True to agree that the home agent decides whether the mobile node is informed of a revocation.
    public var revocationInforming = true
    /// Seconds until a message that was not acknowledged is sent again; each further wait is twice the one before. For
    /// notifications, it is the minimum retransmission time of RFC 6098 §4.3, of which 1 is the least allowed.
    public var retransmissionTimeout: UInt8 = 1
    /// How many times a message is sent before its sender gives up. With the doubling waits, this bounds the retransmission time
    /// (RFC 6098 §4.3); the end of the registration that the message is about is a bound as well.
    public var retransmissionTries: UInt8 = 6
    /// True to send generic notifications, and to accept, acknowledge and relay them (RFC 6098).
    public var notifications = true
    /// Which generic notifications these are, by direction: bit 0 stands for MD 0 (home agent to mobile node), bit 5 for MD 5.
    public var notificationDirections: UInt8 = 0b11_1111

    public init() {}
}

/// Changes to how an agent signals.
public typealias SignallingSettings = SettingChanges<SignallingPolicy>

extension SignallingPolicy {
    /// The settings of this group.
    public static let declared: [Setting] = {
        let policy = SettingDeclarations(\AgentSettings.signalling)
        return [
            policy.truth(
                "revocation", \.revocation, of: nil, since: 3,
                scalar: "mipExtRevocation",
                "Whether the agent agrees with the other end of a registration to inform each other of revocations (RFC 3543)."),
            policy.truth(
                "revocationRequired", \.revocationRequired, of: nil, since: 3,
                scalar: "mipExtRevocationRequired",
                "Whether a home or foreign agent refuses registrations whose other agent does not agree on revocation."),
            policy.truth(
                "revocationInforming", \.revocationInforming, of: nil, since: 3,
                scalar: "mipExtRevocationInforming",
                "Whether the agents agree that the home agent decides if the mobile node is informed of a revocation."),
            policy.whole(
                "retransmissionTimeout", \.retransmissionTimeout, in: 1...60, unit: "seconds", of: nil, since: 3,
                scalar: "mipExtRetransmissionTimeout",
                "Seconds until an unacknowledged revocation or notification is sent again; doubles with each try."),
            policy.whole(
                "retransmissionTries", \.retransmissionTries, in: 1...16, unit: "tries", of: nil, since: 3,
                scalar: "mipExtRetransmissionTries",
                "How many times a revocation or notification is sent before the agent gives up."),
            policy.truth(
                "notifications", \.notifications, of: nil, since: 3, scalar: "mipExtGenericNotifications",
                "Whether the agent sends generic notifications, and accepts, acknowledges and relays them (RFC 6098)."),
            policy.whole(
                "notificationDirections", \.notificationDirections, in: 0...63, of: nil, since: 3,
                scalar: "mipExtNotificationDirections",
                "Which notifications, a sum: 1 home agent to node, 2 home agent to foreign agent, 4 node to home agent, "
                    + "8 node to foreign agent, 16 foreign agent to node, 32 foreign agent to home agent."),
        ]
    }()
}
