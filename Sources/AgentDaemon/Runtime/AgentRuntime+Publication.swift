import AgentControl
import AgentModel
import DaemonSupport
import Logging
import MobileIPv4
import MobilityAgent
import MobilityLink
import NIOCore

/// What the control interface asks for, and what is published.
extension AgentRuntime {
    /// How long a changed counter may wait to be published together with others.
    private static let countersDelay = TimeAmount.milliseconds(20)
    /// Maximum number of associations published together with the counters.
    private static let associationChangesPerUpdate = 512
    /// Maximum number of rows published at a time after the clock was set.
    private static let rowsPerUpdate = 512

    /// How many rows the agent's tables have.
    var counts: TableCounts { agent.tableCounts }

    var information: AgentInformation {
        var information = agent.information
        information.dataPlane = forwarding?.kind
        information.stateError = state.shownError
        return information
    }

    var time: Timestamp { clock.timestamp(clock.now) }

    var counters: AgentCounters {
        var counters = agent.counters
        forwarding?.addCounters(to: &counters)
        counters.logLinesLost = LogOutput.lost
        return counters
    }

    /// The agent's own rows come first, then those of its links, then those of its tunnels.
    func snapshotPage(
        of topics: Set<ControlTopic>, matching filter: RowFilter? = nil, after position: UInt64?, limit: Int
    ) -> (changes: [StateChange], next: UInt64?) {
        if let position, position & Self.forwardingRows != 0 {
            let page = forwardingPage(after: position & ~Self.forwardingRows, limit: limit)
            return (page?.changes ?? [], page?.next.map { $0 | Self.forwardingRows })
        }
        var page = agent.snapshotPage(
            of: topics, matching: filter, after: position.map(SnapshotPosition.init), limit: limit)
        if position == nil { complete(&page.changes) }
        let isForwardingWanted = forwarding != nil && !topics.isDisjoint(with: [.tunnels, .traffic])
        if position == nil { page.changes += discovery?.rows ?? [] }
        return (page.changes, page.next?.rawValue ?? (isForwardingWanted ? Self.forwardingRows : nil))
    }

    /// Marks positions within the rows of tunnels and traffic.
    private static let forwardingRows: UInt64 = 1 << 63

    /// Fills in what the agent itself does not know.
    private func complete(_ changes: inout [StateChange]) {
        for index in changes.indices {
            switch changes[index] {
            case .information: changes[index] = .information(information)
            case .counters: changes[index] = .counters(counters)
            default: break
            }
        }
    }

    func revokeBinding(homeAddress: IPv4Address, careOfAddress: IPv4Address?) -> Int {
        guard wakes() else { return 0 }
        let ended = agent.revokeBinding(
            homeAddress: homeAddress, careOfAddress: careOfAddress, at: clock.now, effects: &effects)
        flush()
        return ended
    }

    // MARK: - The clock

    /// The wall clock was set: makes all times right and publishes all rows again.
    func follow(stepOf milliseconds: Int64) {
        logger.warning("the clock of this machine was set", metadata: ["byMilliseconds": "\(milliseconds)"])
        agent.clockStepped(by: milliseconds, at: clock.now, effects: &effects)
        shiftTimes(by: milliseconds)
        // What an undo would bring back has times from before.
        ledger = UndoLedger()
        state.history?.clockStepped(by: milliseconds)
        state.isStartUnsaved = true
        publishChanges()
        rowsTask?.cancel()
        publishRows(after: nil, released: state.lastNumber)
    }

    /// Publishes all rows, a page at a time, so that requests are served in between. A reader that cannot keep up is dropped and reads a
    /// snapshot instead.
    ///
    /// - Parameter released: Rows that wait for this commit have times from before; they are published first.
    private func publishRows(after position: UInt64?, released: UInt64) {
        guard state.held.first.map({ $0.after > released }) ?? true else {
            return publishRowsSoon(after: position, released: released)
        }
        let page = snapshotPage(of: Set(ControlTopic.allCases), after: position, limit: Self.rowsPerUpdate)
        publish(page.changes, time)
        if let next = page.next { publishRowsSoon(after: next, released: released) }
    }

    private func publishRowsSoon(after position: UInt64?, released: UInt64) {
        rowsTask = loop.assumeIsolated().scheduleTask(in: .milliseconds(1)) { [self] in
            guard !isStopped else { return }
            publishRows(after: position, released: released)
        }
    }

    // MARK: - Publication

    func publishChanges() {
        guard !effects.changes.isEmpty else { return }
        var changes = effects.changes
        // Use a new array: the old one is now shared with the control interface, so emptying it would copy it.
        effects.changes = []
        effects.changes.reserveCapacity(min(changes.count, 256))
        for case .event(let event) in changes { eventLog.write(event, uptime: clock.now.uptime) }
        if forwarding != nil || !state.shownError.isEmpty { complete(&changes) }
        publish(changes, time)
    }

    func publishCountersSoon() {
        guard countersTask == nil, agent.countersGeneration != countersPublished || agent.hasAssociationChanges else { return }
        countersTask = loop.assumeIsolated().scheduleTask(in: Self.countersDelay) { [self] in
            countersTask = nil
            countersPublished = agent.countersGeneration
            publish(agent.takeAssociationChanges(limit: Self.associationChangesPerUpdate) + [.counters(counters)], time)
            if agent.hasAssociationChanges { publishCountersSoon() }
        }
    }

    /// Polls the data plane's counters periodically.
    func pollSoon() {
        guard let forwarding else { return }
        pollTask = loop.assumeIsolated().scheduleTask(in: forwarding.pollInterval) { [self] in
            guard wakes() else { return }
            publishForwarding()
            pollSoon()
        }
    }
}
