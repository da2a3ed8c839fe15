import AgentModel
import Foundation
import MIPTesting
import Testing

@testable import SNMPAgent

@Suite("Stopping while the AgentX master hangs or ends", .serialized)
struct StopTests {
    /// Stops mip-mibd and returns its exit status and how long that took.
    static func stop(_ bench: SNMPBench) async throws -> (status: Int32?, time: Duration) {
        let start = ContinuousClock.now
        let status = try await bench.daemon?.stop()
        return (status, ContinuousClock.now - start)
    }

    @Test(
        "While snmpd is stopped, mip-mibd ends with status 0 within 2 seconds",
        arguments: [(SNMPBench.Mode.agentx, 0), (.agentx, 1600), (.agentxThroughLibrary, 0)])
    func stopped(mode: SNMPBench.Mode, milliseconds: Int) async throws {
        let bench = try SNMPBench(rows: RobustnessTests.rows(5))
        try await bench.start(mode)
        bench.snmpd?.signal(SIGSTOP)
        try await Task.sleep(for: .milliseconds(milliseconds))
        let (status, time) = try await Self.stop(bench)
        #expect(status == 0, "\(bench.daemon?.output ?? "")")
        #expect(time < .seconds(2))
        bench.snmpd?.signal(SIGCONT)
        try await bench.stop()
    }

    @Test("While snmpd is stopped and its socket is full of notifications, mip-mibd ends with status 0 within 2 seconds")
    func full() async throws {
        let bench = try SNMPBench(
            rows: RobustnessTests.rows(5),
            settings: ["notifications: {send: [registrationDenied], nodeInterval: 0, maximumRate: 0}"])
        try await bench.start(.agentx)
        bench.snmpd?.signal(SIGSTOP)
        let now = await bench.agent.agentTime()
        for number in 0..<3000 {
            await bench.agent.publish([
                .event(
                    AgentEvent(
                        time: now, kind: .registrationDenied, role: .homeAgent, homeAddress: Samples.binding(number).homeAddress,
                        code: 131, message: "wrong authenticator"))
            ])
        }
        try await Task.sleep(for: .milliseconds(500))
        let (status, time) = try await Self.stop(bench)
        #expect(status == 0, "\(bench.daemon?.output ?? "")")
        #expect(time < .seconds(2))
        bench.snmpd?.signal(SIGCONT)
        try await bench.stop()
    }

    @Test("mip-mibd that ends together with snmpd ends with status 0", arguments: 0..<6)
    func together(attempt: Int) async throws {
        let bench = try SNMPBench(rows: RobustnessTests.rows(5))
        try await bench.start(.agentx)
        let both = [bench.snmpd, bench.daemon]
        for child in attempt.isMultiple(of: 2) ? both : both.reversed() { child?.signal(SIGTERM) }
        #expect(try await bench.daemon?.waitForExit() == 0, "\(bench.daemon?.output ?? "")")
        try await bench.stop()
    }

    @Test("mip-mibd survives an snmpd that is killed while it answers nothing, and serves again with the next")
    func killed() async throws {
        let bench = try SNMPBench(rows: RobustnessTests.rows(5))
        try await bench.start(.agentx)
        bench.snmpd?.signal(SIGSTOP)
        try await Task.sleep(for: .milliseconds(1500))
        bench.snmpd?.signal(SIGKILL)
        _ = try await bench.snmpd?.waitForExit()
        try bench.startSnmpd()
        try await bench.waitUntilServed()
        try await bench.stop()
    }

    @Test("A master that sends requests and reads no responses is given up after a second")
    func deaf() {
        let master = AgentXMaster(rows: 50)
        let column: [UInt] = [1, 3, 6, 1, 2, 1, 44, 1, 6, 3, 1, 1, 8]
        let request = AgentXMaster.pdu(AgentXHeader.Kind.getNext, Array(repeating: .init(start: column), count: 60))
        let start = ContinuousClock.now
        while master.outcome != .ended, ContinuousClock.now - start < .seconds(30) {
            master.write(request)
            master.letRead()
        }
        #expect(master.outcome == .ended)
        #expect(ContinuousClock.now - start < .seconds(10))
    }

    @Test("Connecting to a master that hangs does not block for longer than a second, even when its queue of connections is full")
    func connecting() async throws {
        let bench = try SNMPBench(rows: RobustnessTests.rows(5))
        try await bench.start(.agentx)
        bench.snmpd?.signal(SIGSTOP)
        let folder = "/proc/\(bench.daemon?.identifier ?? 0)/task"
        let threads = try FileManager.default.contentsOfDirectory(atPath: folder)
        let thread = try #require(
            threads.first { (try? String(contentsOfFile: "\(folder)/\($0)/comm", encoding: .utf8)) == "snmp\n" })
        /// How often the thread has been waiting, which does not change while it waits.
        func waits() throws -> Substring? {
            try String(contentsOfFile: "\(folder)/\(thread)/status", encoding: .utf8).split(separator: "\n")
                .first { $0.hasPrefix("voluntary_ctxt_switches") }
        }
        try await Task.sleep(for: .seconds(13))
        let before = try waits()
        try await Task.sleep(for: .milliseconds(2500))
        #expect(try waits() != before)
        let (status, time) = try await Self.stop(bench)
        #expect(status == 0)
        #expect(time < .seconds(2))
        bench.snmpd?.signal(SIGCONT)
        try await bench.stop()
    }
}
