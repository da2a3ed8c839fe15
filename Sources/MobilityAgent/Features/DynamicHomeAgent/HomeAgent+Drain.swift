import AgentModel
import MobileIPv4

/// Moving the nodes of a home agent to others (RFC 4433): nodes without a binding are redirected or denied (`turnAway`), and the bindings
/// of nodes that asked for any home agent are revoked (RFC 3543) if the other ends of all bindings of the node can be informed, so that
/// the nodes ask anew. Other bindings last until they end: a node that knows only this home agent has no other to go to.
extension HomeAgent {
    /// How far draining has got; nil while the agent does not drain.
    var drainStatus: DrainStatus? {
        drain.map {
            DrainStatus(
                since: $0.since, homeAgents: $0.order.homeAgents, redirected: $0.redirected, text: $0.order.text,
                bindings: UInt64(bindings.count), movableBindings: UInt64($0.movableCount(of: bindings.count)))
        }
    }

    /// Begins to move nodes. An order that replaces another one goes on from there with other home agents. No binding ends before the next
    /// call of `advance`.
    mutating func beginDrain(
        _ order: DrainOrder, at now: Moment, _ shared: inout SharedAgentState, _ effects: inout AgentEffects
    ) {
        drain = DrainState(order, after: drain, at: now.uptime, time: shared.time(now))
        // So many are counted at once; the rest as they are looked at.
        for slot in 0..<min(bindings.rows.end, DrainState.slotsPerCall) where bindings.rows.contains(slot) {
            let isMovable = isMovable(nodeOf: slot)
            drain?.note(slot, isMovable: isMovable)
        }
        let targets = order.homeAgents.map(\.description).joined(separator: ", ")
        effects.changes.append(
            .event(
                AgentEvent(
                    time: shared.time(now), kind: .drainStarted, role: .homeAgent,
                    message: "nodes are moved to \(targets)" + (order.text.isEmpty ? "" : ": \(order.text)"))))
    }

    /// Serves new nodes again. Bindings that have ended do not come back by themselves.
    mutating func endDrain(at now: Moment, _ shared: inout SharedAgentState, _ effects: inout AgentEffects) {
        guard let ended = drain else { return }
        drain = nil
        effects.changes.append(
            .event(
                AgentEvent(
                    time: shared.time(now), kind: .drainEnded, role: .homeAgent,
                    message: "nodes are no longer moved to other home agents; \(ended.redirected) requests were redirected")))
    }

    /// When `advanceDrain` is due, in `Moment.uptime`. The withdrawal of all bindings comes first, as it leaves nothing to move.
    var drainDeadline: Int64? { withdrawal == nil ? drain?.due : nil }

    /// Ends some bindings, as fast as the other ends can be informed. All bindings of a node end together: with any of them left, the node
    /// would be served here.
    mutating func advanceDrain(to now: Moment, _ shared: inout SharedAgentState, _ effects: inout AgentEffects) {
        guard let due = drainDeadline, due <= now.uptime, var state = drain else { return }
        // A second reference would have its lines copied.
        drain = nil
        var begun: [IPv4Address: Int] = [:]
        for slot in state.takeSlots(before: bindings.rows.end) where bindings.rows.contains(slot) {
            let isMovable = isMovable(nodeOf: slot)
            state.note(slot, isMovable: isMovable)
            guard isMovable else { continue }
            let slots = slots(of: bindings[slot].node)
            if let early = slots.first(where: { !mayEnd($0, begun, at: shared.time(now), shared.exchanges) }) {
                state.postpone(slot, for: bindings[early].binding.sourceAddress)
                continue
            }
            for slot in slots {
                begun[bindings[slot].binding.sourceAddress, default: 0] += 1
                state.forget(slot)
                move(slot, state.order, at: now, &shared, &effects)
            }
        }
        if state.endCall(tableEnd: bindings.rows.end, at: now.uptime) {
            effects.changes.append(
                .event(
                    AgentEvent(
                        time: shared.time(now), kind: .drainCompleted, role: .homeAgent,
                        message: "every binding that can be moved has ended; \(bindings.count) last until they expire")))
        }
        drain = state
    }

    /// A binding was made or renewed. Its node is moved as well.
    mutating func continueDrain(_ slot: Int, at now: Moment) {
        guard drain != nil else { return }
        noteMovable(nodeOf: slot, except: nil, at: now)
    }

    /// A binding ends. What is left of its node may be moved, if only this binding could not.
    mutating func endInDrain(_ slot: Int, at now: Moment) {
        guard drain != nil else { return }
        drain?.forget(slot)
        noteMovable(nodeOf: slot, except: slot, at: now)
    }

    /// Looks at the bindings of a node again, except for one that ends.
    private mutating func noteMovable(nodeOf slot: Int, except ending: Int?, at now: Moment) {
        let isMovable = isMovable(nodeOf: slot, except: ending)
        for slot in slots(of: bindings[slot].node) where slot != ending {
            drain?.note(slot, isMovable: isMovable)
            guard isMovable else { continue }
            let peer = bindings[slot].binding.sourceAddress
            drain?.add(slot, of: peer, at: now.uptime)
        }
    }

    /// Whether the node of a binding may be moved: it has asked for any home agent, and the other ends of all its bindings can be informed.
    ///
    /// - Parameter ending: A binding that ends and does not count.
    private func isMovable(nodeOf slot: Int, except ending: Int? = nil) -> Bool {
        let node = bindings[slot].node
        guard nodes[node].asksForAny else { return false }
        var next = nodes[node].firstBinding
        while let slot = next {
            if slot != ending, !canInform(slot) { return false }
            next = bindings[slot].next
        }
        return true
    }

    /// Whether a binding that can be moved may end at present: its other end is to be sent at most one message a second about it (RFC 3543
    /// §3.3), and only so many messages wait that the next one can be sent soon.
    ///
    /// - Parameter begun: How many bindings have ended in this call, by their other ends.
    private func mayEnd(
        _ slot: Int, _ begun: [IPv4Address: Int], at time: Timestamp, _ exchanges: ExchangeTable
    ) -> Bool {
        let binding = bindings[slot].binding
        let peer = binding.sourceAddress
        return exchanges.waitingCount < DrainState.waitingLimit
            && exchanges.waitingRevocations(to: peer) < DrainState.waitingPerPeer
            && begun[peer, default: 0] < DrainState.bindingsPerPeer
            && time.milliseconds(since: binding.renewed) >= OutgoingExchange.shortestGap / 1_000_000
    }

    private mutating func move(
        _ slot: Int, _ order: DrainOrder, at now: Moment, _ shared: inout SharedAgentState, _ effects: inout AgentEffects
    ) {
        let binding = bindings[slot].binding
        end(slot, .drained, text: order.text, at: now, &shared, &effects)
        effects.changes.append(
            .event(
                AgentEvent(
                    time: shared.time(now), kind: .revoked, role: .homeAgent, homeAddress: binding.homeAddress, nai: binding.nai,
                    careOfAddress: binding.careOfAddress, homeAgent: binding.homeAgent,
                    message: "the binding of \(binding.homeAddress) at \(binding.careOfAddress) was revoked: its node is moved"
                        + " to another home agent" + (order.text.isEmpty ? "" : ": \(order.text)"))))
    }
}
