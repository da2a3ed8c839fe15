/// Which services an agent offers or uses besides registration: the search for a home agent, and what a home agent gives its nodes.
///
/// An agent that has one of them off treats its extensions as not understood.
public struct DiscoveryPolicy: SettingGroup {
    /// True to take part in the search for a home agent (RFC 4433): a home agent answers requests for any home agent and redirects, a
    /// foreign agent relays to the requested home agent, and a node follows.
    public var dynamicHomeAgent = true
    /// True to give or ask for host configuration (RFC 4332).
    public var hostConfiguration = true
    /// True to act on service selection (RFC 5446).
    public var serviceSelection = true
    /// True to act on experimental messages and extensions (RFC 4064), which are for experiments only.
    public var experimental = false

    public init() {}
}

/// Changes to which services an agent offers or uses.
public typealias DiscoverySettings = SettingChanges<DiscoveryPolicy>

extension DiscoveryPolicy {
    /// The settings of this group.
    public static let declared: [Setting] = {
        let policy = SettingDeclarations(\AgentSettings.discovery)
        return [
            policy.truth(
                "dynamicHomeAgent", \.dynamicHomeAgent, of: nil, since: 3, scalar: "mipExtDynamicHomeAgent",
                "Whether the agent takes part in the search for a home agent and in redirection (RFC 4433)."),
            policy.truth(
                "hostConfiguration", \.hostConfiguration, of: nil, since: 3, scalar: "mipExtHostConfiguration",
                "Whether a home agent answers requests for host configuration, and a mobile node asks for it (RFC 4332)."),
            policy.truth(
                "serviceSelection", \.serviceSelection, of: nil, since: 3, scalar: "mipExtServiceSelection",
                "Whether the agent acts on the service that a request selects (RFC 5446)."),
            policy.truth(
                "experimental", \.experimental, of: nil, since: 3, scalar: "mipExtExperimental",
                "Whether the agent acts on experimental messages and extensions, as its rules say (RFC 4064)."),
        ]
    }()
}
