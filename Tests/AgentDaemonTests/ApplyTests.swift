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

    @Test(
        "Texts and ends of registrations in one list are refused, with what to do instead",
        arguments: [
            AgentChange.enabled(false), .revoke(RevocationOrder()), .drain(DrainOrder(homeAgents: [IPv4Address(192, 0, 2, 9)])),
            .endBinding(homeAddress: IPv4Address(10, 1, 0, 1), careOfAddress: nil),
        ], [false, true])
    func textsAndEnds(end: AgentChange, validate: Bool) async throws {
        let text = AgentChange.notify(NotificationOrder(to: .mobileNode, text: "Maintenance at 22:00"))
        try await serving { (agent: ManagedAgent) async throws -> Void in
            var node = setting.node()
            node.careOfAddress = IPv4Address(127, 0, 0, 1)
            #expect(try await node.register(at: setting.foreign, flags: []).code == .accepted)
            _ = try await agent.apply([text], validate: true)
            for (changes, index) in [([Self.made, text, end], 2), ([end, text], 0)] {
                let error = await #expect(throws: ControlError.self) { try await agent.apply(changes, validate: validate) }
                guard case .changeRefused(let refusal) = error else { return #expect(error == nil) }
                #expect(refusal.index == index && refusal.problem == .inconsistent)
                #expect(refusal.reason.contains("send the text first"))
            }
            let state = try await state()
            #expect(state.bindings.count == 1 && state.exchanges.isEmpty && state.associations.count == 1)
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

    @Test("A file that is no state store is left as it is: the agent serves, says why nothing is kept, and shows no contents")
    func garbage() async throws {
        let text = "{\"version\":1,\"changes\":[{\"association\":{\"key\":\"deadbeef\"}}]}"
        try setting.directory.write(text, to: "state.json")
        chmod(file, 0o600)
        try await serving { (agent: ManagedAgent) async throws -> Void in
            let information = try #require(try await state().information)
            #expect(information.stateError.contains(file) && !information.stateError.contains("deadbeef"))
            #expect(information.keepsChanges)
            let error = await #expect(throws: ControlError.self) { try await agent.apply([.enabled(false)]) }
            guard case .changeRefused(let refusal) = error else { return #expect(error == nil) }
            #expect(refusal.problem == .commitFailed)
        }
        #expect(try String(contentsOfFile: file, encoding: .utf8) == text)
    }

    @Test("Without the folder of its store, an agent serves and refuses changes; the store is used once the folder is there")
    func missingFolder() async throws {
        let folder = setting.directory.file("missing")
        let text = setting.yaml() + "state: \(folder)/state\n"
        let daemon = AgentDaemon(
            configuration: try ConfigurationFile.read(text: text, named: "test.yaml", AgentDaemonConfiguration.init),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        try await daemon.start()
        do {
            let agent = ManagedAgent(name: "test", socketPath: setting.control)
            #expect(try await state().information?.stateError.contains(folder) == true)
            _ = await #expect(throws: ControlError.self) { try await agent.apply([.enabled(false)]) }
            #expect(try await state().information?.enabled == true)
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
            try await eventually("the store is used") { try await state().information?.stateError == "" }
            _ = try await agent.apply([.enabled(false)])
            #expect(try await state().information?.enabled == false)
        } catch {
            await daemon.stop()
            throw error
        }
        await daemon.stop()
    }

    @Test("A state file of an earlier version becomes a store with its changes, and a copy of it stays")
    func conversion() async throws {
        let text = """
            {"changes":[{"enabled":false},{"addCareOfAddress":"127.0.0.77"}],"version":1}
            """
        try setting.directory.write(text, to: "state.json")
        chmod(file, 0o600)
        for _ in 0..<2 {
            try await serving { _ in
                let information = try #require(try await state().information)
                #expect(information.stateError == "" && !information.enabled)
                #expect(information.addedCareOfAddresses == [IPv4Address(127, 0, 0, 77)])
            }
        }
        #expect(try String(contentsOfFile: file + ".json", encoding: .utf8) == text)
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
