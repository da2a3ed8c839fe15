import MIPMIB
import SNMPClient

/// Checks how current the served MIB's snapshot of its agent is, as a manager sees it.
enum MirrorCheckup {
    /// The age in milliseconds above which a snapshot counts as old; an agent gives a sign of life every second.
    private static let oldest: UInt32 = 5000

    /// Nil if MIPV4-EXT-MIB is not served to this manager.
    static func findings(_ session: SNMPSession) throws(SNMPError) -> [Finding]? {
        let mib = MIBNames()
        let names = ["mipExtSourceStatus", "mipExtSourceAge", "mipExtSourceLastError"].compactMap { mib.node(named: $0) }
        guard names.count == 3 else { return nil }
        let values = try session.get(names.map { $0.oid + [0] }).map(\.value)
        guard values.count == 3, case .integer(let status) = values[0] else { return nil }
        var problem = ""
        if case .octets(let octets) = values[2] { problem = String(decoding: octets, as: UTF8.self) }
        let label = names[0].object?.syntax.names.first { $0.number == status }?.label ?? "\(status)"
        guard label == "synchronized" else {
            return [
                Finding(
                    "mirror", "mip-mibd has no snapshot of its agent (\(label))" + (problem.isEmpty ? "" : ": \(problem)"),
                    "set 'agents: - control:' in mip-mibd's configuration file to the agent's socket, and let mip-mibd's user open it",
                    kind: .mirror)
            ]
        }
        if case .gauge32(let age) = values[1], age > oldest {
            return [
                Finding(
                    "mirror", "mip-mibd's data about its agent is \(age / 1000) s old",
                    Advice.restart("mip-agentd") + ", if it does not recover by itself", kind: .mirror)
            ]
        }
        return []
    }
}
