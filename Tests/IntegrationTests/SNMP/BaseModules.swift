import Foundation
import MIPTesting

/// The modules that MIP-MIB and its extension import, in a temporary folder. Debian ships none of them where net-snmp's tools look; its
/// package erlang-snmp has them for the Erlang manager.
enum BaseModules {
    static let names = ["SNMPv2-SMI", "SNMPv2-TC", "SNMPv2-CONF", "SNMPv2-MIB", "SNMP-FRAMEWORK-MIB", "INET-ADDRESS-MIB"]

    /// The environment in which net-snmp's tools resolve the names of our modules.
    static func environment(in directory: TemporaryDirectory) throws -> [String: String] {
        let erlang = "/usr/lib/erlang/lib"
        let files = FileManager.default
        guard let release = try files.contentsOfDirectory(atPath: erlang).first(where: { $0.hasPrefix("snmp-") }) else {
            throw TimedOut(description: "erlang-snmp is not installed; run scripts/test")
        }
        let folder = directory.file("base")
        try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for name in names {
            try files.copyItem(atPath: "\(erlang)/\(release)/mibs/\(name).mib", toPath: "\(folder)/\(name).txt")
        }
        return ["MIBDIRS": "\(folder):\(BuiltProducts.repository)/mibs", "MIBS": "SNMPv2-MIB:MIP-MIB:MIPV4-EXT-MIB"]
    }
}
