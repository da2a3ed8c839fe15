import AgentModel
import MobileIPv4

extension HomeAgent {
    /// Determines the home address of an authenticated node, assigns one if it has none (RFC 2794 §2), and finds its entry.
    mutating func resolveHomeAddress(
        _ incoming: inout IncomingRequest, _ shared: inout SharedAgentState, _ effects: inout AgentEffects
    ) throws(Refusal) {
        if let nai = incoming.nai, let association = incoming.association, case .nai = association.association.peer {
            try resolve(nai, &incoming, &shared, &effects)
        }
        guard incoming.node == nil, incoming.homeAddress != .zero else { return }
        incoming.node = entry(of: incoming, authenticated: true, &shared, &effects)
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
        _ nai: NetworkAccessIdentifier, _ incoming: inout IncomingRequest, _ shared: inout SharedAgentState,
        _ effects: inout AgentEffects
    ) throws(Refusal) {
        let requested = isWishInVain(nai, incoming) ? .zero : incoming.request.homeAddress
        if let assigned = assignments.address(of: nai) {
            guard requested == .zero || requested == assigned else { throw .deny(.haAdministrativelyProhibited) }
            // One of another service's pool is exchanged once the request is acceptable; see `moveToPool`.
            incoming.wantsAddress = requested == .zero
            incoming.homeAddress = assigned
            return
        }
        if requested != .zero {
            // The node supplies its own address: it is assigned to the node if nobody else has it.
            guard isFree(requested), serves(requested) else { throw .deny(.haAdministrativelyProhibited) }
            assignments.assign(requested, to: nai)
            unsaved.insert(assignment: requested)
            return
        }
        guard !incoming.isDeregistration, assignments.hasPool(for: incoming.wishes.service) else {
            throw .deny(.haAdministrativelyProhibited)
        }
        let address = try takeFromPool(incoming, &shared, &effects)
        assign(address, to: nai, &incoming)
    }

    /// An address of the pool for the node's service; 130 without one.
    private mutating func takeFromPool(
        _ incoming: IncomingRequest, _ shared: inout SharedAgentState, _ effects: inout AgentEffects
    ) throws(Refusal) -> IPv4Address {
        let service = incoming.wishes.service
        let taken = assignments.takeFromPool(for: service) { [nodes, mobileNodeAssociations, addresses] address in
            address.isUnicast && !addresses.contains(address) && nodes.find(address) == nil
                && mobileNodeAssociations.ofAddress(address) == nil
        }
        guard let address = taken ?? reclaim(incoming, &shared, &effects) else { throw .deny(.haInsufficientResources) }
        return address
    }

    private mutating func assign(_ address: IPv4Address, to nai: NetworkAccessIdentifier, _ incoming: inout IncomingRequest) {
        assignments.assign(address, to: nai)
        // Idle until the request results in a binding.
        _ = assignments.release(address, at: incoming.time)
        unsaved.insert(assignment: address)
        incoming.homeAddress = address
    }

    /// Whether a request for any home agent names an address that the node cannot have here. That is only a wish: the node takes the
    /// address that it gets (RFC 4433 §1).
    private func isWishInVain(_ nai: NetworkAccessIdentifier, _ incoming: IncomingRequest) -> Bool {
        guard wishesAddress(incoming) else { return false }
        let wish = incoming.request.homeAddress
        if let assigned = assignments.address(of: nai) { return wish != assigned }
        return assignments.hasPool(for: incoming.wishes.service) && !(isFree(wish) && serves(wish))
    }

    /// An address that another node no longer uses; what was stored about that node is removed, so that the next node starts with a clean
    /// record.
    private mutating func reclaim(
        _ incoming: IncomingRequest, _ shared: inout SharedAgentState, _ effects: inout AgentEffects
    ) -> IPv4Address? {
        guard let address = assignments.reclaim(for: incoming.wishes.service, at: incoming.time) else { return nil }
        unsaved.insert(assignment: address)
        if let forgotten = nodes.forget(address) { forget(forgotten, at: incoming.now, &shared, &effects) }
        return address
    }

    /// Whether a node without a binding has to get another address, because its own is for another service (RFC 5446 §4.2).
    func movesToPool(_ incoming: IncomingRequest) -> Bool {
        let service = incoming.wishes.service
        guard incoming.wantsAddress, let node = incoming.node, !incoming.isDeregistration else { return false }
        return !assignments.suits(incoming.homeAddress, service) && assignments.hasPool(for: service)
            && nodes[node].bindingCount == 0
    }

    /// Exchanges the address of a node for one of the pool of its service. To be called once nothing else refuses the request: a node that
    /// is refused keeps its address. 130 if the pool has none.
    mutating func moveToPool(
        _ incoming: inout IncomingRequest, _ shared: inout SharedAgentState, _ effects: inout AgentEffects
    ) throws(Refusal) {
        guard let nai = incoming.nai else { return }
        let address = try takeFromPool(incoming, &shared, &effects)
        giveUp(incoming.homeAddress, &incoming, &shared, &effects)
        assign(address, to: nai, &incoming)
        incoming.node = entry(of: incoming, authenticated: true, &shared, &effects)
        if incoming.node == nil { throw .deny(.haInsufficientResources) }
        guard incoming.revocation != nil else { return }
        let stamp = shared.revocationClock.stamp(at: incoming.now, for: address)
        incoming.revocation?.ownStamp = stamp
    }

    /// Takes an address away from the node that has sent this request, with what was stored about the node.
    private mutating func giveUp(
        _ address: IPv4Address, _ incoming: inout IncomingRequest, _ shared: inout SharedAgentState,
        _ effects: inout AgentEffects
    ) {
        assignments.unassign(address)
        unsaved.insert(assignment: address)
        if let forgotten = nodes.forget(address) { forget(forgotten, at: incoming.now, &shared, &effects) }
        incoming.node = nil
    }

    private func isFree(_ address: IPv4Address) -> Bool {
        assignments.owner(of: address) == nil && nodes.find(address) == nil && mobileNodeAssociations.ofAddress(address) == nil
    }

    /// The entry of the node whose address a request names: of a node that has one, that has proved its address, or that has an association
    /// of its own. Anyone can name any address of a prefix that shares an association, so this makes none for those. A node that has proved its NAI has not proved that
    /// the address is its own.
    mutating func entry(
        ofNamed incoming: IncomingRequest, _ shared: inout SharedAgentState, _ effects: inout AgentEffects
    ) -> Int? {
        if incoming.homeAddress == .zero { return nil }
        if incoming.isVerified {
            if case .nai? = incoming.association?.association.peer { return nil }
            return entry(of: incoming, authenticated: true, &shared, &effects)
        }
        if let known = nodes.find(incoming.homeAddress) { return known }
        return hasOwnAssociation(incoming.homeAddress)
            ? entry(of: incoming, authenticated: false, &shared, &effects) : nil
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
    mutating func entry(
        of incoming: IncomingRequest, authenticated: Bool, _ shared: inout SharedAgentState, _ effects: inout AgentEffects
    ) -> Int? {
        findOrMakeNode(
            incoming.homeAddress, nai: authenticated ? incoming.nai : nil, authenticated: authenticated, at: incoming.now,
            &shared,
            &effects)
    }

    /// The entry of the node at an address, made if necessary; nil when there is no room for another one.
    mutating func findOrMakeNode(
        _ homeAddress: IPv4Address, nai: NetworkAccessIdentifier?, authenticated: Bool, at now: Moment,
        _ shared: inout SharedAgentState, _ effects: inout AgentEffects
    ) -> Int? {
        var evicted: MobileNodeEntry?
        let slot = nodes.findOrMake(
            homeAddress, nai: nai, authenticated: authenticated, epoch: shared.clockEpoch, evicted: &evicted)
        if let evicted { forget(evicted, at: now, &shared, &effects) }
        return slot
    }

    /// A node is no longer in the table. Its latest timestamps are remembered until the clock refuses them.
    private mutating func forget(
        _ entry: MobileNodeEntry, at now: Moment, _ shared: inout SharedAgentState, _ effects: inout AgentEffects
    ) {
        let (homeAddress, nai) = (entry.service.homeAddress, entry.service.nai)
        effects.changes.append(.mobileNodeRemoved(homeAddress))
        unsaved.insert(mobileNode: homeAddress)
        let associations = mobileNodeAssociations.ofMobileNode(
            homeAddress, nai: nai, owner: assignments.owner(of: homeAddress))
        let tolerance = associations?.map(\.association.replayTolerance).max() ?? 0
        for identification in entry.replay.latestUsed {
            // The node may have asked by its address or by its NAI.
            for named in nai == nil ? [homeAddress] : [homeAddress, .zero] {
                refuse(
                    DeniedRequest(homeAddress: named, nai: nai, identification: identification), with: identification,
                    tolerance: tolerance, at: now)
            }
        }
        if let used = entry.replay.used(until: Identification(unixNanoseconds: now.wallClock)) {
            if forgotten == nil { forgotten = used } else { forgotten?.include(used) }
        }
    }

    /// Refuses this request from now on, until the clock has passed its timestamp by the tolerance.
    mutating func refuse(
        _ request: DeniedRequest, with identification: Identification, tolerance: UInt16, at now: Moment
    ) {
        let left = identification.seconds(since: Identification(unixNanoseconds: now.wallClock)) + Double(tolerance)
        guard left >= 0 else { return }
        denied.insert(request, until: now.wallClock + Int64(left * 1_000_000_000), at: now.wallClock)
    }
}
