import AgentModel
import MIPMIB
import MIPTesting
import ManagementCore

extension Bench {
    /// Every MIB object of the agent as it is now.
    var mib: MIBReading {
        MIBReading(
            MIBView(
                state: AgentState(name: "bench", changes: snapshot(limit: 1000), agentTime: time),
                sysUpTime: UInt32(truncatingIfNeeded: 360_000 + uptime / 10_000_000)))
    }

    /// The counters that moved since a reading, those of tables whose rows belong to nodes or offenders left out.
    func moved(since before: MIBReading) -> [String: UInt64] {
        mib.moved(since: before).filter { name, _ in !Self.ofRows.contains { name.hasPrefix($0) } }
    }

    private static let ofRows = [
        "mipSecViolationCounter.", "mipSecurityViolationCounter.", "haServiceRequests", "haRegServiceRequests", "mipExtNode",
        "mipExtBinding", "haMobilityBinding", "faRegVisitor", "mipExtVisitor", "mipExtAssoc",
    ]
}

extension MIBReading {
    /// How much the rows of a column moved together.
    func moved(since before: MIBReading, column: String) -> UInt64 {
        moved(since: before).filter { $0.key.hasPrefix(column + ".") }.reduce(0) { $0 + $1.value }
    }
}
