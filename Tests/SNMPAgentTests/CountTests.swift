import AgentModel
import Foundation
import MIPTesting
import MobileIPv4
import Testing

/// The cost of reading, in numbers that do not depend on the machine's speed.
@Suite("Counts of a walk", .serialized)
struct CountTests {
    static let rows = 200

    static func bench(_ mode: SNMPBench.Mode) async throws -> SNMPBench {
        let bench = try SNMPBench(rows: RobustnessTests.rows(rows), hasHTTP: true)
        try await bench.start(mode)
        let last = Samples.binding(rows - 1).key
        try await eventually("the last row") {
            try await bench.snmp("snmpget", ["\(RobustnessTests.bindings).8.\(last.homeAddress).\(last.careOfAddress)"])
                .contains("Gauge32")
        }
        return bench
    }

    /// The number of calls that mip-mibd answered, and of variables in them.
    static func calls(_ bench: SNMPBench) async throws -> (calls: Int, variables: Int) {
        struct Status: Decodable {
            struct SNMP: Decodable {
                var handlerCalls: Int
                var variablesServed: Int
            }
            var snmp: SNMP
        }
        let result = try await ChildProcess.run("curl", ["-sS", "http://127.0.0.1:\(bench.httpPort)/v1/status"])
        let status = try JSONDecoder().decode(Status.self, from: Data(result.output.utf8))
        return (status.snmp.handlerCalls, status.snmp.variablesServed)
    }

    /// Calls for one walk of a column with GETBULK of 50, not counting those for the first step and for what comes after the column: under
    /// AgentX one for each row, because snmpd requests row by row; standalone one for each request.
    @Test(
        "A walk takes one call per row through snmpd and one per request standalone",
        arguments: [(SNMPBench.Mode.agentx, rows), (.agentxThroughLibrary, rows), (.standalone, rows / 50)])
    func column(mode: SNMPBench.Mode, least: Int) async throws {
        let bench = try await Self.bench(mode)
        let before = try await Self.calls(bench)
        let walk = try await bench.snmp("snmpbulkwalk", ["-Cr50", RobustnessTests.bindings + ".8"])
        let after = try await Self.calls(bench)
        #expect(SNMPAgentTests.oids(walk).count == Self.rows)
        // snmpd requests up to 50 rows beyond the end of the column, which are rows of the next column.
        #expect((least...least + (mode.hasMaster ? 55 : 5)).contains(after.calls - before.calls))
        try await bench.stop()
    }

    @Test("Columns requested together share calls", arguments: SNMPBench.Mode.reading)
    func together(mode: SNMPBench.Mode) async throws {
        let bench = try await Self.bench(mode)
        let columns = (1...8).map { "\(RobustnessTests.bindings).\($0)" }
        let before = try await Self.calls(bench)
        let answer = try await ChildProcess.run(
            "snmpbulkget", ["-v2c", "-c", "public", "-On", "-Cr10", "127.0.0.1:\(bench.snmpPort)"] + columns
        ).output
        let after = try await Self.calls(bench)
        #expect(SNMPAgentTests.oids(answer).count == 80)
        #expect(after.calls - before.calls <= (mode.hasMaster ? 11 : 1))
        #expect(after.variables - before.variables >= 80)
        try await bench.stop()
    }

    static let mayTrace =
        geteuid() == 0
        || (try? String(contentsOfFile: "/proc/sys/kernel/yama/ptrace_scope", encoding: .utf8))?.hasPrefix("0") ?? true

    /// System calls of the thread that serves SNMP. Polling for the next request is not counted, because its calls depend on when that
    /// arrives.
    static func systemCalls(of bench: SNMPBench, during work: () async throws -> Void) async throws -> Int {
        let process = try #require(bench.daemon?.identifier)
        let threads = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/task")
        let thread = try #require(
            threads.first {
                (try? String(contentsOfFile: "/proc/\(process)/task/\($0)/comm", encoding: .utf8)) == "snmp\n"
            })
        let file = bench.directory.file("calls")
        let tracer = try ChildProcess("strace", ["-o", file, "-p", thread], log: bench.directory.file("strace.log"))
        try await eventually("strace") { tracer.output.contains("attached") }
        try await work()
        try await tracer.stop()
        let lines = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
        return lines.count { line in
            !line.hasPrefix("sched_yield") && !(line.hasPrefix("recvfrom") && line.contains("EAGAIN")) && !line.hasPrefix("+++")
                && !line.hasPrefix("---")
        }
    }

    /// Through snmpd: wait, receive, send. The library adds a pipe to itself and queries of the socket. Standalone the library also reads
    /// the files of hosts_access(5) for each request, but a request has 50 rows.
    @Test(
        "System calls per row", .enabled(if: mayTrace),
        arguments: [(SNMPBench.Mode.agentx, 3), (.agentxThroughLibrary, 14), (.standalone, 1)])
    func systemCalls(mode: SNMPBench.Mode, most: Int) async throws {
        let bench = try await Self.bench(mode)
        var found = 0
        let calls = try await Self.systemCalls(of: bench) {
            let walk = try await bench.snmp("snmpbulkwalk", ["-Cr50", "-t", "20", RobustnessTests.bindings + ".8"])
            found = SNMPAgentTests.oids(walk).count
        }
        #expect(found == Self.rows)
        // In addition to the walk there are pings of the master, one per second.
        #expect(calls <= most * (Self.rows + 50) + 100, "\(calls)")
        print("system calls, \(mode): \(calls)")
        try await bench.stop()
    }
}
