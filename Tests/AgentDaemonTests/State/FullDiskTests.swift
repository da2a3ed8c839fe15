import AgentControl
import AgentModel
import Foundation
import MIPTesting
import ManagementCore
import MobileIPv4
import Testing

/// The real program with its store on a small file system of its own.
@Suite("A disk that is full or read-only under mip-agentd", .enabled(if: geteuid() == 0, "needs root to mount file systems"))
struct FullDiskTests {
    private let setting: Setting

    init() throws { setting = try Setting() }

    private func information() async throws -> AgentInformation? {
        try await AgentCommands(socketPath: setting.control).state(name: "test", topics: [.information]).information
    }

    /// Runs the agent in a mount namespace with a file system of 1 MiB for its store.
    private func start(options: String = "rw") async throws -> (daemon: ChildProcess, folder: String) {
        let folder = setting.directory.file("disk")
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        let file = try setting.directory.write(setting.yaml() + "state: \(folder)/a.state\n", to: "a.yaml")
        let script = "mount -t tmpfs -o \(options),size=1m,mode=700 tmpfs \"$1\" && exec \"$2\" --config \"$3\""
        let daemon = try ChildProcess(
            "unshare", ["-m", "sh", "-c", script, "sh", folder, BuiltProducts.path(of: "mip-agentd"), file],
            log: setting.directory.file("a.log"))
        try await eventually("the agent serves") { daemon.output.contains("serving") }
        return (daemon, "/proc/\(daemon.identifier)/root\(folder)")
    }

    /// Registers nodes until the disk is full for the agent too.
    private func registerUntilUnsafe() async throws {
        for number in 1...250 as ClosedRange<UInt8> {
            let code = try await setting.node(number).register(at: setting.home).code
            #expect(code == .accepted)
            if try await information()?.stateError.isEmpty == false { return }
        }
    }

    @Test("The agent goes on, says that nothing is safe, and saves everything once there is room")
    func full() async throws {
        let (daemon, folder) = try await start()
        let rest = try FilledDisk(folder)
        try await registerUntilUnsafe()
        let error = try #require(try await information()?.stateError)
        #expect(error.contains("No space left on device"))
        let count = try await AgentCommands(socketPath: setting.control).state(name: "test", topics: [.bindings]).bindings.count
        try rest.free()
        try await eventually("the state is saved") { try await information()?.stateError == "" }
        #expect(daemon.output.contains("state can be saved again"))
        // The store, as it is at this moment, in the hands of another agent.
        let copy = try Setting()
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) where name.hasPrefix("a.state") {
            try FileManager.default.copyItem(atPath: folder + "/" + name, toPath: copy.directory.file(name))
        }
        let file = try copy.directory.write(
            copy.yaml() + "state: \(copy.directory.file("a.state"))\n", to: "b.yaml")
        let other = try ChildProcess(BuiltProducts.path(of: "mip-agentd"), ["--config", file], log: copy.directory.file("b.log"))
        try await eventually("the other agent serves") { other.output.contains("serving") }
        let restored = try await AgentCommands(socketPath: copy.control).state(name: "test", topics: [.bindings]).bindings.count
        #expect(restored == count)
        #expect(try await other.stop() == 0)
        #expect(try await daemon.stop() == 0)
    }

    @Test("An order to drain that is taken back while the disk is full ends once that can be saved")
    func undone() async throws {
        let (daemon, folder) = try await start()
        let agent = ManagedAgent(name: "test", socketPath: setting.control)
        #expect(try await setting.node(1).register(at: setting.home).code == .accepted)
        let token = try #require(try await agent.apply([.drain(DrainOrder(homeAgents: [IPv4Address(192, 0, 2, 9)]))]).undo)
        let rest = try FilledDisk(folder)
        // The node of a binding may renew it, until the disk is full for the agent too.
        for _ in 1...250 where try await information()?.stateError.isEmpty == true {
            #expect(try await setting.node(1).register(at: setting.home).code == .accepted)
        }
        await #expect(throws: ControlError.self) { try await agent.undo(token) }
        #expect(try await information()?.drain != nil)
        try rest.free()
        try await eventually("the end of the drain") { try await information()?.drain == nil }
        #expect(try await setting.node(2).register(at: setting.home).code == .accepted)
        #expect(try await daemon.stop() == 0)
    }

    @Test("On a read-only file system the agent serves and says that nothing is kept")
    func readOnly() async throws {
        let (daemon, _) = try await start(options: "ro")
        #expect(try await information()?.stateError.contains("Read-only file system") == true)
        #expect(try await setting.node(1).register(at: setting.home).code == .accepted)
        #expect(try await daemon.stop() == 0)
    }
}

/// A file that takes all the room of a file system.
private struct FilledDisk {
    private let file: String
    private let handle: FileHandle

    init(_ folder: String) throws {
        file = folder + "/fill"
        _ = FileManager.default.createFile(atPath: file, contents: nil)
        handle = try #require(FileHandle(forWritingAtPath: file))
        while (try? handle.write(contentsOf: Data(count: 4096))) != nil {}
    }

    func free() throws {
        try handle.close()
        try FileManager.default.removeItem(atPath: file)
    }
}
