import DaemonSupport
import ManagementAPI
import MobileIPv4
import SNMPAgent

/// What `mip-mibd` reads from its file.
struct ManagementDaemonConfiguration {
    struct Agent {
        var name: String
        var control: String
    }

    var agents: [Agent]
    var grace: Duration
    var snmp: SNMPAgentConfiguration?
    var http: ManagementServerConfiguration?

    init(_ root: ConfigurationSection) {
        agents = root.sections("agents", atLeastOne: true).map { section in
            Agent(name: section.value("name", .name), control: section.value("control", .socketPath))
        }
        grace = root.value("grace", .duration(in: .zero ... .seconds(600)), default: .seconds(5))
        if Set(agents.map(\.name)).count != agents.count {
            root.mistake(about: "agents", "two agents have the same name", "right would be a name of its own for each")
        }
        let names = agents.map(\.name)
        let runtimeDirectory = root.value("runtimeDirectory", .path, default: "/run/mip-mib/snmp")
        let stateFile = root.value("stateFile", .path, default: "/var/lib/mip-mib/mip-mibd.json")
        snmp = root.section("snmp").flatMap {
            SNMPAgentConfiguration($0, runtimeDirectory: runtimeDirectory, stateFile: stateFile, agents: names)
        }
        http = root.section("http").flatMap(Self.http)
        if !root.has("snmp") && !root.has("http") {
            root.mistake("neither snmp nor http is there", "right would be at least one of the sections 'snmp:' and 'http:'")
        }
    }

    private static func http(_ section: ConfigurationSection) -> ManagementServerConfiguration? {
        let address = section.value("address", .ipv4Address, default: IPv4Address(127, 0, 0, 1))
        let port = section.value("port", .port, default: 8044)
        let perRow = section.value("metricsPerRow", .integer(in: 0...100_000), default: 0)
        guard var configuration = ManagementServerConfiguration(address: address, port: port) else {
            section.mistake(
                about: "address", "http.address '\(address)' is not a loopback address, and the API has no TLS and no tokens",
                "right would be an address in 127.0.0.0/8")
            return nil
        }
        configuration.version = MIPMIBVersion.current
        configuration.metricsPerRow = perRow
        return section.value("enabled", .bool, default: true) ? configuration : nil
    }
}
