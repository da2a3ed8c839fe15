import MobileIPv4

/// What a request says about the choice of a home agent, and what its node wants besides a binding; see `HomeAgent.readFeatures`.
struct NodeWishes {
    /// The requested home agent (139, RFC 4433 §3.4.1).
    var homeAgent: IPv4Address?
    /// The identity of the home agent that is to serve the node (136, Sub-Type 1, RFC 3846 §4).
    var homeAgentIdentity: NetworkAccessIdentifier?
    /// Whether the node repeats an identity of a home agent or AAA server.
    var repeatsIdentities = false
    /// Whether an acceptance has the identities of this agent and its AAA server.
    var getsIdentities = false
    /// The selected service as the request has it (151, RFC 5446).
    var selection: ServiceSelection?
    /// Whether the foreign agent has added the selection.
    var isSelectionAdded = false
    /// The selected service, or the default one.
    var service: ServiceIdentifier?
    /// Whether the node asks for host configuration (RFC 4332).
    var hostConfiguration = false
}
