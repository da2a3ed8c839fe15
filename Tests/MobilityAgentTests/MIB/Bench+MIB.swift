import AgentModel
import MIPMIB
import MIPTesting
import ManagementCore
import MobileIPv4
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

extension Array where Element == UInt8 {
    /// The counters of mipExtExtensionUseTable that these extensions increment at a role that looks at all of them: it accepts the critical
    /// vendor extensions (RFC 3115 §2.1) that it knows if it knows all of them. Otherwise it refuses the others, and skips those that it
    /// knows. One that is too short for a vendor and type is with those for which there is no row.
    func criticalUses(at role: Int, knowing known: Set<VendorExtensionKind>) -> [String: UInt64] {
        var found: [(kind: String, isKnown: Bool)] = []
        var start = 0
        while start + 4 <= count {
            guard self[start] == 38 else {
                start += self[start] == 0 ? 1 : 2 + Int(self[start + 1])
                continue
            }
            let length = Int(self[start + 2]) << 8 | Int(self[start + 3])
            let hasKind = length >= 6 && start + 10 <= count
            let vendor: UInt32 = hasKind ? word(at: start + 4) : .max
            let type: UInt16 = hasKind ? UInt16(self[start + 8]) << 8 | UInt16(self[start + 9]) : .max
            found.append(("\(role).38.\(vendor).\(type)", hasKind && known.covers(vendor: vendor, type: type)))
            start += 4 + length
        }
        let taken = found.allSatisfy(\.isKnown) ? "Accepted" : "Skipped"
        var uses: [String: UInt64] = [:]
        for (kind, isKnown) in found {
            for column in ["Seen", isKnown ? taken : "Refused"] { uses["mipExtExtensionUse\(column).\(kind)", default: 0] += 1 }
        }
        return uses
    }
}

extension MIBReading {
    /// The total change of the rows of a column.
    func moved(since before: MIBReading, column: String) -> UInt64 {
        moved(since: before).filter { $0.key.hasPrefix(column + ".") }.reduce(0) { $0 + $1.value }
    }
}
