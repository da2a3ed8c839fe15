import AgentModel
import Foundation
import MIPTesting
import Testing

@testable import SNMPAgent

@Suite("mip-mibd and an AgentX master that makes use of RFC 2741", .serialized)
struct MasterTests {
    /// What agentx_master.py prints.
    struct Report: Decodable {
        var opens: Int
        /// Number of Register PDUs in each context.
        var registrations: [String: Int]
        var gets: Int
        var values: Int
        /// Seconds from Close until the subagent closed the connection, and until its next one.
        var closed: Double
        var again: Double
    }

    static let statuses: [(Int, String)] = [(262, "unsupportedContext"), (267, "requestDenied")]

    @Test(
        "A context that the master refuses is named once and tried again, while the default context is served; Close is heeded at once",
        arguments: statuses)
    func refusedContext(status: Int, name: String) async throws {
        let bench = try SNMPBench()
        try await bench.agent.start()
        let master = try ChildProcess(
            BuiltProducts.python,
            [BuiltProducts.client("agentx_master.py"), bench.directory.file("agentx"), "home", "\(status)", "5"],
            log: bench.directory.file("master.log"))
        try await eventually("the master") { master.output.contains("listening") }
        try bench.startDaemon()
        try await eventually("the report") { master.output.contains("\n{") }
        let line = try #require(master.output.split(separator: "\n").last { $0.hasPrefix("{") })
        let report = try JSONDecoder().decode(Report.self, from: Data(line.utf8))
        #expect(report.opens == 1)
        // One for each module; those of the refused context are repeated.
        #expect(report.registrations[""] == 2)
        #expect(report.registrations["home", default: 0] > 2)
        #expect(report.gets > 20 && report.values >= report.gets, "\(report)")
        // The next ping would reveal it after a second at the latest.
        #expect(report.closed < 0.5)
        #expect(report.again < 5)
        // The log is complete once the daemon has ended: a thread of its own writes the lines.
        try await bench.daemon?.stop()
        let log = bench.daemon?.output.split(separator: "\n") ?? []
        let refusals = log.filter { $0.contains("refused the registration") }
        #expect(refusals.count == 1 && refusals[0].contains("context=home"), "\(refusals)")
        #expect(refusals.first?.contains("\(name) (\(status))") == true, "\(refusals)")
        #expect(log.contains { $0.contains("accepted the registration") && $0.contains("context=home") })
        #expect(log.contains { $0.contains("the AgentX master closed the session (timeouts)") })
        #expect(log.count { $0.contains("SNMP is disconnected") } == 1)
        try await master.stop()
        try await bench.stop()
    }

    @Test("A missing master is logged once, with what to do, and shown in the status")
    func missing() async throws {
        let bench = try SNMPBench()
        try await bench.agent.start()
        try bench.startDaemon()
        func lines() -> [Substring] {
            bench.daemon?.output.split(separator: "\n").filter { $0.contains("SNMP is disconnected") } ?? []
        }
        try await eventually("the line") { !lines().isEmpty }
        // Several attempts of the library.
        try await Task.sleep(for: .seconds(3))
        #expect(lines().count == 1)
        let line = try #require(lines().first)
        #expect(line.contains("warning") || line.contains("WARNING"), "\(line)")
        #expect(line.contains("there is no such socket; add 'master agentx' to snmpd.conf"), "\(line)")
        try await bench.stop()
    }

    @Test(
        "The cause of a missing master is named with what to do",
        arguments: [
            (ENOENT, "add 'master agentx' to snmpd.conf"), (ECONNREFUSED, "start snmpd"), (EACCES, "permission denied; "),
            (0, "restart snmpd"),
        ])
    func causes(code: CInt, advice: String) {
        #expect(MasterProblem.cause("/nowhere", code).contains(advice))
    }

    /// What agentx_late_master.py prints.
    struct LateReport: Decodable {
        var opens: Int
        /// Register PDUs in the default context.
        var registrations: Int
        var pings: Int
        /// Seconds from the Ping that is not answered until the subagent closed the connection.
        var ended: Double
    }

    /// Runs mip-mibd with a master that is late in this way, and returns what the master saw and what mip-mibd logged.
    private static func late(_ name: String, seconds: Int) async throws -> (report: LateReport, log: [Substring]) {
        let bench = try SNMPBench()
        try await bench.agent.start()
        let master = try ChildProcess(
            BuiltProducts.python,
            [BuiltProducts.client("agentx_late_master.py"), bench.directory.file("agentx"), name, "\(seconds)"],
            log: bench.directory.file("master.log"))
        try await eventually("the master") { master.output.contains("listening") }
        try bench.startDaemon()
        try await eventually("the report") { master.output.contains("\n{") }
        let line = try #require(master.output.split(separator: "\n").last { $0.hasPrefix("{") })
        try await bench.stop()
        let log = bench.daemon?.output.split(separator: "\n") ?? []
        return (try JSONDecoder().decode(LateReport.self, from: Data(line.utf8)), log)
    }

    @Test("A registration that is not answered in time is reported, and made again until it is accepted")
    func lateRegister() async throws {
        let (report, log) = try await Self.late("register", seconds: 5)
        #expect(report.opens == 1)
        // One for each module, and again.
        #expect(report.registrations > 2, "\(report)")
        #expect(
            log.count { $0.contains("did not answer the registration") && $0.contains("context=default") } == 1,
            "\(log.joined(separator: "\n"))")
        #expect(log.contains { $0.contains("accepted the registration") && $0.contains("context=default") })
    }

    @Test("A master that is busy for 1.5 seconds keeps its session")
    func latePing() async throws {
        let (report, _) = try await Self.late("ping", seconds: 5)
        #expect(report.opens == 1 && report.pings > 1, "\(report)")
    }

    @Test("A master that sends requests without a pause, and answers no Ping, is given up")
    func chatter() async throws {
        let (report, _) = try await Self.late("chatter", seconds: 8)
        #expect(report.opens > 1 && report.ended < 5, "\(report)")
    }

    @Test(
        "A source 'default' is any address of IPv4 and IPv6, over UDP and TCP; the others are of their own family",
        arguments: [("default", true, true), ("127.0.0.0/8", true, false), ("::1", false, true)])
    func sources(source: String, ipv4: Bool, ipv6: Bool) async throws {
        let bench = try SNMPBench()
        let port = bench.snmpPort
        try bench.directory.write(
            """
            agents: [{name: home, control: \(bench.directory.file("home.sock"))}]
            runtimeDirectory: \(bench.directory.file("runtime3"))
            stateFile: \(bench.directory.file("state3.json"))
            snmp:
              standalone:
                listen: ["udp:127.0.0.1:\(port)", "udp6:[::1]:\(port)", "tcp:127.0.0.1:\(port)", "tcp6:[::1]:\(port)"]
                communities: [{name: public, source: "\(source)"}]
            """, to: "sources.yaml")
        try bench.startDaemon("sources.yaml")
        func answers(_ address: String) async throws -> Bool {
            let result = try await ChildProcess.run(
                "snmpget",
                ["-v2c", "-c", "public", "-t", "0.7", "-r", "0", "-Oqv", "\(address):\(port)", ".1.3.6.1.2.1.1.3.0"])
            return result.status == 0 && !result.output.isEmpty
        }
        try await eventually("SNMP") { try await answers(ipv4 ? "udp:127.0.0.1" : "udp6:[::1]") }
        for transport in ["udp", "tcp"] {
            #expect(try await answers("\(transport):127.0.0.1") == ipv4, "\(transport)")
            #expect(try await answers("\(transport)6:[::1]") == ipv6, "\(transport)6")
        }
        try await bench.stop()
    }
}
