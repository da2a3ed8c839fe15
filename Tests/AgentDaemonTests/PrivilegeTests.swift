import Foundation
import MIPTesting
import Testing

@Suite(
    "mip-agentd without the privileges it needs",
    .enabled(if: UnprivilegedProgram.isPossible, "needs root, to become another user"))
struct PrivilegeTests {
    @Test(
        "It ends with status 1, says what is not permitted and which privilege is needed, and leaves nothing behind",
        arguments: [
            (
                "127.91.0.1:{port}", "interfaces: [{name: lo}]",
                "frames of the interface 'lo' cannot be read: Operation not permitted; the program needs CAP_NET_RAW"
            ),
            (
                "127.91.0.1:{port}", "interfaces: [{name: lo, advertise: {}}]",
                "frames of the interface 'lo' cannot be read: Operation not permitted; the program needs CAP_NET_RAW"
            ),
            (
                "127.91.0.1:{port}", "forwarding: {device: mip9, implementation: userSpace}",
                // The reason depends on the mode of /dev/net/tun.
                "cannot forward datagrams: "
            ),
        ])
    func refused(address: String, lines: String, message: String) async throws {
        try await expect(message, address: address.replacing("{port}", with: "\(freePort())"), lines: lines)
    }

    @Test(
        "The port of RFC 5944 is refused where ports below 1024 are privileged",
        .enabled("needs namespaces") { await TunnelDevice.isPossible() })
    func privilegedPort() async throws {
        try await expect(
            "this user may not bind UDP port 434; give the program CAP_NET_BIND_SERVICE or choose a port above 1023",
            address: "127.0.0.1:434", device: .ofRoot)
    }

    private static let forwarding = "forwarding: {device: mip9, implementation: userSpace}"

    @Test(
        "Without a /dev/net/tun that this user can open, it says why, and what the device must be like",
        .enabled("needs namespaces") { await TunnelDevice.isPossible() },
        arguments: [(TunnelDevice.absent, "No such file or directory"), (.ofRoot, "Permission denied")])
    func closedDevice(device: TunnelDevice, reason: String) async throws {
        try await expect(
            "cannot forward datagrams: cannot open /dev/net/tun: \(reason)", address: "127.91.0.1:4434",
            lines: Self.forwarding, device: device)
    }

    @Test(
        "With a /dev/net/tun that everybody can open, as created by udev, it names the missing capability",
        .enabled("needs namespaces and the TUN driver") { await TunnelDevice.hasDriver() })
    func openDevice() async throws {
        try await expect(
            "cannot forward datagrams: cannot create the device 'mip9': Operation not permitted; the program needs CAP_NET_ADMIN",
            address: "127.91.0.1:4434", lines: Self.forwarding, device: .ofEverybody)
    }

    @Test("Started by root with nothing to forward, no thread keeps any capability once the agent serves")
    func dropped() async throws {
        let directory = try TemporaryDirectory()
        let file = try directory.write(
            """
            name: a
            control: \(directory.file("a.sock"))
            homeAgent: {addresses: ["127.91.0.3:\(freePort())"], homeNetworks: [10.0.0.0/8]}
            """, to: "a.yaml")
        let daemon = try ChildProcess(
            BuiltProducts.path(of: "mip-agentd"), ["--config", file], log: directory.file("log"))
        try await eventually("the first log line") { daemon.output.contains("serving") }
        let threads = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(daemon.identifier)/task")
        #expect(threads.count > 1)
        for thread in threads {
            let status = try String(contentsOfFile: "/proc/\(daemon.identifier)/task/\(thread)/status", encoding: .utf8)
            for name in ["CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"] {
                #expect(status.contains("\(name):\t0000000000000000\n"), "\(status)")
            }
            #expect(status.contains("NoNewPrivs:\t1\n"))
        }
        #expect(try await daemon.stop() == 0)
    }

    private func expect(_ message: String, address: String, lines: String = "", device: TunnelDevice? = nil) async throws {
        let program = try await UnprivilegedProgram("mip-agentd")
        let file = try program.write(
            """
            name: a
            control: {folder}/a.sock
            homeAgent: {addresses: ["\(address)"], homeNetworks: [10.0.0.0/8]}
            \(lines)
            """, to: "a.yaml")
        let daemon = try program.start(["--config", file], device: device)
        #expect(try await daemon.waitForExit() == 1)
        #expect(daemon.output.contains(message), "\(daemon.output)")
        #expect(program.files.sorted() == ["a.yaml", "mip-agentd"])
    }

    @Test("With ports above 1023 and nothing to forward, it needs no privileges at all")
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
