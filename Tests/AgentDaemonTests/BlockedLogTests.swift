import Foundation
import MIPTesting
import MobileIPv4
import Testing

@Suite("mip-agentd with a log that nobody reads")
struct BlockedLogTests {
    @Test("It registers nodes, answers managers, and ends within 2 seconds of a signal")
    func blocked() async throws {
        let setting = try Setting()
        let configuration = try setting.directory.write(setting.yaml(), to: "a.yaml")
        let log = try FullPipe(setting.directory.file("a.log"))
        let daemon = try ChildProcess(
            BuiltProducts.path(of: "mip-agentd"), ["--config", configuration], log: setting.directory.file("a.log"))
        try await eventually("the control socket") { FileManager.default.fileExists(atPath: setting.control) }
        #expect(try await setting.node().register(at: setting.home).code == .accepted)
        log.fill()
        // Each of them is worth a line.
        let forger = setting.node(2)
        for _ in 0..<300 {
            var octets = forger.request()
            octets[octets.count - 1] ^= 1
            forger.socket.send(octets, to: setting.home)
        }
        let start = ContinuousClock.now
        #expect(try await setting.node(3).register(at: setting.home).code == .accepted)
        let manager = try RawManager(socketPath: setting.control)
        manager.send(#"{"method":"org.mipmib.agent.GetInformation","parameters":{}}"#)
        #expect(await manager.next()?.contains(#""name":"test""#) == true)
        #expect(ContinuousClock.now - start < .seconds(5))
        let signal = ContinuousClock.now
        #expect(try await daemon.stop() == 0)
        #expect(ContinuousClock.now - signal < .seconds(2))
        #expect(!FileManager.default.fileExists(atPath: setting.control))
        withExtendedLifetime(log) {}
    }
}
