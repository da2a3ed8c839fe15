import MIPTesting
import Testing

@Suite(
    "mip-node without the capabilities that it needs",
    .enabled(if: UnprivilegedProgram.isPossible, "needs root, to become another user"))
struct PrivilegeTests {
    @Test("It exits with status 1, reports what is not permitted and which capability it needs, and leaves nothing behind")
    func refused() async throws {
        let program = try await UnprivilegedProgram("mip-node")
        let file = try program.write(
            """
            name: n
            control: {folder}/n.sock
            interface: lo
            home: {agent: 192.0.2.1, address: 192.0.2.10}
            association: {spi: 256, key: 00112233445566778899aabbccddeeff}
            """, to: "n.yaml")
        let daemon = try program.start(["run", "--config", file])
        #expect(try await daemon.waitForExit() == 1)
        #expect(
            daemon.output.contains(
                "the node cannot start: frames of the interface 'lo' cannot be read: Operation not permitted; the program needs CAP_NET_RAW"
            ), "\(daemon.output)")
        #expect(program.files.sorted() == ["mip-node", "n.yaml"])
    }
}
