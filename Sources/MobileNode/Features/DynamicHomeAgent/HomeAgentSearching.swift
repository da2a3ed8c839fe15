import AgentModel
import MobileIPv4

/// How far a node that registers with any home agent has got in its search for one (RFC 4433 §5.1).
///
/// A search begins with each registration while there is no current one, and ends with an acceptance or a failure.
struct HomeAgentSearching {
    /// The home agents remembered that have redirected the node; one more redirection is taken for a loop.
    static let redirectLimit = 8
    /// How many requests for any home agent are sent before a known one is addressed instead (RFC 4433 §10).
    static let triesBeforeFallback = 2

    /// What a request for any home agent has in its Home Agent field: 0.0.0.0 or 255.255.255.255, as configured. Nil for a node
    /// whose configuration names its home agent.
    let anyHomeAgent: IPv4Address?
    private(set) var state = HomeAgentSearchState.unanchored
    /// Whether a home agent has accepted the node. If it was reached as the last resort, the state remains `fallback`, so that it
    /// can be seen that requests for any home agent do not work here.
    private(set) var isAnchored = false
    private(set) var source = HomeAgentSource.configured
    /// The home agent that requests ask for in the Requested HA extension; nil if the node knows none.
    private(set) var requested: IPv4Address?
    /// The home agents that have redirected the node in this search, the latest last.
    private(set) var redirects: [IPv4Address] = []
    /// The home agent of the latest registration, which the next search asks first.
    private var former: IPv4Address?
    /// The home agents that did not answer or denied the node, and those that have redirected it to such a one and would do so
    /// again. The next search asks others first, once: a foreign agent may have no home agent to choose.
    private var avoided: [IPv4Address] = []

    /// - Parameter homeAgent: the home agent as configured.
    init(homeAgent: IPv4Address) { anyHomeAgent = homeAgent.isAnyHomeAgent ? homeAgent : nil }

    /// Begins to search.
    ///
    /// - Parameters:
    ///   - hint: the home agent to ask first, unless the latest one is asked again.
    ///   - substitute: the home agent that a node without a foreign agent asks if it knows no other; nil for none.
    ///   - isDirect: whether the node has no foreign agent, which could choose a home agent for it.
    mutating func begin(hint: IPv4Address?, substitute: IPv4Address?, isDirect: Bool) {
        state = .asking
        isAnchored = false
        redirects = []
        let known = [former, hint].compactMap { $0 }
        let candidates = known + (isDirect || !avoided.isEmpty ? [substitute].compactMap { $0 } : [])
        requested = candidates.first { !avoided.contains($0) } ?? (isDirect ? candidates.first : nil)
        avoided = []
        if let requested {
            source = requested == substitute && !known.contains(requested) ? .configured : .hint
        } else {
            source = .discovered
        }
    }

    /// A home agent has redirected the node to another one. Returns false if that would be a loop.
    mutating func follow(from homeAgent: IPv4Address, to other: IPv4Address) -> Bool {
        if isAnchored { redirects = [] }
        guard redirects.count < Self.redirectLimit else { return false }
        redirects.append(homeAgent)
        guard !redirects.contains(other) else { return false }
        state = .redirected
        isAnchored = false
        requested = other
        source = .redirected
        return true
    }

    /// The home agent that was asked last did not answer, or denied the node.
    ///
    /// - Parameter asked: that home agent; nil if a foreign agent has chosen it.
    mutating func doubt(_ asked: IPv4Address?) {
        guard let asked else { return }
        for homeAgent in (isAnchored ? [] : redirects) + [asked] where !avoided.contains(homeAgent) { avoided.append(homeAgent) }
    }

    /// The agents on the way do not support requests for any home agent: a known one is addressed.
    mutating func fallBack(to known: IPv4Address) {
        if requested != known { source = .configured }
        state = .fallback
        requested = known
    }

    /// A home agent that does not support requests for any home agent has answered; it is addressed as a node does that knows
    /// its home agent (RFC 5944 §3.6.1.2).
    mutating func discover() {
        state = .fallback
        requested = nil
        source = .discovered
    }

    /// A home agent has accepted the node, for the first time or again.
    ///
    /// - Parameter namesIdentity: whether the request gave the identity of a home agent.
    mutating func anchor(at homeAgent: IPv4Address, namesIdentity: Bool) {
        if state == .asking, requested != homeAgent { source = namesIdentity ? .identity : .discovered }
        if state != .fallback { state = .anchored }
        isAnchored = true
        requested = nil
        former = homeAgent
        avoided = []
    }

    /// The registration has ended, or the search for one. A deregistration that may follow goes to the home agent that was asked.
    mutating func end() {
        state = .unanchored
        isAnchored = false
        requested = requested ?? former
    }
}
