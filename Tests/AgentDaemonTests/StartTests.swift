import AgentDaemon
import AgentModel
import Foundation
import MIPTesting
import ManagementCore
import MobileIPv4
import Testing

@Suite("Start and stop of the agent")
struct StartTests {
    @Test("Stopping leaves neither sockets nor the control socket's file behind")
    func stop() async throws {
        let setting = try Setting()
        for _ in 0..<2 {
            let daemon = try setting.daemon(withForeignAgent: true)
            try await daemon.start()
            #expect(FileManager.default.fileExists(atPath: setting.control))
            await daemon.stop()
            #expect(!FileManager.default.fileExists(atPath: setting.control))
        }
    }

    @Test("A second agent on the same UDP address is refused, and the first one is unaffected")
    func addressInUse() async throws {
        let setting = try Setting()
        try await setting.serving { _ in
            let text = setting.yaml().replacingOccurrences(of: setting.control, with: setting.directory.file("b.sock"))
            let second = try AgentDaemon(text: text)
            let error = await #expect(throws: AgentDaemonError.self) { try await second.start() }
            #expect(
                error?.description
                    == "the UDP address \(setting.home) is in use by another program; stop that one or choose another address or port"
            )
            #expect(!FileManager.default.fileExists(atPath: setting.directory.file("b.sock")))
            #expect(try await setting.node().register(at: setting.home).code == .accepted)
        }
    }

    @Test("A second agent on the same control socket is refused and releases its UDP port, and the first one is unaffected")
    func controlSocketInUse() async throws {
        let setting = try Setting()
        try await setting.serving { mirror in
            let free = freePort()
            let text = setting.yaml().replacingOccurrences(of: ":\(setting.home.port)", with: ":\(free)")
            let second = try AgentDaemon(text: text)
            let error = await #expect(throws: AgentDaemonError.self) { try await second.start() }
            #expect(
                error?.description
                    == "control socket '\(setting.control)' is in use by a running daemon; stop that daemon or choose another path"
            )
            // The port is free again, for a third agent with its own control socket.
            let third = try AgentDaemon(
                text: text.replacingOccurrences(of: setting.control, with: setting.directory.file("c.sock")))
            try await third.start()
            await third.stop()
            #expect(mirror.state().health.connection == .synchronized)
            #expect(try await setting.node().register(at: setting.home).code == .accepted)
        }
    }

    @Test("A control socket left behind by a dead daemon is replaced")
    func staleSocket() async throws {
        let setting = try Setting()
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var name = sockaddr_un()
        name.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &name.sun_path) { $0.copyBytes(from: setting.control.utf8) }
        let result = withUnsafePointer(to: &name) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        #expect(result == 0)
        close(descriptor)
        try await setting.serving { mirror in #expect(mirror.state().information?.name == "test") }
    }

    @Test("A control socket in a folder that does not exist is reported")
    func noSuchFolder() async throws {
        let setting = try Setting()
        let missing = setting.directory.file("missing/folder/a.sock")
        let daemon = try AgentDaemon(text: setting.yaml().replacing(setting.control, with: missing))
        let error = await #expect(throws: AgentDaemonError.self) { try await daemon.start() }
        #expect(error?.description == "cannot open control socket '\(missing)': No such file or directory")
    }

    @Test("An address that this machine does not have is reported")
    func noSuchAddress() async throws {
        let setting = try Setting()
        let text = setting.yaml().replacingOccurrences(of: "\"\(setting.home)\"", with: "203.0.113.9:\(setting.home.port)")
        let daemon = try AgentDaemon(text: text)
        let error = await #expect(throws: AgentDaemonError.self) { try await daemon.start() }
        #expect(error?.description == "this machine has no address 203.0.113.9; add it to an interface or choose another one")
    }
}
