import AgentModel
import DaemonSupport
import Foundation
import MIPMIB
import ManagementCore
import MobileIPv4
import SNMPAgent

extension SNMPAgentConfiguration {
    /// Reads the section `snmp`; nil when neither mode is enabled.
    init?(_ section: ConfigurationSection, runtimeDirectory: String, stateFile: String, agents: [String]) {
        let agentX = section.section("agentx").flatMap(Self.agentX)
        let standalone = section.section("standalone").flatMap { Self.standalone($0, agents: agents) }
        if agentX != nil && standalone != nil {
            section.mistake(
                about: "standalone", "snmp.agentx and snmp.standalone are both enabled; one process can run in only one mode",
                "disable one and run it in a second mip-mibd")
        }
        let writable = section.list("writable", .anyWord(standIn: MIBWriteArea.notifications))
        let notifications = section.section("notifications").map(Self.notifications) ?? NotificationSettings()
        guard let mode = agentX ?? standalone else { return nil }
        self.init(mode: mode, runtimeDirectory: runtimeDirectory, stateFile: stateFile)
        self.writable = Set(writable)
        self.notifications = notifications
    }

    private static func agentX(_ section: ConfigurationSection) -> Mode? {
        let socket = section.value("socket", .agentXAddress, default: "/var/agentx/master")
        var isDirectory: ObjCBool = false
        if let path = SNMPAddress.agentXPath(socket), FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory),
            isDirectory.boolValue
        {
            section.mistake(
                about: "socket", "\(section.path).socket '\(path)' is a folder",
                "expected the socket in it, such as \(path)/master")
        }
        let interval = section.value("pingInterval", .integer(in: 1...60, unit: "seconds"), default: 1)
        let answersDirectly = section.value("answerDirectly", .bool, default: true)
        return section.value("enabled", .bool, default: true)
            ? .agentX(socket: socket, pingInterval: interval, answersDirectly: answersDirectly) : nil
    }

    private static func notifications(_ section: ConfigurationSection) -> NotificationSettings {
        var settings = NotificationSettings()
        if section.has("send") {
            settings.enabled = Set(section.list("send", .anyWord(standIn: NotificationKind.authFailure2)))
        }
        settings.nodeInterval = section.value(
            "nodeInterval", .integer(in: 0...3600, unit: "seconds"), default: settings.nodeInterval)
        settings.maximumRate = section.value(
            "maximumRate", .integer(in: 0...60_000, unit: "a minute"), default: settings.maximumRate)
        for entry in section.sections("thresholds") {
            let resource = entry.value("resource", .anyWord(standIn: CapacityResource.bindings))
            let defaults = CapacityThreshold()
            let threshold = CapacityThreshold(
                rising: entry.value("rising", .integer(in: 0...100, unit: "percent"), default: defaults.rising),
                falling: entry.value("falling", .integer(in: 0...100, unit: "percent"), default: defaults.falling))
            if threshold.rising != 0 && threshold.rising < threshold.falling {
                entry.mistake(
                    about: "rising", "\(entry.path).rising \(threshold.rising) is below falling \(threshold.falling)",
                    "expected a rising threshold at or above the falling one, or 0 for no alarm")
            }
            settings.thresholds[resource] = threshold
        }
        return settings
    }

    // MARK: - Standalone

    private static func standalone(_ section: ConfigurationSection, agents: [String]) -> Mode? {
        let address = section.value("address", .ipv4Address, default: IPv4Address(127, 0, 0, 1))
        let port = section.value("port", .port, default: 1161)
        let listen = section.list("listen", .transportAddress)
        if !listen.isEmpty && (section.has("address") || section.has("port")) {
            section.mistake(
                about: "listen", "\(section.path).listen is given together with address or port",
                "keep either listen or the other two")
        }
        let users = section.sections("users").map(Self.user)
        if Set(users.map(\.name)).count != users.count {
            section.mistake(about: "users", "two users have the same name", "expected a unique name for each")
        }
        let engineID = section.optional("engineID", .engineID)
        let configuration = StandaloneConfiguration(
            listen: listen.isEmpty ? ["udp:\(address):\(port)"] : listen, communities: communities(section, agents: agents),
            users: users, engineID: engineID.flatMap { $0.isEmpty ? nil : $0 },
            sinks: section.sections("sinks").compactMap { Self.sink($0, users: users) })
        return section.value("enabled", .bool, default: true) ? .standalone(configuration) : nil
    }

    /// One read-only community plus those of the contexts, or the communities listed individually.
    private static func communities(_ section: ConfigurationSection, agents: [String]) -> [StandaloneConfiguration.Community] {
        let listed = section.sections("communities").map { entry in
            StandaloneConfiguration.Community(
                name: entry.value("name", .name),
                access: entry.value("access", .anyWord(standIn: StandaloneConfiguration.Access.readOnly), default: .readOnly),
                source: entry.value("source", .source, default: "127.0.0.1"), context: entry.optional("context", .name))
        }
        let community = section.value("community", .name, default: "public")
        let source = section.value("source", .source, default: "127.0.0.1")
        let contexts = section.value("contextCommunities", .bool, default: true)
        guard !section.has("communities") else { return listed }
        return [.init(name: community, source: source)]
            + (contexts ? agents.map { .init(name: $0, source: source, context: $0) } : [])
    }

    private static func user(_ section: ConfigurationSection) -> SNMPUser {
        let expectation = "8 to 255 printable characters"
        let authentication = section.value(
            "authentication", .anyWord(standIn: SNMPUser.Authentication.sha256), default: .sha256)
        let privacy = section.value("privacy", .anyWord(standIn: SNMPUser.Privacy.aes), default: .aes)
        let first = section.secret(inFile: "authenticationFile", expectation) { Passphrase($0) }
        let second = section.secret(inFile: "privacyFile", expectation) { Passphrase($0) }
        if section.has("privacyFile") && !section.has("authenticationFile") {
            section.mistake(
                about: "privacyFile", "\(section.path) has privacy without authentication",
                "add 'authenticationFile:' (RFC 3414 has no privacy without authentication)")
        }
        return SNMPUser(
            name: section.value("name", .name),
            access: section.value("access", .anyWord(standIn: StandaloneConfiguration.Access.readOnly), default: .readOnly),
            authentication: first.map { (authentication, $0) }, privacy: second.map { (privacy, $0) })
    }

    private enum SinkVersion: String, CaseIterable { case v1, v2c, v3 }

    private static func sink(_ section: ConfigurationSection, users: [SNMPUser]) -> NotificationSink? {
        let address = section.value("address", .transportAddress)
        let version = section.value("version", .anyWord(standIn: SinkVersion.v2c), default: .v2c)
        let inform = section.value("inform", .bool, default: false)
        if version == .v1 && inform {
            section.mistake(about: "inform", "\(section.path): SNMPv1 has no informs", "expected version v2c or v3")
        }
        if version == .v3 {
            let name = section.value("user", .name)
            guard let user = users.first(where: { $0.name == name }) else {
                section.mistake(
                    about: "user", "\(section.path).user '\(name)' is not among the users",
                    "expected the name of one of snmp.standalone.users")
                return nil
            }
            return NotificationSink(address: address, security: .v3(user: user), inform: inform)
        }
        let community = section.value("community", .name, default: "public")
        return NotificationSink(
            address: address, security: version == .v1 ? .v1(community: community) : .v2c(community: community), inform: inform)
    }
}

extension ConfigurationType where Value == String {
    /// An address in the notation of net-snmp: an IP transport, a host, and a port.
    static var transportAddress: Self {
        Self("a transport address such as udp:127.0.0.1:161, udp6:[::1]:161 or tcp:127.0.0.1:161", standIn: "") { text in
            SNMPAddress.isTransport(text) ? text : nil
        }
    }

    /// The address of an AgentX master.
    static var agentXAddress: Self {
        Self(
            "an absolute path of at most 107 bytes such as /var/agentx/master, or a host and port such as tcp:127.0.0.1:705",
            standIn: "/var/agentx/master"
        ) { SNMPAddress.isAgentX($0) ? $0 : nil }
    }

    /// The sources from which requests are accepted.
    static var source: Self {
        Self(
            "an address, a network with zero host bits such as 10.0.0.0/8 or fd00::/8, or 'default' for any source",
            standIn: "127.0.0.1"
        ) { SNMPAddress.isSource($0) ? $0 : nil }
    }
}

extension ConfigurationType where Value == [UInt8] {
    /// snmpEngineID.
    static var engineID: Self {
        Self("10 to 64 hexadecimal digits, an even number of them (RFC 3411, SnmpEngineID)", standIn: []) { text in
            Hexadecimal.octets(text).flatMap { (5...32).contains($0.count) ? $0 : nil }
        }
    }
}
