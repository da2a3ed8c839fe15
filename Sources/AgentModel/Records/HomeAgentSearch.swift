public import JSON
public import MobileIPv4

/// How far a mobile node has got that registers with any home agent (RFC 4433 §3).
public enum HomeAgentSearchState: String, Hashable, Sendable, CaseIterable, Codable {
    /// It has no home agent, and asks for none at present.
    case unanchored
    /// It has asked for any home agent.
    case asking
    /// A home agent has redirected it to another one, which it has asked.
    case redirected
    /// A home agent has accepted it.
    case anchored
    /// It registers or is registered with a home agent that it addresses by name, because the search found none that serves
    /// requests for any.
    case fallback
}

/// How a mobile node has found the home agent that it asks or is registered with.
public enum HomeAgentSource: String, Hashable, Sendable, CaseIterable, Codable {
    /// Its configuration names the home agent.
    case configured
    /// Its configuration names it as a hint, or it was the node's home agent before.
    case hint
    /// Another home agent has redirected the node to it.
    case redirected
    /// A foreign agent has chosen it, or it named itself (136).
    case discovered
    /// As discovered, for a request that named an identity (RFC 3846).
    case identity
}

/// A mobile node's search for a home agent (RFC 4433).
public struct HomeAgentSearch: Hashable, Sendable, Codable {
    /// How far the node has got.
    public var state: HomeAgentSearchState
    /// The home agent that the node asks or is registered with; 0.0.0.0 while it knows none.
    public var homeAgent: IPv4Address
    /// How that one was found.
    public var source: HomeAgentSource
    /// The home agents that have redirected the node in this search, the latest last; at most 8.
    public var redirects: [IPv4Address]

    public init(
        state: HomeAgentSearchState, homeAgent: IPv4Address = .zero, source: HomeAgentSource = .configured,
        redirects: [IPv4Address] = []
    ) {
        self.state = state
        self.homeAgent = homeAgent
        self.source = source
        self.redirects = redirects
    }
}

extension HomeAgentSearch: Record {
    public static var blank: HomeAgentSearch { HomeAgentSearch(state: .unanchored) }

    public mutating func visit(_ visitor: inout some RecordVisitor) throws(NotCanonical) {
        try visitor.member("state", &state)
        try visitor.member("homeAgent", &homeAgent)
        try visitor.member("source", &source)
        try visitor.member("redirects", &redirects)
    }
}
