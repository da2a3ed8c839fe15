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
        snmp = root.section("snmp").flatMap {
            Self.snmp($0, runtimeDirectory: root.value("runtimeDirectory", .path, default: "/run/mip-mib/snmp"))
        }
        _ = root.has("runtimeDirectory")
        http = root.section("http").flatMap(Self.http)
        if !root.has("snmp") && !root.has("http") {
            root.mistake("neither snmp nor http is there", "right would be at least one of the sections 'snmp:' and 'http:'")
        }
    }

    private static func snmp(_ section: ConfigurationSection, runtimeDirectory: String) -> SNMPAgentConfiguration? {
        let agentX = section.section("agentx").flatMap(Self.agentX)
        let standalone = section.section("standalone").flatMap(Self.standalone)
        if agentX != nil && standalone != nil {
            section.mistake(
                about: "standalone", "snmp.agentx and snmp.standalone are both enabled; one process can be only one of them",
                "disable one, and run a second mip-mibd for it")
        }
        return (agentX ?? standalone).map { SNMPAgentConfiguration(mode: $0, runtimeDirectory: runtimeDirectory) }
    }

    private static func agentX(_ section: ConfigurationSection) -> SNMPAgentConfiguration.Mode? {
        let socket = section.value("socket", .text, default: "/var/agentx/master")
        let interval = section.value("pingInterval", .integer(in: 1...60, unit: "seconds"), default: 1)
        return section.value("enabled", .bool, default: true) ? .agentX(socket: socket, pingInterval: interval) : nil
    }

    private static func standalone(_ section: ConfigurationSection) -> SNMPAgentConfiguration.Mode? {
        let address = section.value("address", .ipv4Address, default: IPv4Address(127, 0, 0, 1))
        let port = section.value("port", .port, default: 1161)
        let community = section.value("community", .name, default: "public")
        let source = section.value("source", .text, default: "127.0.0.1")
        if source.contains(where: \.isWhitespace) {
            section.mistake(
                about: "source", "snmp.standalone.source has a blank", "right would be an address or network such as 10.0.0.0/8")
        }
        let contexts = section.value("contextCommunities", .bool, default: true)
        guard section.value("enabled", .bool, default: true) else { return nil }
        return .standalone(
            listen: "udp:\(address):\(port)", community: community, source: source, contextCommunities: contexts)
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
