import AgentModel
public import DaemonSupport
import MobileIPv4
import MobilityAgent
import StateStore

extension AgentDaemonConfiguration {
    /// Reads the settings documented in `docs/examples/mip-agentd.yaml`. Mistakes are recorded in the section.
    public init(_ root: ConfigurationSection) {
        let name = root.value("name", .name)
        var agent = MobilityAgentConfiguration(name: name, version: "mip-agentd \(MIPMIBVersion.current)")
        agent.settings.read(of: nil, from: root)
        agent.homeAgent = root.section("homeAgent").map(HomeAgentConfiguration.init)
        agent.foreignAgent = root.section("foreignAgent").map(ForeignAgentConfiguration.init)
        agent.securityAssociations = root.sections("securityAssociations", ConfiguredSecurityAssociation.init)
        agent.authenticationServerAssociations = root.sections(
            "authenticationServerAssociations", ConfiguredSecurityAssociation.init)
        agent.maximumViolators = root.value("maximumViolators", .integer(in: 1...1_000_000), default: agent.maximumViolators)
        agent.maximumAlarmsPerSecond = root.value(
            "maximumAlarmsPerSecond", .integer(in: 1...1_000_000), default: agent.maximumAlarmsPerSecond)
        self.init(
            agent: agent,
            controlSocketPath: root.socket("control", default: Self.defaultControlSocketPath(name: name)))
        receiveBufferSize = root.value(
            "receiveBuffer", .integer(in: 4096...(1 << 30), unit: "bytes"), default: receiveBufferSize)
        statePath = root.stateStore("state")
        durability = root.value("durability", .anyWord(standIn: .process), default: durability)
        if root.has("durability"), statePath == nil {
            root.mistake(
                atPath: "durability", "durability: '\(durability.rawValue)' has no effect",
                "expected with 'state', which names the state store")
        }
        links = root.sections("interfaces").map(LinkConfiguration.init)
        forwarding = root.section("forwarding").map(ForwardingConfiguration.init)
        guard !root.hasMistakes else { return }
        refuseSharedInterfaces(root)
        refuseSharedEndpoints(root)
        if let foreignAgent = agent.foreignAgent, let relay = foreignAgent.relayEndpoint, !foreignAgent.endpoints.contains(relay)
        {
            root.mistake(
                atPath: "foreignAgent.relayAddress", "foreignAgent.relayAddress: '\(relay)' is invalid",
                "expected one of foreignAgent.addresses")
        }
        for problem in agent.problems {
            let path = problem.path.replacing("endpoints", with: "addresses")
            if path == "roles" {
                root.mistake("this agent has no role", "add 'homeAgent:', 'foreignAgent:' or both")
            } else {
                root.mistake(atPath: path, "\(path): '\(problem.value)' is invalid", "expected \(problem.expected)")
            }
        }
    }

    private func refuseSharedInterfaces(_ root: ConfigurationSection) {
        var seen: Set<String> = []
        for (index, link) in links.enumerated() {
            let path = "interfaces[\(index)]"
            if !seen.insert(link.name).inserted {
                root.mistake(atPath: path + ".name", "\(path).name: '\(link.name)' is listed twice", "remove one of them")
            }
            for problem in link.advertisement?.problems(asPartOf: agent, services: link.services) ?? [] {
                root.mistake(atPath: path, "\(path): \(problem)", "see docs/examples/mip-agentd.yaml")
            }
        }
    }

    /// Refuses the same address and port twice in one role, which would be bound twice.
    private func refuseSharedEndpoints(_ root: ConfigurationSection) {
        for (role, endpoints) in [
            ("homeAgent", agent.homeAgent?.endpoints ?? []), ("foreignAgent", agent.foreignAgent?.endpoints ?? []),
        ] {
            var seen: Set<TransportEndpoint> = []
            for (index, endpoint) in endpoints.enumerated() where !seen.insert(endpoint).inserted {
                let path = "\(role).addresses[\(index)]"
                root.mistake(atPath: path, "\(path): '\(endpoint)' is listed twice", "remove one of them")
            }
        }
    }
}

extension HomeAgentConfiguration {
    init(_ section: ConfigurationSection) {
        let port = section.value("port", .port, default: TransportEndpoint.registrationPort)
        self.init(
            endpoints: section.list("addresses", .endpoint(defaultPort: port), atLeastOne: true),
            homeNetworks: section.list("homeNetworks", .ipv4Prefix),
            addressPool: section.list("addressPool", .addressRange))
        addressesByNAI = section.addresses(byNAI: "addressesByNAI")
        addressRetention = section.optional("addressRetention", .integer(in: 0...UInt32.max, unit: "seconds"))
        maximumLifetime = section.value("maximumLifetime", .lifetime, default: maximumLifetime)
        settings.read(of: .homeAgent, from: section)
        maximumBindingsPerNode = section.value(
            "maximumBindingsPerNode", .integer(in: 1...UInt32.max), default: maximumBindingsPerNode)
        maximumMobileNodes = section.value(
            "maximumMobileNodes", .integer(in: 1...UInt32.max),
            default: max(maximumMobileNodes, settings.limits.maximumBindings))
        simultaneousBindings = section.value("simultaneousBindings", .bool, default: simultaneousBindings)
        if section.has("encapsulations") { encapsulations = Set(section.list("encapsulations", .anyWord(standIn: .ipInIp))) }
        reverseTunnel = section.value("reverseTunnel", .anyWord(standIn: .available), default: reverseTunnel)
        acceptsAnyHomeAgent = section.value("acceptsAnyHomeAgent", .bool, default: acceptsAnyHomeAgent)
        knownVendorExtensions = Set(section.list("knownVendorExtensions", .vendorExtension))
        rejectsReservedFlags = section.value("rejectsReservedFlags", .bool, default: rejectsReservedFlags)
        answersFailedAuthentication = section.value(
            "answersFailedAuthentication", .bool, default: answersFailedAuthentication)
        messages = section.section("messages").map(MessageTexts.init) ?? MessageTexts()
        readDiscovery(from: section)
    }
}

extension ForeignAgentConfiguration {
    init(_ section: ConfigurationSection) {
        let port = section.value("port", .port, default: TransportEndpoint.registrationPort)
        self.init(
            endpoints: section.list("addresses", .endpoint(defaultPort: port), atLeastOne: true),
            careOfAddresses: section.list("careOfAddresses", .unicastAddress, atLeastOne: true),
            relayEndpoint: section.optional("relayAddress", .optionalEndpoint(defaultPort: port)))
        homeAgentPort = section.value("homeAgentPort", .port, default: homeAgentPort)
        defaultHomeAgent = section.optional("defaultHomeAgent", .unicastAddress)
        homeAgents = section.list("homeAgents", .ipv4Prefix)
        maximumLifetime = section.value("maximumLifetime", .lifetime, default: maximumLifetime)
        settings.read(of: .foreignAgent, from: section)
        maximumPending = section.value("maximumPending", .integer(in: 1...UInt32.max), default: maximumPending)
        pendingTimeout = section.value("pendingTimeout", .integer(in: 1...60, unit: "seconds"), default: pendingTimeout)
        if section.has("encapsulations") { encapsulations = Set(section.list("encapsulations", .anyWord(standIn: .ipInIp))) }
        reverseTunnel = section.value("reverseTunnel", .anyWord(standIn: .available), default: reverseTunnel)
        encapsulatingDelivery = section.value("encapsulatingDelivery", .bool, default: encapsulatingDelivery)
        requiresMobileForeignAuthentication = section.value(
            "requiresMobileForeignAuthentication", .bool, default: requiresMobileForeignAuthentication)
        challenge = section.section("challenge").map(ChallengePolicy.init)
        requiresHomeAddress = section.value("requiresHomeAddress", .bool, default: requiresHomeAddress)
        knownVendorExtensions = Set(section.list("knownVendorExtensions", .vendorExtension))
        rejectsReservedFlags = section.value("rejectsReservedFlags", .bool, default: rejectsReservedFlags)
        messages = section.section("messages").map(MessageTexts.init) ?? MessageTexts()
        readDiscovery(from: section)
    }
}

extension ChallengePolicy {
    init(_ section: ConfigurationSection) {
        self.init()
        window = section.value("window", .integer(in: ChallengePolicy.windows, unit: "challenges"), default: window)
        length = section.value("length", .integer(in: 4...255, unit: "bytes"), default: length)
        authentication = section.value("authentication", .anyWord(standIn: .either), default: authentication)
    }
}

extension ConfiguredSecurityAssociation {
    init(_ section: ConfigurationSection) {
        self.init(
            association: SecurityAssociation(
                peer: section.value("peer", .peer),
                peerRole: section.value("peerRole", .anyWord(standIn: .mobileNode), default: .mobileNode),
                spi: section.value("spi", .spi),
                algorithm: section.value("algorithm", .anyWord(standIn: .hmacMD5), default: .hmacMD5),
                replayMethod: section.value("replayMethod", .anyWord(standIn: .timestamps), default: .timestamps),
                replayTolerance: section.value("replayTolerance", .integer(in: 1...UInt16.max, unit: "seconds"), default: 7)),
            key: section.key(),
            ownRole: section.optional("ownRole", .word(.homeAgent, .foreignAgent)))
    }
}
