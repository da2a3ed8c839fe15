import AgentControl
import AgentModel
import DataPlane
import Foundation
import MIPTesting
import MobileIPv4
import Testing

@testable import MobileNode
@testable import MobilityLink
@testable import NodeDaemon

@Suite(
    "A mobile node that runs and leaves the choice of its home agent open",
    .enabled(if: IsolatedNode.isPossible, "needs root and TUN devices"))
struct DiscoveryTests {
    private static let careOf = IPv4Address(198, 51, 100, 77)
    private static let first = IPv4Address(192, 0, 2, 1)
    private static let second = IPv4Address(192, 0, 2, 2)
    private static let assigned = IPv4Address(192, 0, 2, 50)

    /// A node without a foreign agent; nothing leaves the namespace.
    private static func node(
        stateFile: String? = nil, _ change: @escaping @Sendable (inout NodeDaemonConfiguration, TemporaryDirectory) -> Void
    ) async throws -> IsolatedNode {
        // The other end stays down, so that there is no link.
        try await IsolatedNode(["link add eth0 type veth peer name other"], stateFile: stateFile) { configuration, directory in
            configuration.node.homeAddress = .zero
            configuration.node.homeAgent.address = .zero
            configuration.node.nai = NetworkAccessIdentifier("alice@example.net")
            change(&configuration, directory)
        }
    }

    /// The node's request is answered by a home agent.
    private static func answer(
        _ runtime: NodeRuntime, _ code: ReplyCode, from homeAgent: IPv4Address, homeAddress: IPv4Address = .zero,
        extensions: [UInt8] = []
    ) throws {
        let request = try #require(runtime.node.pending)
        var octets: [UInt8] = []
        RegistrationReply(
            code: code, lifetime: .init(rawValue: 600), homeAddress: homeAddress, homeAgent: homeAgent,
            identification: request.identification
        ).encode(into: &octets)
        octets.append(extension: MobileNodeNAI(try #require(runtime.node.configuration.nai)))
        octets += extensions
        AuthenticationAlgorithm.hmacMD5.appendExtension(
            .mobileHomeAuthentication, spi: SecurityParameterIndex(rawValue: 256), key: AuthenticationKey(octets: [1]),
            to: &octets)
        runtime.receive(octets.span.bytes, header(from: homeAgent))
        runtime.finish()
    }

    private static func header(from source: IPv4Address) -> DatagramBatch.Header {
        DatagramBatch.Header(
            source: TransportEndpoint(source, port: 434), destination: careOf, interface: 0, timeToLive: nil, excessLength: nil)
    }

    private static var ownAddresses: [IPv4Address] { InterfaceAddress.all(of: "eth0").map(\.address) }

    @Test("The address that a home agent has assigned is on the interface until that home agent sends the node away")
    func assignedAddress() async throws {
        let node = try await Self.node { configuration, _ in configuration.node.homeAgentHint = Self.first }
        let registered = try await node.perform { runtime in
            runtime.perform([.attach(.coLocated(Self.careOf), nil)])
            #expect(runtime.node.destination.address == Self.first)
            try Self.answer(
                runtime, .haRedirected, from: Self.first,
                extensions: [139, 2, 0, 4, 192, 0, 2, 2])
            #expect(runtime.node.destination.address == Self.second)
            try Self.answer(runtime, .accepted, from: Self.second, homeAddress: Self.assigned)
            #expect(runtime.node.tunnel?.peer == Self.second)
            return Self.ownAddresses
        }
        #expect(registered.result.contains(Self.assigned))
        let search = registered.published.compactMap {
            if case .mobileNodeStatus(let status) = $0 { status.homeAgentSearch } else { nil }
        }
        #expect(search.last?.state == .anchored && search.last?.homeAgent == Self.second)
        let sentAway = try await node.perform { runtime in
            runtime.perform([.registerAgain])
            try Self.answer(runtime, .haAdministrativelyProhibited, from: Self.second, homeAddress: Self.assigned)
            #expect(runtime.tunnel == nil)
            return Self.ownAddresses
        }
        #expect(!sentAway.result.contains(Self.assigned))
        try await node.stop()
    }

    @Test("A service that is refused is asked for again once the setting leaves it out, and not when an agent restarts")
    func refusedService() async throws {
        let node = try await Self.node { configuration, _ in
            configuration.node.homeAgentHint = Self.first
            configuration.node.service = ServiceIdentifier("voip")
        }
        _ = try await node.perform { runtime in
            runtime.perform([.attach(.coLocated(Self.careOf), nil)])
            try Self.answer(runtime, .haServiceAuthorizationFailed, from: Self.first)
            #expect(runtime.node.isServiceRefused && runtime.node.pending == nil)
            runtime.perform([.registerAgain])
            #expect(runtime.node.pending == nil)
            _ = try runtime.apply([.discovery(DiscoverySettings { $0.serviceSelection = false })], validate: false)
            #expect(!runtime.node.isServiceRefused)
        }
        try await node.stop()
    }

    private static let original = "nameserver 198.51.100.1\n"

    /// A node whose machine uses a name server of the home agent, by way of the file `resolv.conf` in the node's folder.
    private static func resolving() async throws -> IsolatedNode {
        let node = try await Self.node { configuration, directory in
            _ = try? directory.write(Self.original, to: "resolv.conf")
            configuration.node.homeAgentHint = Self.first
            configuration.node.asksForHostConfiguration = true
            configuration.resolver = .resolvConf(path: directory.file("resolv.conf"))
        }
        var extensions: [UInt8] = []
        let servers = HostConfiguration.domainNameServers(primary: IPv4Address(192, 0, 2, 53), secondary: .zero)
        try NormalVendorSpecific(servers.vendorSpecific).encode(into: &extensions)
        let sent = extensions
        _ = try await node.perform { runtime in
            runtime.perform([.attach(.coLocated(Self.careOf), nil)])
            try Self.answer(runtime, .accepted, from: Self.first, homeAddress: Self.assigned, extensions: sent)
        }
        try await expectUse(by: node)
        return node
    }

    private static func resolvConf(of node: IsolatedNode) throws -> String {
        try String(contentsOfFile: node.directory.file("resolv.conf"), encoding: .utf8)
    }

    private static func expectUse(by node: IsolatedNode) async throws {
        try await eventually("the name server is used, and shown so") {
            let isShown = try await node.perform { $0.node.hostConfiguration?.isApplied == true }.result
            return try Self.resolvConf(of: node).contains("nameserver 192.0.2.53") && isShown
        }
    }

    @Test("Name servers that the home agent sends are used by the machine as long as the node is registered")
    func hostConfiguration() async throws {
        let node = try await Self.resolving()
        let configurator = try await node.perform { $0.configurator }.result
        await configurator.stop()
        #expect(try Self.resolvConf(of: node) == Self.original)
        try await node.stop()
    }

    @Test("Name servers of the home network are not used where it is not reached, and are left alone during a move")
    func unreached() async throws {
        let node = try await Self.resolving()
        _ = try await node.perform { runtime in
            runtime.perform([.detach])
            runtime.finish()
        }
        try await eventually("the original is back") { try Self.resolvConf(of: node) == Self.original }
        _ = try await node.perform { runtime in
            runtime.perform([.attach(.coLocated(Self.careOf), nil)])
            runtime.finish()
        }
        try await Self.expectUse(by: node)
        let configurator = try await node.perform { runtime in
            runtime.perform([.attach(.coLocated(IPv4Address(203, 0, 113, 77)), nil)])
            runtime.finish()
            return runtime.configurator
        }.result
        await configurator.settle()
        #expect(try Self.resolvConf(of: node).contains("nameserver 192.0.2.53"))
        _ = try await node.perform { runtime in
            try Self.answer(runtime, .haInsufficientResources, from: Self.first, homeAddress: Self.assigned)
            #expect(runtime.node.isRegistered)
        }
        try await eventually("the original is back") { try Self.resolvConf(of: node) == Self.original }
        try await node.stop()
    }

    @Test("Name servers of the home network are not used by a disabled node, even if its deregistration is not answered")
    func disabled() async throws {
        let node = try await Self.resolving()
        _ = try await node.perform { runtime in
            _ = try runtime.apply([.enabled(false)], validate: false)
            runtime.node.pending?.tries = 100
            runtime.node.pending?.deadline = 0
            let request = runtime.node.advance(to: runtime.clock.now, random: &runtime.random)
            #expect(request == nil && runtime.node.state == .deregistered && runtime.node.isRegistered)
            runtime.finish()
        }
        try await eventually("the original is back") { try Self.resolvConf(of: node) == Self.original }
        try await node.stop()
    }

    @Test("Name servers are used again once it is undone that host configuration was turned off")
    func turnedOn() async throws {
        let node = try await Self.resolving()
        let change = AgentChange.discovery(DiscoverySettings { $0.hostConfiguration = false })
        let (token, sent) = try await node.perform { runtime in
            (try runtime.apply([change], validate: false).undo, runtime.node.counters.requestsSent)
        }.result
        try await eventually("the original is back") { try Self.resolvConf(of: node) == Self.original }
        _ = try await node.perform { try $0.undo(token ?? "") }
        try await Self.expectUse(by: node)
        let after = try await node.perform { $0.node.counters.requestsSent }.result
        #expect(after == sent)
        try await node.stop()
    }

    @Test("A node whose configuration names no home agent must take part in the search for one", arguments: [true, false])
    func mustSearch(isAny: Bool) async throws {
        let node = try await Self.node { configuration, _ in
            if !isAny { configuration.node.homeAgent.address = Self.first }
        }
        let refusal = try await node.perform { runtime -> ChangeRefusal? in
            do throws(ControlError) {
                _ = try runtime.apply([.discovery(DiscoverySettings { $0.dynamicHomeAgent = false })], validate: false)
            } catch {
                guard case .changeRefused(let refusal) = error else { throw error }
                return refusal
            }
            return nil
        }.result
        if isAny {
            #expect(refusal?.field == "dynamicHomeAgent" && refusal?.problem == .invalidValue)
            #expect(refusal?.reason.contains("name its home agent in home.agent first") == true)
        } else {
            #expect(refusal == nil)
        }
        let isOn = try await node.perform { $0.node.configuration.discovery.dynamicHomeAgent }.result
        #expect(isOn == isAny)
        try await node.stop()
    }

    @Test("An address that an earlier process of the node has left on the interface is removed, and others stay")
    func leftAddress() async throws {
        let node = try await Self.node { _, _ in }
        let left = try await node.perform { runtime in
            let interface = CInt(bitPattern: runtime.sockets.link.index)
            let (own, other) = (try RouteClient(protocolNumber: 45), try RouteClient(protocolNumber: 99))
            try own.addAddress(Self.assigned, to: interface)
            try other.addAddress(Self.careOf, to: interface)
            _ = try NodeRoutes(client: own, interface: interface, logger: runtime.logger)
            return Self.ownAddresses
        }.result
        #expect(left == [Self.careOf])
        try await node.stop()
    }

    @Test("An address of others that the node finds on the interface does not become its own")
    func foundAddress() async throws {
        let node = try await Self.node { _, _ in }
        let left = try await node.perform { runtime in
            let interface = CInt(bitPattern: runtime.sockets.link.index)
            let (own, other) = (try RouteClient(protocolNumber: 45), try RouteClient(protocolNumber: 99))
            try other.addAddress(Self.assigned, to: interface)
            try own.addAddress(Self.assigned, to: interface)
            _ = try NodeRoutes(client: own, interface: interface, logger: runtime.logger)
            return Self.ownAddresses
        }.result
        #expect(left == [Self.assigned])
        try await node.stop()
    }

    @Test("The configured home address that an earlier process has left on the interface stays")
    func keptAddress() async throws {
        let node = try await Self.node { _, _ in }
        let left = try await node.perform { runtime in
            let interface = CInt(bitPattern: runtime.sockets.link.index)
            let own = try RouteClient(protocolNumber: 45)
            try own.addAddress(Self.assigned, to: interface)
            try own.addAddress(Self.careOf, to: interface)
            _ = try NodeRoutes(client: own, interface: interface, keeping: Self.assigned, logger: runtime.logger)
            return Self.ownAddresses
        }.result
        #expect(left == [Self.assigned])
        try await node.stop()
    }

    @Test("A node that comes home before a home agent has accepted it deregisters with the one that it hears there")
    func home() async throws {
        let node = try await Self.node { configuration, _ in configuration.node.homeAddress = Self.assigned }
        let (homeAgent, lifetime) = try await node.perform { runtime in
            runtime.perform([.attach(.coLocated(Self.careOf), nil)])
            let mobility = AgentAdvertisement.MobilityAgent(
                sequence: AdvertisementSequence(rawValue: 0), registrationLifetime: .init(rawValue: 600), flags: .homeAgent,
                careOfAddresses: [])
            let advertisement = AgentAdvertisement(
                onlyMobility: false, lifetime: 600, routers: [], mobilityAgent: mobility)
            let heard = HeardAgent(address: Self.first, advertisement: advertisement, mobility: mobility, heard: 0)
            runtime.perform([.attach(.home, heard)])
            return (runtime.node.destination.address, runtime.node.pending?.lifetime)
        }.result
        #expect(homeAgent == Self.first && lifetime == 0)
        try await node.stop()
    }

    @Test("A node that leaves the choice of its home agent open learns by whose advertisements it is at home")
    func anchor() async throws {
        let node = try await Self.node { configuration, _ in configuration.node.homeAgentHint = Self.first }
        let anchors = try await node.perform { runtime in
            let before = runtime.movement.anchor
            runtime.perform([.attach(.coLocated(Self.careOf), nil)])
            try Self.answer(runtime, .accepted, from: Self.second, homeAddress: Self.assigned)
            return [before, runtime.movement.anchor]
        }.result
        #expect(anchors == [nil, Self.second])
        try await node.stop()
    }

    @Test("Changed settings are shown, saved, and undone")
    func settings() async throws {
        let node = try await Self.node(stateFile: "n.json") { configuration, _ in
            configuration.settings.discovery.experimental = true
        }
        let change = AgentChange.discovery(DiscoverySettings { $0.hostConfiguration = false })
        let token = try await node.perform { runtime in
            #expect(runtime.node.configuration.discovery.experimental)
            let applied = try runtime.apply([change], validate: false)
            #expect(!runtime.node.configuration.discovery.hostConfiguration)
            let shown = runtime.information.settings.discovery
            #expect(!shown.hostConfiguration && shown.experimental)
            return applied.undo
        }.result
        #expect(try ChangeFile(path: node.directory.file("n.json")).read() == [change])
        _ = try await node.perform { runtime in
            try runtime.undo(token ?? "")
            #expect(runtime.information.settings.discovery.hostConfiguration)
        }
        try await node.stop()
    }

    @Test("Of a stored change that no longer fits the configuration, the settings that still do are in effect")
    func storedSettings() async throws {
        let change = AgentChange.discovery(
            DiscoverySettings {
                $0.dynamicHomeAgent = false
                $0.hostConfiguration = false
            })
        let node = try await Self.node(stateFile: "n.json") { _, directory in
            try? ChangeFile(path: directory.file("n.json")).write([change])
        }
        let (searches, configures) = try await node.perform { runtime in
            (runtime.settings.discovery.dynamicHomeAgent, runtime.settings.discovery.hostConfiguration)
        }.result
        #expect(searches && !configures)
        try await node.stop()
    }

    @Test("An experimental message of the home agent is counted, and one that nobody has signed is not")
    func experimentalMessage() async throws {
        let node = try await Self.node { configuration, _ in
            configuration.node.homeAgentHint = Self.first
            configuration.settings.discovery.experimental = true
        }
        let counted = try await node.perform { runtime in
            runtime.perform([.attach(.coLocated(Self.careOf), nil)])
            try Self.answer(runtime, .accepted, from: Self.first, homeAddress: Self.assigned)
            var octets: [UInt8] = []
            ExperimentalMessage().encode(into: &octets)
            runtime.receive(octets.span.bytes, Self.header(from: Self.first))
            AuthenticationAlgorithm.hmacMD5.appendExtension(
                .mobileHomeAuthentication, spi: SecurityParameterIndex(rawValue: 256), key: AuthenticationKey(octets: [1]),
                to: &octets)
            runtime.receive(octets.span.bytes, Self.header(from: Self.first))
            return runtime.node.counters.experimentalMessages
        }.result
        #expect(counted == 1)
        try await node.stop()
    }
}
