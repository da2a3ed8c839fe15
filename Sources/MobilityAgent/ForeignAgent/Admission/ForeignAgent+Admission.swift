import AgentModel
import MobileIPv4

/// Which requests get one of the limited places for requests that wait for a home agent, so that nobody takes them from others.
extension ForeignAgent {
    /// Of the requests of one kind, how many of the oldest are compared to find the one to give up.
    private static let compared = 32
    /// How long a visitor's own request is not displaced by one that comes from elsewhere, in nanoseconds. A node repeats a request after
    /// a second at the earliest (RFC 5944 §3.6.3).
    private static let ownRequestProtected: Int64 = 1_000_000_000

    /// Refuses a request for which there is no room; otherwise returns its place, having made room if necessary.
    mutating func admit(
        _ visiting: VisitingRequest, to destination: TransportEndpoint, _ shared: SharedAgentState, _ effects: inout AgentEffects
    ) throws(Refusal) -> PendingPlace {
        let known = table.find(requestOf: visiting.identity).map { table[$0] }
        if known == nil && configuration.settings.foreignAgent.busy && !visiting.isDeregistration {
            throw .deny(.faInsufficientResources)
        }
        let place = place(of: visiting, known, destination)
        // Where a request comes from decides, not who has signed it: anyone can repeat a signed one.
        if let pending = known?.pending, pending.isFromVisitor, !visiting.isVisitor,
            visiting.now.uptime - pending.begun < Self.ownRequestProtected
        {
            throw .discard(.conflictingRequest)
        }
        let isUnproven = place != .visitor && !isProven(destination)
        if isUnproven { try checkUnproven(visiting, destination) }
        try makeRoom(for: visiting, place, known, destination, shared.time(visiting.now), &effects)
        // A request that is refused for lack of room is not counted for the rate.
        if isUnproven {
            unproven.pass(to: destination.address, from: visiting.sender, rate: unprovenRate, at: visiting.now.uptime)
        }
        return place
    }

    private func place(
        of visiting: VisitingRequest, _ known: VisitorEntry?, _ destination: TransportEndpoint
    ) -> PendingPlace {
        if visiting.isAuthenticatedHere { return .visitor }
        if visiting.isVisitor, known?.answeredBy == destination.address { return .visitor }
        return isProven(destination) ? .newcomer : .unproven
    }

    /// True for a home agent that the operator has named in some way or that has answered before.
    private func isProven(_ destination: TransportEndpoint) -> Bool {
        provenHomeAgents.contains(destination.address) || isConfigured(destination)
    }

    /// True for a home agent that the operator has named in some way.
    private func isConfigured(_ destination: TransportEndpoint) -> Bool {
        homeAgentEndpoints.contains(destination) || assignedHomeAgents.contains(destination.address)
            || homeAgentAssociations.ofAddress(destination.address) != nil
            || configuration.homeAgents.contains { $0.contains(destination.address) }
    }

    /// Rule: if the operator lists home agents, requests for others are not relayed.
    mutating func checkHomeAgentAllowed(_ destination: TransportEndpoint) throws(Refusal) {
        guard !configuration.homeAgents.isEmpty, !isConfigured(destination) else { return }
        counters.unlistedHomeAgentRefusals += 1
        throw .deny(.faAdministrativelyProhibited)
    }

    private var unprovenRate: Int { Int(configuration.settings.foreignAgent.unprovenHomeAgentRate) }

    /// 66 when enough requests go to home agents that have never answered, 65 when none are to.
    private mutating func checkUnproven(_ visiting: VisitingRequest, _ destination: TransportEndpoint) throws(Refusal) {
        if unprovenRate > 0,
            unproven.isOpen(to: destination.address, from: visiting.sender, rate: unprovenRate, at: visiting.now.uptime)
        {
            return
        }
        counters.unprovenHomeAgentRefusals += 1
        throw .deny(unprovenRate == 0 ? .faAdministrativelyProhibited : .faInsufficientResources)
    }

    /// 66 when there is no room and no other request is to be given up for this one.
    private mutating func makeRoom(
        for visiting: VisitingRequest, _ place: PendingPlace, _ known: VisitorEntry?, _ destination: TransportEndpoint,
        _ time: Timestamp, _ effects: inout AgentEffects
    ) throws(Refusal) {
        let (visitors, pending) = (Int(configuration.settings.limits.maximumVisitors), Int(configuration.maximumPending))
        let isListFull = known == nil && table.count >= visitors
        let isPendingFull = known?.pending == nil && table.pendingCount >= pending
        guard isListFull || isPendingFull else {
            // Reported again only after a tenth has become free, not whenever a single request is added and removed.
            if isFull && table.count < visitors - visitors / 10 && table.pendingCount < pending - pending / 10 { isFull = false }
            return
        }
        if !isFull {
            isFull = true
            let what =
                isListFull
                ? "all \(visitors) entries of the visitor list are in use"
                : "the maximum of \(configuration.maximumPending) pending requests is reached"
            effects.changes.append(
                .event(
                    AgentEvent(
                        time: time, kind: .capacityReached, role: .foreignAgent, code: ReplyCode.faInsufficientResources.rawValue,
                        message: what + "; new ones replace those of senders with more than their share, or are refused with 66"))
            )
        }
        let parties = PendingParties(
            source: visiting.source.address.rawValue, linkLayer: visiting.linkLayer, homeAgent: destination.address.rawValue)
        guard let slot = requestToGiveUp(for: parties, place, freeingEntry: isListFull), let given = table[slot].pending else {
            counters.shareRefusals += 1
            throw .deny(.faInsufficientResources)
        }
        counters.pendingGivenUp += 1
        settle(given, \.discarded, &effects)
        endPending(slot, .evicted, &effects)
    }

    /// The slot of the pending request to give up: among the oldest of the kind that has more than its share of the places, the one whose
    /// addresses and home agent have the most. Nil when the new request's own source address has others of them and it weighs no less.
    ///
    /// Requests that are answered are answered soon, so among the oldest are mainly those for home agents that do not answer.
    ///
    /// - Parameter freeingEntry: whether its entry in the visitor list must become free as well.
    private func requestToGiveUp(for parties: PendingParties, _ place: PendingPlace, freeingEntry: Bool) -> Int? {
        let maximum = Int(configuration.maximumPending)
        let over: PendingPlace? =
            if table.pendingCount(.unproven) > maximum / 8 {
                .unproven
            } else if table.pendingCount(.newcomer) > maximum / 4 {
                .newcomer
            } else {
                nil
            }
        // An accepted visitor keeps its entry.
        let kinds = freeingEntry ? [.unproven, .newcomer] : ([over] + [.visitor, .newcomer, .unproven]).compactMap { $0 }
        for kind in kinds {
            let slots = table.oldestPending(kind, limit: Self.compared).filter {
                !freeingEntry || table[$0].visitor.state == .pending
            }
            let sample = slots.compactMap { table[$0].pending?.parties }
            guard sample.count == slots.count, !sample.isEmpty else { continue }
            var (index, most) = (0, 0)
            for candidate in sample.indices {
                let weight = sample[candidate].weight(among: sample)
                if weight > most { (index, most) = (candidate, weight) }
            }
            let isCrowding =
                place != .visitor && sample.contains { parties.hasSource(of: $0) } && parties.weight(among: sample) >= most
            return isCrowding ? nil : slots[index]
        }
        return nil
    }
}

extension VisitingRequest {
    /// The sender as one number: its link-layer address if known, otherwise its source address.
    var sender: UInt64 { linkLayer.map { $0 | 1 << 63 } ?? UInt64(source.address.rawValue) }

    /// True once this agent has verified an authenticator of the node: of a node with an association, nothing else gets this far.
    var isAuthenticatedHere: Bool { mobileForeign != nil || isAuthorizedByAAA }

    /// True when the request comes from where the visitor was when its home agent accepted it. The link-layer address decides if that of
    /// the visitor is known, since anyone can use its source address from elsewhere; otherwise the source address, which may have become the
    /// home address since.
    func isFromPlace(of known: VisitorEntry) -> Bool {
        if let accepted = known.linkLayer { return linkLayer == accepted }
        return source.address == known.visitor.sourceAddress || source.address == known.visitor.homeAddress
    }
}
