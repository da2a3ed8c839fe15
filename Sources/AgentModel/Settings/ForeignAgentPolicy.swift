/// What a foreign agent requires of its visitors.
public struct ForeignAgentPolicy: SettingGroup {
    /// True to accept no new visitors, even if there is room (code 66, the B bit of advertisements).
    public var busy = false
    /// True if mobile nodes must register here even with a co-located care-of address (the R bit of advertisements).
    public var registrationRequired = false
    /// How many of the most recently advertised challenges are accepted; 0 means no challenge is required (RFC 4721).
    public var challengeWindow: UInt8 = 0
    /// Requests per second relayed to home agents that have never answered; a quarter of it for each of them and for each sender.
    public var unprovenHomeAgentRate: UInt32 = 64

    public init() {}
}

/// Changes to what a foreign agent requires.
public typealias ForeignAgentSettings = SettingChanges<ForeignAgentPolicy>

extension ForeignAgentPolicy {
    /// How many challenges can be accepted.
    public static let challengeWindows: ClosedRange<UInt8> = 0...16

    /// The settings of this group.
    public static let declared: [Setting] = {
        let policy = SettingDeclarations(\AgentSettings.foreignAgent)
        return [
            policy.truth(
                "busy", \.busy, of: .foreignAgent, since: 1, scalar: "faIsBusy",
                "Whether the foreign agent accepts no more visitors and says so in its advertisements (`faIsBusy`)."),
            policy.truth(
                "registrationRequired", \.registrationRequired, of: .foreignAgent, since: 1, scalar: "faRegistrationRequired",
                column: "faAdvertRegRequired",
                "Whether mobile nodes with a co-located care-of address must register through the foreign agent."),
            policy.whole(
                "challengeWindow", \.challengeWindow, in: challengeWindows, of: .foreignAgent, since: 1, file: "challenge.window",
                column: "faAdvertChallengeWindow",
                "How many of the latest advertised challenges are accepted; 0 requires no challenge (`faAdvertChallengeWindow`)."),
            policy.whole(
                "unprovenHomeAgentRate", \.unprovenHomeAgentRate, in: 0...1_000_000, of: .foreignAgent, since: 2,
                "Requests per second relayed to home agents that have never answered, all together; 0 relays none to them."),
        ]
    }()
}
