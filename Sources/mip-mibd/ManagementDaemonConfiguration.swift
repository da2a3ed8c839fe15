import DaemonSupport
import ManagementAPI
import MobileIPv4
import SNMPAgent

/// The configuration file of `mip-mibd`.
struct ManagementDaemonConfiguration {
    struct Agent {
        var name: String
        var control: String
    }

    var agents: [Agent]
    var grace: Duration
    /// Settings changed while the daemon runs are stored in this file.
    var stateFile: String
    var snmp: SNMPAgentConfiguration?
    var http: ManagementServerConfiguration?

    init(_ root: ConfigurationSection) {
        agents = root.sections("agents", atLeastOne: true).map { section in
            Agent(name: section.value("name", .name), control: section.value("control", .socketPath))
        }
        grace = root.value("grace", .duration(in: .zero ... .seconds(600)), default: .seconds(5))
        if Set(agents.map(\.name)).count != agents.count {
            root.mistake(about: "agents", "two agents have the same name", "expected a unique name for each")
        }
        let names = agents.map(\.name)
        // Only SNMP uses it.
        let folder = "/run/mip-mib/snmp"
        let runtimeDirectory =
            root.has("snmp")
            ? root.folder("runtimeDirectory", default: folder) : root.value("runtimeDirectory", .path, default: folder)
        let file = root.stateFile("stateFile", default: "/var/lib/mip-mib/mip-mibd.json", createsFolder: true)
        stateFile = file
        snmp = root.section("snmp").flatMap {
            SNMPAgentConfiguration($0, runtimeDirectory: runtimeDirectory, stateFile: file, agents: names)
        }
        http = root.section("http").flatMap { ManagementServerConfiguration($0) }
        if !root.has("snmp") && !root.has("http") {
            root.mistake("snmp and http are both missing", "expected at least one of the sections 'snmp:' and 'http:'")
        }
    }
}
