import AgentModel
import MobileIPv4

extension HomeAgent {
    /// Rule 10: carries out an acceptable request and returns the success code.
    mutating func update(
        _ incoming: inout IncomingRequest, _ shared: inout SharedAgentState, _ effects: inout AgentEffects
    ) throws(Refusal) -> ReplyCode {
        guard let node = incoming.node else { throw .deny(.haReasonUnspecified) }
        let request = incoming.request
        let requestsSimultaneous = request.flags.contains(.simultaneousBindings)
        let code: ReplyCode =
            requestsSimultaneous && !configuration.simultaneousBindings && !incoming.isDeregistration
            ? .acceptedSimultaneousBindingsUnsupported : .accepted
        if incoming.isDuplicate {
            counters.duplicateRequests += 1
            return code
        }
        if incoming.isDeregistration {
            deregister(incoming, node, &shared, &effects)
        } else {
            register(&incoming, node, keepsOthers: requestsSimultaneous && configuration.simultaneousBindings, &shared, &effects)
        }
        nodes[node].lastAccepted = AcceptedRequest(
            identification: request.identification, careOfAddress: request.careOfAddress, lifetime: request.lifetime, code: code)
        return code
    }

    private mutating func register(
        _ incoming: inout IncomingRequest, _ node: Int, keepsOthers: Bool, _ shared: inout SharedAgentState,
        _ effects: inout AgentEffects
    ) {
        let request = incoming.request
        incoming.granted = min(request.lifetime, RegistrationLifetime(rawValue: configuration.maximumLifetime))
        let isEndless = incoming.granted == .infinity
        let known = bindings.find(request.careOfAddress, of: nodes[node])
        // A node that was assigned this home agent names it in later requests, also when it has been revoked.
        if request.isForAnyHomeAgent { nodes[node].asksForAny = true }
        var previous: IPv4Address?
        if !keepsOthers && nodes[node].bindingCount > (known == nil ? 0 : 1) {
            for slot in slots(of: node) where slot != known {
                previous = bindings[slot].binding.careOfAddress
                // The node continues to be served: its service is not interrupted.
                detach(slot, .replaced, causedBy: incoming.source.address, at: incoming.now, &shared, &effects)
            }
        }
        let expires = isEndless ? nil : incoming.time.adding(milliseconds: Int64(incoming.granted.rawValue) * 1000)
        let deadline = isEndless ? nil : incoming.now.uptime + Int64(incoming.granted.rawValue) * 1_000_000_000
        if known == nil && previous != nil {
            nodes[node].handoffs &+= 1
            counters.handoffs += 1
        }
        let created = known.map { bindings[$0].binding.created } ?? incoming.time
        let renewals = known.map { bindings[$0].binding.renewals &+ 1 } ?? 0
        var binding = Binding(
            homeAddress: incoming.homeAddress, careOfAddress: request.careOfAddress, homeAgent: incoming.homeAgent,
            sourceAddress: incoming.source.address, sourcePort: incoming.source.port, nai: incoming.nai,
            flags: request.flags, identification: request.identification, lifetimeGranted: incoming.granted.rawValue,
            created: created, renewed: incoming.time, expires: expires, renewals: renewals,
            handoffs: nodes[node].handoffs,
            encapsulation: request.flags.encapsulation,
            reverseTunnel: ReverseTunnel(flags: request.flags, encapsulatingDelivery: false),
            spi: (incoming.scan.mobileHome ?? incoming.scan.mobileAAA)?.spi ?? SecurityParameterIndex(rawValue: 0))
        grantFeatures(&binding, incoming)
        let slot: Int
        if let known {
            slot = known
            bindings[slot].binding = binding
        } else {
            slot = bindings.insert(binding, node: node, &nodes[node])
        }
        bindings.expire(slot, at: deadline)
        keepFeatures(slot, incoming, &shared, &effects)
        if binding.reverseTunnel != .none { counters.reverseTunnelsGranted += 1 }
        if assignments.use(binding.homeAddress) { unsaved.insert(assignment: binding.homeAddress) }
        if nodes[node].service.servingSince == nil { nodes[node].service.servingSince = incoming.time }
        effects.changes.append(.binding(binding))
        if known == nil { effects.changes.append(.event(Self.arrival(of: binding, from: previous))) }
    }

    private static func arrival(of binding: Binding, from previous: IPv4Address?) -> AgentEvent {
        let lifetime = binding.expires == nil ? "with infinite lifetime" : "for \(binding.lifetimeGranted) s"
        let what = previous.map { "moved from \($0) to" } ?? "registered at"
        return AgentEvent(
            time: binding.renewed, kind: previous == nil ? .registered : .careOfAddressChanged, role: .homeAgent,
            homeAddress: binding.homeAddress, nai: binding.nai, careOfAddress: binding.careOfAddress,
            previousCareOfAddress: previous, homeAgent: binding.homeAgent, sourceAddress: binding.sourceAddress,
            message: "\(binding.homeAddress) \(what) \(binding.careOfAddress) \(lifetime)")
    }

    private mutating func deregister(
        _ incoming: IncomingRequest, _ node: Int, _ shared: inout SharedAgentState, _ effects: inout AgentEffects
    ) {
        for slot in slots(of: node) {
            let binding = bindings[slot].binding
            guard incoming.endsAllBindings || binding.careOfAddress == incoming.request.careOfAddress else { continue }
            end(slot, .deregistered, causedBy: incoming.source.address, at: incoming.now, &shared, &effects)
            effects.changes.append(
                .event(
                    AgentEvent(
                        time: incoming.time, kind: .deregistered, role: .homeAgent, homeAddress: binding.homeAddress,
                        nai: binding.nai, careOfAddress: binding.careOfAddress, homeAgent: binding.homeAgent,
                        sourceAddress: incoming.source.address,
                        message: "\(binding.homeAddress) deregistered from \(binding.careOfAddress)")))
        }
    }

    /// Ends bindings of a node for an operator; returns how many.
    mutating func revoke(
        _ homeAddress: IPv4Address, careOfAddress: IPv4Address?, at now: Moment, _ shared: inout SharedAgentState,
        _ effects: inout AgentEffects
    ) -> Int {
        guard let node = nodes.find(homeAddress) else { return 0 }
        let slots = slots(of: node).filter { careOfAddress == nil || bindings[$0].binding.careOfAddress == careOfAddress }
        for slot in slots { revokeByOperator(slot, at: now, &shared, &effects) }
        return slots.count
    }

    /// How many bindings of a node `revoke` would end.
    func count(_ homeAddress: IPv4Address, careOfAddress: IPv4Address?) -> Int { list(homeAddress, careOfAddress).count }

    /// The bindings of a home address, or only the one with this care-of address.
    func list(_ homeAddress: IPv4Address, _ careOfAddress: IPv4Address?) -> [Binding] {
        guard let node = nodes.find(homeAddress) else { return [] }
        return slots(of: node).map { bindings[$0].binding }
            .filter { careOfAddress == nil || $0.careOfAddress == careOfAddress }
    }

    /// Restores a binding that an operator ended, unless the other end has been informed of that, it has expired meanwhile, there is a newer
    /// one, there is no room, or a binding made meanwhile would lead back to its home address.
    mutating func restore(
        _ binding: Binding, at now: Moment, _ shared: inout SharedAgentState, _ effects: inout AgentEffects
    ) {
        let time = shared.time(now)
        if let expires = binding.expires, expires <= time { return }
        guard binding.revocation == .none, bindings.count < Int(configuration.settings.limits.maximumBindings),
            !leads(from: binding.careOfAddress, to: binding.homeAddress)
        else { return }
        let found = findOrMakeNode(binding.homeAddress, nai: binding.nai, authenticated: true, at: now, &shared, &effects)
        guard let node = found, bindings.find(binding.careOfAddress, of: nodes[node]) == nil else { return }
        let slot = bindings.insert(binding, node: node, &nodes[node])
        let left = binding.expires.map { $0.milliseconds(since: time) }
        bindings.expire(slot, at: left.map { now.uptime + $0 * 1_000_000 })
        if assignments.use(binding.homeAddress) { unsaved.insert(assignment: binding.homeAddress) }
        if nodes[node].service.servingSince == nil { nodes[node].service.servingSince = time }
        nodes.touch(node)
        continueDrain(slot, at: now)
        unsaved.insert(mobileNode: binding.homeAddress)
        effects.changes.append(.binding(binding))
        effects.changes.append(.mobileNode(nodes[node].service))
    }

    /// Removes a binding; when it is the last one of a node, the node's service ends.
    ///
    /// - Parameters:
    ///   - source: Who has sent the message that ends it; nil for none.
    ///   - text: What the other end is to read if it is informed; empty for nothing.
    mutating func end(
        _ slot: Int, _ reason: EndReason, causedBy source: IPv4Address? = nil, text: String = "", at now: Moment,
        _ shared: inout SharedAgentState, _ effects: inout AgentEffects
    ) {
        let time = shared.time(now)
        let node = bindings[slot].node
        let homeAddress = nodes[node].service.homeAddress
        detach(slot, reason, causedBy: source, text: text, at: now, &shared, &effects)
        unsaved.insert(mobileNode: homeAddress)
        guard nodes[node].bindingCount == 0 else { return }
        // It may come back with another configuration.
        if reason == .deregistered || reason == .expired { nodes[node].asksForAny = false }
        nodes[node].handoffs = 0
        if assignments.release(homeAddress, at: time) { unsaved.insert(assignment: homeAddress) }
        if let since = nodes[node].service.servingSince {
            nodes[node].service.serviceTime += UInt64(max(0, time.milliseconds(since: since) / 1000))
            nodes[node].service.servingSince = nil
        }
        nodes.touch(node)
        effects.changes.append(.mobileNode(nodes[node].service))
    }

    private mutating func detach(
        _ slot: Int, _ reason: EndReason, causedBy source: IPv4Address?, text: String = "", at now: Moment,
        _ shared: inout SharedAgentState, _ effects: inout AgentEffects
    ) {
        let node = bindings[slot].node
        endFeatures(slot, reason, causedBy: source, text: text, at: now, &shared, &effects)
        effects.changes.append(.bindingRemoved(bindings[slot].binding.key, reason))
        bindings.remove(slot, &nodes[node])
    }

    /// The bindings of a node, newest first.
    func slots(of node: Int) -> [Int] {
        var slots: [Int] = []
        var next = nodes[node].firstBinding
        while let slot = next {
            slots.append(slot)
            next = bindings[slot].next
        }
        return slots
    }
}
