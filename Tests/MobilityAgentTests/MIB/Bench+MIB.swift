import AgentModel
import MIPMIB
import MIPTesting
import ManagementCore
import Testing

extension Bench {
    /// Every MIB object of the agent with its current value.
    var mib: MIBReading {
        MIBReading(
            MIBView(
                state: AgentState(name: "bench", changes: snapshot(limit: 1000), agentTime: time),
                sysUpTime: UInt32(truncatingIfNeeded: 360_000 + uptime / 10_000_000)))
    }

    /// The counters that changed since a reading, without those of tables whose rows belong to nodes or violators.
    func moved(since before: MIBReading) -> [String: UInt64] {
        mib.moved(since: before).filter { name, _ in !Self.ofRows.contains { name.hasPrefix($0) } }
    }

    private static let ofRows = [
        "mipSecViolationCounter.", "mipSecurityViolationCounter.", "haServiceRequests", "haRegServiceRequests", "mipExtNode",
        "mipExtBinding", "haMobilityBinding", "faRegVisitor", "mipExtVisitor", "mipExtAssoc",
    ]
}

extension MIBReading {
    /// The total change of the rows of a column.
    func moved(since before: MIBReading, column: String) -> UInt64 {
        moved(since: before).filter { $0.key.hasPrefix(column + ".") }.reduce(0) { $0 + $1.value }
    }
}
