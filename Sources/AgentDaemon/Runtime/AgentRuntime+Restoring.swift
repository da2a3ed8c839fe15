import AgentModel
import Foundation
import Logging
import MobileIPv4
import MobilityAgent
import MobilityLink
import StateStore

/// Taking over what an earlier start has saved, before the agent serves.
extension AgentRuntime {
    /// After how many records the data plane follows.
    private static let forwardingInterval = 1024

    /// Takes over what the store has: forwarding stands when this returns. A store that cannot be used is left as it is, and the agent goes
    /// on without it and says so.
    func takeOver() {
        if let problem = restore() {
            state.takeStore()?.close()
            state.error = problem
        }
        if !state.unreadable.isEmpty { logger.error("state is missing", metadata: ["error": "\(state.unreadable)"]) }
        guard !state.error.isEmpty else { return }
        logger.error(
            "the state store cannot be used; changes from here on are lost at a restart", metadata: ["error": "\(state.error)"])
        retrySoon()
    }

    private func restore() -> String? {
        guard let store = state.store else { return nil }
        var records = StoredRecords()
        do {
            try store.load { table, key, value in records.add(table, key, value) }
        } catch {
            return "\(error)"
        }
        var history = AgentHistory(presentStart, after: records.starts)
        restoreChanges(records.changes)
        agent.beginRestoring(history, durability: state.durability.rawValue)
        let (used, unreadable) = restoreRows(records, history)
        if unreadable == 0 {
            var batch = StoreBatch()
            for number in history.forget(allBut: used) { batch.remove(.starts, number) }
            if !batch.isEmpty { store.commit(batch) { _ in } }
        } else {
            state.unreadable =
                "\(unreadable) records of the state store cannot be read by this version; they are kept as they are"
        }
        state.history = history
        let counters = agent.counters.homeAgent
        logger.notice(
            "state was restored",
            metadata: [
                "start": "\(history.present.number)", "bindings": "\(counters?.bindingsRestored ?? 0)",
            ])
        return nil
    }

    /// Begins to use an empty store that could not be opened at the start.
    func adopt(_ store: any StateStore) {
        state.opening = nil
        state.adopt(store)
        let history = AgentHistory(presentStart, after: [])
        state.history = history
        agent.beginRestoring(history, durability: state.durability.rawValue)
        agent.markAllUnsaved()
        retryNow()
    }

    private var presentStart: AgentStart {
        let bootTime = AgentClock.bootTime / 1_000_000 - clock.now.uptime / 1_000_000
        let (correction, epoch) = agent.clockSteps
        return AgentStart(
            bootID: AgentClock.bootID, bootTime: bootTime, startTime: clock.startTime.milliseconds - correction,
            clockCorrection: correction, clockEpoch: epoch)
    }

    /// Takes over the rows. Returns the starts that have written them, and how many cannot be read.
    private func restoreRows(_ records: StoredRecords, _ history: AgentHistory) -> (used: Set<UInt64>, unreadable: Int) {
        var used: Set<UInt64> = []
        var unreadable = records.unreadable
        for (key, bytes) in records.assignments {
            do throws(UnreadableRecord) {
                used.insert(
                    try agent.restore(assignment: IPv4Address(rawValue: UInt32(truncatingIfNeeded: key)), bytes, history))
            } catch {
                unreadable += 1
            }
        }
        var ended: [StateChange] = []
        for (index, (key, bytes)) in records.mobileNodes.enumerated() {
            let homeAddress = IPv4Address(rawValue: UInt32(truncatingIfNeeded: key))
            do throws(UnreadableRecord) {
                used.insert(
                    try agent.restore(mobileNode: homeAddress, bytes, history, at: clock.now, effects: &effects))
            } catch {
                unreadable += 1
            }
            if index % Self.forwardingInterval == Self.forwardingInterval - 1 { forwardRestored(&ended) }
        }
        forwardRestored(&ended)
        agent.endRestoring(at: clock.now)
        effects.changes = ended
        // Overdue bindings end before the first snapshot can show them.
        agent.advance(to: clock.now, effects: &effects)
        return (used, unreadable)
    }

    private func forwardRestored(_ ended: inout [StateChange]) {
        forward(effects.changes)
        for change in effects.changes {
            if case .binding = change { continue }
            ended.append(change)
        }
        effects.changes.removeAll(keepingCapacity: true)
    }

    /// Makes the changes of operators again. Those that the configuration no longer permits are skipped and logged.
    private func restoreChanges(_ records: [(UInt64, [UInt8])]) {
        for (number, bytes) in records.sorted(by: { $0.0 < $1.0 }) {
            guard let change = state.operators.restore(number, bytes) else {
                state.unreadable =
                    "a change by an operator in the state store cannot be read by this version; it is kept as it is"
                continue
            }
            restore(change)
        }
    }
}

/// The records of a store, in memory while they are taken over.
private struct StoredRecords {
    var starts: [AgentStart] = []
    var mobileNodes: [(UInt64, [UInt8])] = []
    var assignments: [(UInt64, [UInt8])] = []
    var changes: [(UInt64, [UInt8])] = []
    /// Records of starts that cannot be read.
    var unreadable = 0

    mutating func add(_ table: StoredTable, _ key: UInt64, _ value: RawSpan) {
        let bytes = value.withUnsafeBytes { Array($0) }
        switch table {
        case .starts:
            guard let start = try? JSONDecoder().decode(AgentStart.self, from: Data(bytes)) else {
                unreadable += 1
                return
            }
            starts.append(start)
        case .mobileNodes: mobileNodes.append((key, bytes))
        case .assignments: assignments.append((key, bytes))
        case .changes: changes.append((key, bytes))
        }
    }
}
