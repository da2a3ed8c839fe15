import AgentModel
import MobileIPv4

extension HomeAgent {
    /// Determines the home address of an authenticated node, assigns one if it has none (RFC 2794 §2), and finds its entry.
    mutating func resolveHomeAddress(_ incoming: inout IncomingRequest, _ effects: inout AgentEffects) throws(Refusal) {
        if let nai = incoming.nai, let association = incoming.association, case .nai = association.association.peer {
            try resolve(nai, &incoming, &effects)
        }
        guard incoming.node == nil, incoming.homeAddress != .zero else { return }
        incoming.node = entry(of: incoming, authenticated: true, &effects)
        if incoming.node == nil { throw .deny(.haInsufficientResources) }
    }

    /// The entry that an authenticated node has already; nil for none.
    func knownNode(_ incoming: IncomingRequest) -> Int? {
        guard let nai = incoming.nai, let association = incoming.association, case .nai = association.association.peer else {
            return nodes.find(incoming.homeAddress)
        }
        return assignments.address(of: nai).flatMap { nodes.find($0) }
    }

    /// Restricts a node identified by NAI to the address that is assigned to it.
    private mutating func resolve(
        _ nai: NetworkAccessIdentifier, _ incoming: inout IncomingRequest, _ effects: inout AgentEffects
    ) throws(Refusal) {
        let requested = incoming.request.homeAddress
        if let assigned = assignments.address(of: nai) {
            guard requested == .zero || requested == assigned else { throw .deny(.haAdministrativelyProhibited) }
            incoming.homeAddress = assigned
            return
        }
        if requested != .zero {
            // The node supplies its own address: it is assigned to the node if nobody else has it.
            guard isFree(requested), serves(requested) else { throw .deny(.haAdministrativelyProhibited) }
            assignments.assign(requested, to: nai)
            return
        }
        guard !incoming.isDeregistration, assignments.hasPool else { throw .deny(.haAdministrativelyProhibited) }
        let taken = assignments.takeFromPool { [nodes, mobileNodeAssociations, addresses] address in
            address.isUnicast && !addresses.contains(address) && nodes.find(address) == nil
                && mobileNodeAssociations.ofAddress(address) == nil
        }
        guard let address = taken ?? reclaim(at: incoming.time, &effects) else { throw .deny(.haInsufficientResources) }
        assignments.assign(address, to: nai)
        // Idle until the request results in a binding.
        assignments.release(address, at: incoming.time)
        incoming.homeAddress = address
    }

    /// An address that another node no longer uses; what was stored about that node is removed, so that the next node starts with a clean
    /// record.
    private mutating func reclaim(at time: Timestamp, _ effects: inout AgentEffects) -> IPv4Address? {
        guard let address = assignments.reclaim(at: time) else { return nil }
        if nodes.forget(address) { effects.changes.append(.mobileNodeRemoved(address)) }
        return address
    }

    private func isFree(_ address: IPv4Address) -> Bool {
        assignments.owner(of: address) == nil && nodes.find(address) == nil && mobileNodeAssociations.ofAddress(address) == nil
    }

    /// The entry of the node whose address a request names: of a node that has one, that has proved its address, or that has an association
    /// of its own. Anyone can name any address of a prefix that shares an association, so this makes none for those. A node that has proved its NAI has not proved that
    /// the address is its own.
    mutating func entry(ofNamed incoming: IncomingRequest, _ effects: inout AgentEffects) -> Int? {
        if incoming.homeAddress == .zero { return nil }
        if incoming.isVerified {
            if case .nai? = incoming.association?.association.peer { return nil }
            return entry(of: incoming, authenticated: true, &effects)
        }
        if let known = nodes.find(incoming.homeAddress) { return known }
        return hasOwnAssociation(incoming.homeAddress) ? entry(of: incoming, authenticated: false, &effects) : nil
    }

    /// True for an address that has an association of its own or is assigned to a node that has one.
    private func hasOwnAssociation(_ homeAddress: IPv4Address) -> Bool {
        if mobileNodeAssociations.ofAddress(homeAddress) != nil { return true }
        return assignments.owner(of: homeAddress).flatMap { mobileNodeAssociations.ofNAI($0) } != nil
    }

    /// True when the request names a node that has authenticated itself before or has an association of its own.
    func knows(_ incoming: IncomingRequest) -> Bool {
        if incoming.homeAddress == .zero { return incoming.nai.flatMap { mobileNodeAssociations.ofNAI($0) } != nil }
        return incoming.node != nil || nodes.find(incoming.homeAddress) != nil || hasOwnAssociation(incoming.homeAddress)
    }

    /// The request with a note of whether this agent knows the node that it names.
    func identified(_ incoming: IncomingRequest) -> IncomingRequest {
        var identified = incoming
        identified.isIdentified = knows(incoming)
        return identified
    }

    /// The entry of the node; nil when there is no room for another one.
    mutating func entry(of incoming: IncomingRequest, authenticated: Bool, _ effects: inout AgentEffects) -> Int? {
        var evicted: IPv4Address?
        let slot = nodes.findOrMake(
            incoming.homeAddress, nai: authenticated ? incoming.nai : nil, authenticated: authenticated, evicted: &evicted)
        if let evicted { effects.changes.append(.mobileNodeRemoved(evicted)) }
        return slot
    }
}
