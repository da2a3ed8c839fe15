/// What a foreign agent demands of its visitors.
public struct ForeignAgentPolicy: SettingGroup {
    /// True to take no new visitors, whatever room there is (66, the B bit of adverts).
    public var busy = false
    /// True when mobile nodes must register here even with a co-located care-of address (the R bit of adverts).
    public var registrationRequired = false
    /// How many of the latest challenges advertised are good; 0 demands none (RFC 4721).
    public var challengeWindow: UInt8 = 0

    public init() {}
}

/// Changes of what a foreign agent demands.
public typealias ForeignAgentSettings = SettingChanges<ForeignAgentPolicy>

extension ForeignAgentPolicy {
    /// How many challenges can be good.
    public static let challengeWindows: ClosedRange<UInt8> = 0...16

    /// The settings of this group.
    public static let declared: [Setting] = {
        let policy = SettingDeclarations(\AgentSettings.foreignAgent)
        return [
            policy.truth(
                "busy", \.busy, of: .foreignAgent, since: 1, scalar: "faIsBusy",
                "Whether the foreign agent says that it takes no more visitors (`faIsBusy`)."),
            policy.truth(
                "registrationRequired", \.registrationRequired, of: .foreignAgent, since: 1, scalar: "faRegistrationRequired",
                column: "faAdvertRegRequired",
                "Whether nodes with a co-located care-of address must register through the foreign agent."),
            policy.whole(
                "challengeWindow", \.challengeWindow, in: challengeWindows, of: .foreignAgent, since: 1, file: "challenge.window",
                column: "faAdvertChallengeWindow",
                "How many of the challenges advertised last are good; 0 demands none (`faAdvertChallengeWindow`)."),
        ]
    }()
}
