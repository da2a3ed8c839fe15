import AgentControl
import AgentDaemon
import AgentModel
import DaemonSupport
import Foundation
import Logging
import MIPTesting
import ManagementCore
import MobileIPv4
import Testing

@Suite("Changes to a running agent")
struct ApplyTests {
    private let setting: Setting
    private var file: String { setting.directory.file("state.json") }
    private static let peer = PeerIdentity.address(IPv4Address(10, 1, 0, 9))
    private static let made = AgentChange.association(
        SecurityAssociationChange(
            peer: peer, spi: SecurityParameterIndex(rawValue: 400), key: SecretOctets([0xDE, 0xAD, 0xBE, 0xEF]),
            creation: .mustNotExist))

    init() throws { setting = try Setting() }

    private func daemon(hasState: Bool) throws -> AgentDaemon {
        let text = setting.yaml(withForeignAgent: true) + (hasState ? "state: \(file)\n" : "")
        return AgentDaemon(
            configuration: try ConfigurationFile.read(text: text, named: "test.yaml", AgentDaemonConfiguration.init),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    private func serving<R: Sendable>(
        hasState: Bool = true, _ body: (ManagedAgent) async throws -> R
    ) async throws -> R {
        let daemon = try daemon(hasState: hasState)
        try await daemon.start()
        let agent = ManagedAgent(name: "test", socketPath: setting.control)
        do {
            let result = try await body(agent)
            await daemon.stop()
            return result
        } catch {
            await daemon.stop()
            throw error
        }
    }

    private func state() async throws -> AgentState {
        try await AgentCommands(socketPath: setting.control).state(name: "test", topics: Set(ControlTopic.allCases))
    }

    @Test("Changes survive a restart, in a file that only its owner can read")
    func restart() async throws {
        let careOf = IPv4Address(127, 0, 0, 77)
        _ = try await serving { agent in
            let applied = try await agent.apply([
                Self.made, .addCareOfAddress(careOf), .limits(AgentLimits { $0.maximumBindings = 77 }), .enabled(false),
            ])
            #expect(applied.applied == 4)
        }
        var status = stat()
        #expect(lstat(file, &status) == 0)
        #expect(status.st_mode & 0o777 == 0o600)
        try await serving { _ in
            let state = try await state()
            #expect(state.associations.contains { $0.row.peer == Self.peer && $0.row.storage == .nonVolatile })
            #expect(state.information?.careOfAddresses == [IPv4Address(127, 0, 0, 1), careOf])
            #expect(state.information?.maximumBindings == 77)
            #expect(state.information?.enabled == false)
        }
    }

    @Test("If one change in a list is invalid, none is made, and the mistake is named")
    func allOrNothing() async throws {
        try await serving { agent in
            let error = await #expect(throws: ControlError.self) {
                try await agent.apply([
                    Self.made, .enabled(false), .endBinding(homeAddress: IPv4Address(10, 1, 0, 1), careOfAddress: nil),
                ])
            }
            guard case .changeRefused(let refusal) = error else { return #expect(error == nil) }
            #expect(refusal.index == 2 && refusal.problem == .notFound)
            let state = try await state()
            #expect(state.associations.count == 1)
            #expect(state.information?.enabled == true)
        }
    }

    @Test("Validation changes nothing, and a token undoes the changes exactly once")
    func undo() async throws {
        try await serving { agent in
            #expect(try await agent.apply([Self.made], validate: true) == AppliedChanges(applied: 1))
            #expect(try await state().associations.count == 1)
            let token = try #require(try await agent.apply([Self.made, .enabled(false)]).undo)
            #expect(try await state().associations.count == 2)
            try await agent.undo(token)
            #expect(try await state().associations.count == 1)
            #expect(try await state().information?.enabled == true)
            _ = await #expect(throws: ControlError.self) { try await agent.undo(token) }
        }
        try await serving { _ in
            let state = try await state()
            #expect(state.associations.count == 1)
        }
    }

    @Test("An invalid state file prevents the agent from starting, with a message that does not show its contents")
    func garbage() async throws {
        try setting.directory.write("{\"version\":1,\"changes\":[{\"association\":{\"key\":\"deadbeef\"}}]}", to: "state.json")
        let error = await #expect(throws: AgentDaemonError.self) { try await serving { _ in } }
        let text = try #require(error?.description)
        #expect(text.contains(file) && !text.contains("deadbeef"))
    }

    @Test("A change that cannot be saved is not made")
    func unwritable() async throws {
        try FileManager.default.createDirectory(atPath: file + ".new", withIntermediateDirectories: false)
        try await serving { (agent: ManagedAgent) async throws -> Void in
            let error = await #expect(throws: ControlError.self) { try await agent.apply([.enabled(false)]) }
            guard case .changeRefused(let refusal) = error else { return #expect(error == nil) }
            #expect(refusal.problem == .commitFailed)
            let state = try await state()
            #expect(state.information?.enabled == true)
        }
    }

    @Test("Whether changes can be saved is shown from the start, and follows what happens")
    func stateError() async throws {
        try FileManager.default.createDirectory(atPath: file + ".new", withIntermediateDirectories: false)
        try await serving { (agent: ManagedAgent) async throws -> Void in
            #expect(try await state().information?.stateError.contains(file) == true)
            try FileManager.default.removeItem(atPath: file + ".new")
            _ = try await agent.apply([.enabled(false)])
            #expect(try await state().information?.stateError == "")
            try FileManager.default.createDirectory(atPath: file + ".new", withIntermediateDirectories: false)
            _ = await #expect(throws: ControlError.self) { try await agent.apply([.enabled(true)]) }
            let information = try #require(try await state().information)
            #expect(information.stateError.contains(file) && information.keepsChanges && !information.enabled)
        }
    }

    @Test("A state file that can be written again shows without any further change, and what was not saved is saved then")
    func mendedStateFile() async throws {
        try FileManager.default.createDirectory(atPath: file + ".new", withIntermediateDirectories: false)
        try await serving { (agent: ManagedAgent) async throws -> Void in
            #expect(try await state().information?.stateError.contains(file) == true)
            try FileManager.default.removeItem(atPath: file + ".new")
            try await eventually("no error after the start") { try await state().information?.stateError == "" }
            let undo = try #require(try await agent.apply([.enabled(false)]).undo)
            // A small file can be written next to it, but not in its place.
            try FileManager.default.removeItem(atPath: file)
            try FileManager.default.createDirectory(atPath: file, withIntermediateDirectories: false)
            _ = await #expect(throws: ControlError.self) { try await agent.undo(undo) }
            try await Task.sleep(for: .milliseconds(2500))
            #expect(try await state().information?.stateError.contains(file) == true)
            try FileManager.default.removeItem(atPath: file)
            try await eventually("no error after a failed change") { try await state().information?.stateError == "" }
            #expect(FileManager.default.fileExists(atPath: file))
        }
    }

    @Test("Without a state file, rows made by operators are volatile, and are gone after a restart")
    func withoutStateFile() async throws {
        try await serving(hasState: false) { (agent: ManagedAgent) async throws -> Void in
            _ = try await agent.apply([Self.made])
            let state = try await state()
            #expect(state.associations.contains { $0.row.peer == Self.peer && $0.row.storage == .volatile })
            #expect(state.information?.keepsChanges == false && state.information?.stateError == "")
        }
        try await serving(hasState: false) { _ in
            let state = try await state()
            #expect(!state.associations.contains { $0.row.peer == Self.peer })
        }
    }

    @Test("Without a state file, a row that shall be kept is refused, with what to do", arguments: [false, true])
    func refused(validate: Bool) async throws {
        try await serving(hasState: false) { (agent: ManagedAgent) async throws -> Void in
            let change = AgentChange.association(
                SecurityAssociationChange(
                    peer: Self.peer, spi: SecurityParameterIndex(rawValue: 400), key: SecretOctets([1]), storage: .nonVolatile))
            let error = await #expect(throws: ControlError.self) { try await agent.apply([change], validate: validate) }
            guard case .changeRefused(let refusal) = error else { return #expect(error == nil) }
            #expect(refusal.problem == .inconsistent && refusal.field == "storage" && refusal.reason.contains("'state'"))
        }
    }
}
