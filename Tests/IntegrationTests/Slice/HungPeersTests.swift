import Foundation
import MIPTesting
import Testing

/// Every daemon ends with status 0 within two seconds of a signal, whatever those it talks to do.
@Suite("Stopping while all others hang", .serialized)
struct HungPeersTests {
    /// A connection that sends what it is given and never reads.
    final class DeafClient {
        private let descriptor: CInt

        init(port: UInt16, _ text: String = "") throws {
            descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
            address.sin_port = port.bigEndian
            let isConnected = withUnsafePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
                }
            }
            guard isConnected else { throw TimedOut(description: "cannot connect to port \(port)") }
            _ = send(descriptor, text, text.utf8.count, CInt(MSG_DONTWAIT) | CInt(MSG_NOSIGNAL))
        }

        deinit { close(descriptor) }
    }

    /// Sends SIGTERM and expects an end in time.
    static func expectEnd(of name: String, _ process: ChildProcess?) async throws {
        let process = try #require(process)
        let start = ContinuousClock.now
        #expect(try await process.stop() == 0, "\(name)")
        #expect(ContinuousClock.now - start < .seconds(2), "\(name)")
    }

    @Test("mip-mibd and both agents end with status 0 within 2 seconds, and nobody reads their logs")
    func daemons() async throws {
        let slice = try Slice()
        let logs = try ["home", "foreign", "mip-mibd"].map { try FullPipe(slice.directory.file("\($0).log")) }
        try slice.startAgents()
        try await eventually("the control sockets") {
            ["home", "foreign"].allSatisfy { FileManager.default.fileExists(atPath: slice.directory.file("\($0).sock")) }
        }
        try slice.startManagement()
        try await slice.waitForManagement()
        #expect(
            try await slice.node(["--count", "20", "--first-home-address", "127.40.0.1", "--care-of-address", "192.0.2.66"])
                .status
                == 0)
        let head = "Host: 127.0.0.1\r\n"
        let texts: [String] = [
            "", "GET /v1/status HTT", "GET /v1/events HTTP/1.1\r\n\(head)Accept: text/event-stream\r\n\r\n",
            String(repeating: "GET /metrics HTTP/1.1\r\n\(head)\r\n", count: 400),
            "PATCH /v1/settings/home HTTP/1.1\r\n\(head)Authorization: \(ManagementToken.authorization)\r\n"
                + "Content-Type: application/json\r\nContent-Length: 500\r\n\r\n{",
        ]
        let clients = try texts.map { try DeafClient(port: slice.httpPort, $0) }
        let subscribe = #"{"method":"org.mipmib.agent.Subscribe","more":true,"parameters":{}}"#
        let managers = try ["home", "foreign"].flatMap { name in
            try ["", String(subscribe.dropLast()), subscribe].map { call in
                let manager = try RawManager(socketPath: slice.directory.file("\(name).sock"))
                if !call.isEmpty { manager.send(call) }
                return manager
            }
        }
        for name in ["snmpd", "home", "foreign"] { slice.processes[name]?.signal(SIGSTOP) }
        for log in logs { log.fill() }
        try await Task.sleep(for: .milliseconds(200))
        try await Self.expectEnd(of: "mip-mibd", slice.processes["mip-mibd"])
        // The foreign agent waits for replies of a home agent that hangs.
        slice.processes["foreign"]?.signal(SIGCONT)
        let waiting = try ChildProcess(
            BuiltProducts.path(of: "mip-node"),
            [
                "register", "--home-agent", "\(slice.homeAgent)", "--foreign-agent", "\(slice.foreignAgent)", "--spi", "256",
                "--key-file", slice.directory.file("node.key"), "--count", "50", "--first-home-address", "127.40.0.50",
                "--care-of-address", "127.0.0.2",
            ], log: slice.directory.file("waiting.log"))
        try await Task.sleep(for: .milliseconds(300))
        try await Self.expectEnd(of: "the foreign agent", slice.processes["foreign"])
        slice.processes["home"]?.signal(SIGCONT)
        try await Self.expectEnd(of: "the home agent", slice.processes["home"])
        waiting.signal(SIGKILL)
        slice.processes["snmpd"]?.signal(SIGKILL)
        withExtendedLifetime((clients, managers)) {}
    }

    @Test("mip-mibd whose log nobody reads answers SNMP and HTTP after refused SETs, each of which is worth a line")
    func unreadLog() async throws {
        let slice = try Slice()
        let log = try FullPipe(slice.directory.file("mip-mibd.log"))
        try slice.startAgents()
        try await slice.waitForAgents()
        try slice.startManagement()
        try await slice.waitForManagement()
        log.fill()
        // mipEnable, which only a configuration with 'writable' lets managers write.
        for _ in 0..<10 {
            _ = try await ChildProcess.run(
                "snmpset",
                [
                    "-v2c", "-c", "private", "-t", "1", "-r", "0", "127.0.0.1:\(slice.snmpPort)", ".1.3.6.1.2.1.44.1.1.2.0", "i",
                    "1",
                ])
        }
        #expect(try await slice.snmp("snmpget", ["-Oqv"], ".1.3.6.1.2.1.44.1.1.2.0") == "1\n")
        #expect(try await slice.get("/v1/status").contains("synchronized"))
        try await Self.expectEnd(of: "mip-mibd", slice.processes["mip-mibd"])
        withExtendedLifetime(log) {}
        try await slice.stop()
    }

    @Test("mip-mibd that serves SNMP itself ends within 2 seconds while managers and receivers of notifications do not read")
    func standalone() async throws {
        let slice = try Slice(everyTransport: true)
        try slice.configureManagement(
            .standalone,
            standalone: ["sinks: [{address: \"udp:192.0.2.1:162\", inform: true}, {address: \"udp:no-such-host.invalid:162\"}]"],
            settings: ["notifications: {nodeInterval: 0}"])
        try slice.startAgents()
        try await slice.waitForAgents()
        try slice.startManagement(.standalone)
        try await slice.waitForManagement()
        let client = try DeafClient(port: slice.snmpPort, String(repeating: "0", count: 3))
        try await Self.expectEnd(of: "mip-mibd", slice.processes["mip-mibd"])
        withExtendedLifetime(client) {}
        try await slice.stop()
    }

    @Test("mip-node register ends within 2 seconds while the home agent hangs", arguments: [["--keep"], []])
    func registered(options: [String]) async throws {
        let slice = try Slice()
        try slice.startAgents()
        try await slice.waitForAgents()
        if options.isEmpty { slice.processes["home"]?.signal(SIGSTOP) }
        let node = try ChildProcess(
            BuiltProducts.path(of: "mip-node"),
            [
                "register", "--home-agent", "\(slice.homeAgent)", "--spi", "256", "--key-file", slice.directory.file("node.key"),
                "--first-home-address", "127.40.0.1", "--care-of-address", "192.0.2.66", "--deregister",
            ] + options, log: slice.directory.file("node.log"))
        if options.isEmpty {
            try await eventually("the handling of SIGTERM") { node.handles(SIGTERM) }
            // Time in which to send its request, so that it is waiting for the reply.
            try await Task.sleep(for: .milliseconds(300))
        } else {
            try await eventually("the registration") { try await slice.command(["bindings"]).output.contains("127.40.0.1") }
            slice.processes["home"]?.signal(SIGSTOP)
        }
        let start = ContinuousClock.now
        #expect(try await node.stop() == (options.isEmpty ? 1 : 0))
        #expect(ContinuousClock.now - start < .seconds(2))
        slice.processes["home"]?.signal(SIGCONT)
        try await slice.stop()
    }

    @Test("mip-node ends within 2 seconds while its home agent hangs", .enabled(if: Laboratory.isPossible))
    func node() async throws {
        let lab = try Laboratory()
        try await lab.run("up")
        try await lab.run("move", "co-located")
        let home = try Self.process("home-agent", of: lab)
        let node = try Self.process("node", of: lab)
        kill(home, SIGSTOP)
        let start = ContinuousClock.now
        kill(node, SIGTERM)
        while Self.runs(node), ContinuousClock.now - start < .seconds(10) { try await Task.sleep(for: .milliseconds(10)) }
        #expect(ContinuousClock.now - start < .seconds(2))
        #expect(lab.log("node").contains("stopped"))
        kill(home, SIGCONT)
        try await lab.run("down")
    }

    private static func process(_ name: String, of lab: Laboratory) throws -> pid_t {
        let text = try String(contentsOfFile: "/tmp/mip-\(lab.name)/\(name).pid", encoding: .utf8)
        return try #require(pid_t(text.trimmingCharacters(in: .whitespacesAndNewlines)))
    }

    /// Whether a process has not ended, reaped or not.
    private static func runs(_ process: pid_t) -> Bool {
        guard let status = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) else { return false }
        return status.split(separator: ")").last?.split(separator: " ").first != "Z"
    }
}
