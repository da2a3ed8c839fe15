import AgentControl
import AgentDaemon
import AgentModel
import DaemonSupport
import Logging
import MIPTesting
import ManagementCore
import MobileIPv4
import Testing

@Suite("An order to drain a running home agent")
struct DrainTests {
    private let setting: Setting
    private static let order = DrainOrder(homeAgents: [IPv4Address(192, 0, 2, 9)], text: "moved to another site")

    init() throws { setting = try Setting() }

    private func serving<R: Sendable>(_ body: (ManagedAgent) async throws -> R) async throws -> R {
        let text = setting.yaml() + "state: \(setting.directory.file("a.state"))\n"
        let daemon = AgentDaemon(
            configuration: try ConfigurationFile.read(text: text, named: "test.yaml", AgentDaemonConfiguration.init),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        try await daemon.start()
        do {
            let result = try await body(ManagedAgent(name: "test", socketPath: setting.control))
            await daemon.stop()
            return result
        } catch {
            await daemon.stop()
            throw error
        }
    }

    private func information() async throws -> AgentInformation {
        let state = try await AgentCommands(socketPath: setting.control).state(name: "test", topics: [.information])
        return try #require(state.information)
    }

    /// The code of the answer to a request of a node, which names this home agent or any.
    private func code(_ number: UInt8, asksForAny: Bool) async throws -> ReplyCode {
        let node = setting.node(number, homeAgent: asksForAny ? IPv4Address.zero : nil)
        return try await node.register(at: setting.home).code
    }

    @Test("It redirects nodes until it is ended, also after a restart with redirection off, and what is ended does not come back")
    func restart() async throws {
        try await serving { (agent: ManagedAgent) async throws -> Void in
            _ = try await agent.apply([.discovery(DiscoverySettings { $0.hostConfiguration = false })])
            let applied = try await agent.apply([.drain(Self.order)])
            #expect(applied.undo != nil && applied.ended == nil)
            #expect(try await information().drain?.homeAgents == Self.order.homeAgents)
            #expect(try await code(1, asksForAny: true) == .haRedirected)
            #expect(try await code(2, asksForAny: false) == .haAdministrativelyProhibited)
            _ = try await agent.apply([.discovery(DiscoverySettings { $0.dynamicHomeAgent = false })])
        }
        try await serving { (agent: ManagedAgent) async throws -> Void in
            let restored = try await information()
            #expect(restored.drain?.homeAgents == Self.order.homeAgents)
            #expect(!restored.settings.discovery.dynamicHomeAgent && !restored.settings.discovery.hostConfiguration)
            _ = try await agent.apply([.discovery(DiscoverySettings { $0.dynamicHomeAgent = true }), .endDrain])
            #expect(try await information().drain == nil)
            #expect(try await code(1, asksForAny: true) == .accepted)
        }
        try await serving { _ in
            let restored = try await information()
            #expect(restored.drain == nil && restored.settings.discovery.dynamicHomeAgent)
        }
    }

    @Test("A trial begins nothing, and an undo ends what an order began")
    func undo() async throws {
        try await serving { (agent: ManagedAgent) async throws -> Void in
            _ = try await agent.apply([.drain(Self.order)], validate: true)
            #expect(try await information().drain == nil)
            let token = try #require(try await agent.apply([.drain(Self.order)]).undo)
            #expect(try await information().drain != nil)
            try await agent.undo(token)
            #expect(try await information().drain == nil)
            #expect(try await code(1, asksForAny: true) == .accepted)
        }
        try await serving { (_: ManagedAgent) async throws -> Void in #expect(try await information().drain == nil) }
    }

    @Test("An order to drain to the agent itself is refused with the address")
    func ownAddress() async throws {
        try await serving { (agent: ManagedAgent) async throws -> Void in
            let error = await #expect(throws: ControlError.self) {
                try await agent.apply([.drain(DrainOrder(homeAgents: [setting.home.address]))])
            }
            guard case .changeRefused(let refusal) = error else { return #expect(error == nil) }
            #expect(refusal.problem == .invalidValue && refusal.field == "homeAgents")
            #expect(refusal.reason.contains("127.0.0.1"))
        }
    }
}
