import AgentControl
import AgentModel
import Foundation
import MIPTesting
import ManagementCore
import MobileIPv4
import Testing

/// The real program with a state store, ended and started again.
@Suite("A restart of mip-agentd with a state store")
struct RestartTests {
    private let setting: Setting

    init() throws { setting = try Setting() }

    private var path: String { setting.directory.file("a.state") }

    private func start(_ durability: String = "process", _ log: String = "a.log") async throws -> ChildProcess {
        let text = setting.yaml() + "state: \(path)\ndurability: \(durability)\n"
        let file = try setting.directory.write(text, to: "a.yaml")
        let daemon = try ChildProcess(
            BuiltProducts.path(of: "mip-agentd"), ["--config", file], log: setting.directory.file(log))
        try await eventually("the agent serves") { daemon.output.contains("serving") }
        return daemon
    }

    private func state() async throws -> AgentState {
        try await AgentCommands(socketPath: setting.control).state(name: "test", topics: Set(ControlTopic.allCases))
    }

    @Test(
        "No accepted registration is missing and no deregistered one is back, however the agent ended",
        arguments: [("process", SIGKILL), ("disk", SIGKILL), ("process", SIGTERM), ("memory", SIGTERM)])
    func bindings(durability: String, signal: Int32) async throws {
        let first = try await start(durability)
        let staying = setting.node(1)
        let leaving = setting.node(2)
        let request = leaving.request()
        leaving.socket.send(request, to: setting.home)
        _ = try await leaving.socket.receive()
        #expect(try await staying.register(at: setting.home).code == .accepted)
        #expect(try await leaving.register(at: setting.home, lifetime: 0).code == .accepted)
        let before = try await state()
        #expect(before.information?.durability == durability && before.information?.starts == 1)
        first.signal(signal)
        _ = try await first.waitForExit()

        let second = try await start(durability, "b.log")
        let after = try await state()
        #expect(after.bindings.map(\.row) == before.bindings.map(\.row))
        #expect(after.bindings.count == 1)
        #expect(after.information?.starts == 2 && after.information?.stateError == "")
        #expect(after.information?.instance != before.information?.instance)
        #expect(after.counters.homeAgent?.bindingsRestored == 1)
        // The captured request of the node that has left, byte for byte.
        leaving.socket.send(request, to: setting.home)
        let datagram = try await leaving.socket.receive()
        let reply = try RegistrationReply(decoding: datagram.span.bytes)
        #expect(reply.code == .haIdentificationMismatch)
        #expect(try await state().bindings.count == 1)
        #expect(try await second.stop() == 0)
    }

    @Test("A revocation and a change by an operator are safe when they are answered")
    func operators() async throws {
        let first = try await start()
        #expect(try await setting.node(1).register(at: setting.home).code == .accepted)
        let agent = ManagedAgent(name: "test", socketPath: setting.control)
        _ = try await agent.apply([
            .enabled(false), .endBinding(homeAddress: IPv4Address(10, 1, 0, 1), careOfAddress: nil),
        ])
        first.signal(SIGKILL)
        _ = try await first.waitForExit()
        let second = try await start("process", "b.log")
        let after = try await state()
        #expect(after.bindings.isEmpty && after.information?.enabled == false)
        #expect(try await second.stop() == 0)
    }

    private func files() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: setting.directory.file("")).filter { $0.hasPrefix("a.state") }
            .sorted()
    }

    @Test("Files of the store are readable by their owner only, and one file is left after an orderly stop")
    func permissions() async throws {
        let daemon = try await start()
        #expect(try await setting.node(1).register(at: setting.home).code == .accepted)
        for name in try files() {
            let attributes = try FileManager.default.attributesOfItem(atPath: setting.directory.file(name))
            #expect(attributes[.posixPermissions] as? Int == 0o600, "\(name)")
        }
        let during = try files()
        #expect(during.contains { $0.contains("-changes.") })
        #expect(try await daemon.stop() == 0)
        #expect(try files() == ["a.state"])
    }

    @Test("A second agent with the same store serves, says that nothing is kept, and leaves the store alone")
    func shared() async throws {
        let first = try await start()
        #expect(try await setting.node(1).register(at: setting.home).code == .accepted)
        let other = try Setting()
        let file = try other.directory.write(other.yaml() + "state: \(path)\n", to: "b.yaml")
        let second = try ChildProcess(
            BuiltProducts.path(of: "mip-agentd"), ["--config", file], log: other.directory.file("b.log"))
        try await eventually("the second agent serves") { second.output.contains("serving") }
        let state = try await AgentCommands(socketPath: other.control).state(name: "test", topics: [.information, .bindings])
        #expect(state.information?.stateError.contains("in use by another process") == true)
        #expect(state.bindings.isEmpty)
        #expect(try await other.node(1).register(at: other.home).code == .accepted)
        #expect(try await second.stop() == 0)
        first.signal(SIGKILL)
        _ = try await first.waitForExit()
        let third = try await start("process", "c.log")
        #expect(try await self.state().bindings.count == 1)
        #expect(try await third.stop() == 0)
    }
}
