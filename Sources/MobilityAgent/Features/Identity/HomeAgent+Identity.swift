import AgentModel
import MobileIPv4

/// The identities of the home agent and its AAA server (RFC 3846).
extension HomeAgent {
    /// Reads the identities that the node repeats, or by which it asks for its home agent.
    func readIdentities(_ datagram: RawSpan, _ incoming: inout IncomingRequest) {
        let part = incoming.scan.homePart
        guard incoming.scan.first(.naiCarrying, in: part) != nil else { return }
        incoming.wishes.repeatsIdentities = true
        let ofHomeAgent = incoming.scan.first(.naiCarrying, subtype: NAICarrying.Owner.homeAgent.rawValue, in: part)
        incoming.wishes.homeAgentIdentity = ofHomeAgent.flatMap { try? NAICarrying($0, in: datagram).nai }
    }

    /// Determines whether the reply has the identities: a node that registers anew learns them, and later one that repeats them (RFC 3846
    /// §4, §5).
    mutating func noteIdentities(_ incoming: inout IncomingRequest) {
        if incoming.wishes.repeatsIdentities { counters.identitiesReceived += 1 }
        let isBound = incoming.node.map { nodes[$0].bindingCount > 0 } ?? false
        incoming.wishes.getsIdentities = incoming.wishes.repeatsIdentities || !isBound && !incoming.isDeregistration
    }

    /// Determines the same for an accepted request that has come again.
    func repeatIdentities(_ incoming: inout IncomingRequest) {
        let binding = incoming.node.flatMap { bindings.find(incoming.request.careOfAddress, of: nodes[$0]) }
        let isFirst = binding.map { bindings[$0].binding.renewals == 0 } ?? false
        incoming.wishes.getsIdentities = incoming.wishes.repeatsIdentities || isFirst
    }

    /// Appends the identities to an acceptance. Call before the mobile node's authenticator is appended, which must cover them.
    mutating func appendIdentities(_ code: ReplyCode, _ incoming: IncomingRequest, _ payload: inout [UInt8]) {
        guard configuration.identity != nil || configuration.aaaIdentity != nil, code.isAccepted, incoming.wishes.getsIdentities,
            passesLongReply(incoming)
        else { return }
        let before = payload.count
        // One that is too long for the extension is left out.
        if let own = configuration.identity { try? NAICarrying(owner: .homeAgent, nai: own).encode(into: &payload) }
        if let aaa = configuration.aaaIdentity { try? NAICarrying(owner: .homeAAA, nai: aaa).encode(into: &payload) }
        if payload.count > before { counters.identitiesSent += 1 }
    }

    /// Whether a reply may be longer than its request. Anyone can repeat an accepted request, with a forged source address, so that the
    /// long replies to such copies are limited.
    mutating func passesLongReply(_ incoming: IncomingRequest) -> Bool {
        incoming.isInSequence || repeatableTexts.passes(at: incoming.now.uptime)
    }
}
