import Foundation
import MIPTesting
import Testing

@Suite(
    "mip-node with a log that nobody reads", .enabled(if: IsolatedNode.isPossible, "needs root and TUN devices"))
struct BlockedLogTests {
    @Test("It answers managers, and ends with status 0 after a signal")
    func blocked() async throws {
        let directory = try TemporaryDirectory()
        let control = directory.file("n.sock")
        let configuration = try directory.write(
            """
            name: n
            control: \(control)
            interface: eth0
            home: {agent: 192.0.2.1, address: 192.0.2.10}
            association: {spi: 256, key: 00112233445566778899aabbccddeeff}
            """, to: "n.yaml")
        let log = try FullPipe(directory.file("n.log"))
        let start = #"ip link add eth0 type veth peer name other && exec "$@""#
        let daemon = try ChildProcess(
            "unshare",
            ["--net", "sh", "-c", start, "sh", BuiltProducts.path(of: "mip-node"), "run", "--config", configuration],
            log: directory.file("n.log"))
        try await eventually("an answer") { (try? await Self.isAnswering(control)) == true }
        log.fill()
        // Each of them is worth a line.
        for _ in 0..<20 {
            let manager = try RawManager(socketPath: control)
            manager.send("junk")
            #expect(await manager.next() == nil)
        }
        #expect(try await Self.isAnswering(control))
        #expect(try await daemon.stop() == 0)
        #expect(!FileManager.default.fileExists(atPath: control))
        withExtendedLifetime(log) {}
    }

    private static func isAnswering(_ control: String) async throws -> Bool {
        let manager = try RawManager(socketPath: control)
        manager.send(#"{"method":"org.mipmib.agent.GetInformation","parameters":{}}"#)
        return await manager.next()?.contains(#""name":"n""#) == true
    }
}
