import MIPTesting
import Testing

@Suite(
    "mip-agentd without the rights that it needs",
    .enabled(if: UnprivilegedProgram.isPossible, "needs root, to become another user"))
struct PrivilegeTests {
    @Test(
        "It ends with status 1, says what it may not do and what would let it, and leaves nothing",
        arguments: [
            (
                "127.91.0.1:{port}", "interfaces: [{name: lo}]",
                "frames of the interface 'lo' cannot be read: Operation not permitted; the program needs CAP_NET_RAW"
            ),
            (
                "127.0.0.1:434", "",
                "this user may not bind UDP port 434; give the program CAP_NET_BIND_SERVICE or choose a port above 1023"
            ),
            (
                "127.91.0.1:{port}", "interfaces: [{name: lo, advertise: {}}]",
                "frames of the interface 'lo' cannot be read: Operation not permitted; the program needs CAP_NET_RAW"
            ),
            (
                "127.91.0.1:{port}", "forwarding: {device: mip9, implementation: userSpace}",
                "datagrams cannot be forwarded: /dev/net/tun cannot be opened:"
            ),
        ])
    func refused(address: String, lines: String, message: String) async throws {
        let program = try await UnprivilegedProgram("mip-agentd")
        let address = address.replacing("{port}", with: "\(freePort())")
        let file = try program.write(
            """
            name: a
            control: {folder}/a.sock
            homeAgent: {addresses: ["\(address)"], homeNetworks: [10.0.0.0/8]}
            \(lines)
            """, to: "a.yaml")
        let daemon = try program.start(["--config", file])
        #expect(try await daemon.waitForExit() == 1)
        #expect(daemon.output.contains(message), "\(daemon.output)")
        #expect(program.files.sorted() == ["a.yaml", "mip-agentd"])
    }

    @Test("With addresses above port 1023 and nothing to forward it needs no rights at all")
    func unneeded() async throws {
        let program = try await UnprivilegedProgram("mip-agentd")
        let file = try program.write(
            """
            name: a
            control: {folder}/a.sock
            homeAgent: {addresses: ["127.91.0.2:\(freePort())"], homeNetworks: [10.0.0.0/8]}
            """, to: "a.yaml")
        let daemon = try program.start(["--config", file])
        try await eventually("the first log line") { daemon.output.contains("serving") }
        #expect(try await daemon.stop() == 0)
        #expect(program.files.sorted() == ["a.yaml", "mip-agentd"])
    }
}
