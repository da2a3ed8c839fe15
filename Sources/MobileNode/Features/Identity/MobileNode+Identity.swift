import AgentModel
import MobileIPv4

/// Identities in the home domain that the current registration has brought (RFC 3846).
struct HomeIdentities {
    /// That of the home agent.
    var homeAgent: NetworkAccessIdentifier?
    /// That of the AAA server.
    var homeAAA: NetworkAccessIdentifier?
}

/// Identities of the home agent and its AAA server: the node repeats the latest ones that it was given until its registration
/// ends (RFC 3846 §4, §5).
extension MobileNode {
    /// The home agent's identity in the next request: that of the registration, or else the one that the node wishes. A node
    /// that was redirected or has turned to another home agent no longer wishes it, since that home agent might redirect it
    /// back.
    var presentedHomeAgentIdentity: NetworkAccessIdentifier? {
        if let received = identities.homeAgent { return received }
        let isElsewhere = isDynamic && !search.isAnchored && [.redirected, .fallback].contains(search.state)
        return isElsewhere ? nil : configuration.homeAgentIdentity
    }

    /// Appends the identities of a request.
    func repeatIdentities(of request: SentRequest, _ octets: inout [UInt8]) {
        append(.homeAgent, request.wishes.homeAgentIdentity, &octets)
        append(.homeAAA, request.wishes.homeAAAIdentity, &octets)
    }

    private func append(_ owner: NAICarrying.Owner, _ nai: NetworkAccessIdentifier?, _ octets: inout [UInt8]) {
        // An identity that does not fit the extension was configured by mistake, and is not sent.
        if let nai { try? NAICarrying(owner: owner, nai: nai).encode(into: &octets) }
    }

    /// Remembers the identities that the home agent has signed. One that is missing stays as it was.
    mutating func noteIdentities(_ incoming: IncomingReply, in datagram: RawSpan) {
        let homeAgent = incoming.identity(of: .homeAgent, in: datagram)
        let homeAAA = incoming.identity(of: .homeAAA, in: datagram)
        guard homeAgent != nil || homeAAA != nil else { return }
        counters.identitiesReceived += 1
        if let homeAgent { identities.homeAgent = homeAgent }
        if let homeAAA { identities.homeAAA = homeAAA }
    }
}

extension IncomingReply {
    fileprivate func identity(of owner: NAICarrying.Owner, in datagram: RawSpan) -> NetworkAccessIdentifier? {
        let located = scan.first(.naiCarrying, subtype: owner.rawValue, in: homeAgentPart)
        return located.flatMap { try? NAICarrying($0, in: datagram) }?.nai
    }
}
