import AgentModel
import Foundation
import MIPTesting
import MobileIPv4
import Testing

@Suite("TimeStamps", .serialized)
struct TimeStampTests {
    /// A row of each table with a TimeStamp, for things that happened at `time`.
    static func rows(at time: Timestamp) -> [StateChange] {
        (0..<12).flatMap { number -> [StateChange] in
            let time = time.adding(milliseconds: Int64(number) * -7)
            var violation = Samples.violation(number)
            violation.recentTime = time
            var node = Samples.mobileNode(number, deniedCode: 131)
            (node.recentAccepted, node.recentDenied, node.servingSince) = (time, time, time)
            var visitor = Samples.visitor(number)
            visitor.created = time
            let tunnel = MobilityTunnel(
                localAddress: IPv4Address(10, 0, 0, 1), remoteAddress: IPv4Address(192, 0, 2, UInt8(number)),
                encapsulation: .ipInIp, since: time)
            return [
                .violation(violation), .mobileNode(node), .visitor(visitor), .tunnel(tunnel),
                .binding(Samples.binding(number, at: time)),
            ]
        }
    }

    /// All TimeStamps of a walk of everything, by instance.
    static func walk(_ bench: SNMPBench) async throws -> [String: UInt32] {
        var found: [String: UInt32] = [:]
        for root in [SNMPBench.root, RobustnessTests.ext] {
            for line in try await bench.snmp("snmpbulkwalk", ["-Cr40", root]).split(separator: "\n") {
                let parts = line.split(separator: " ")
                guard parts.count > 3, parts[2] == "Timeticks:" else { continue }
                found[String(parts[0])] = UInt32(parts[3].dropFirst().dropLast())
            }
        }
        return found
    }

    static func upTime(_ bench: SNMPBench) async throws -> UInt32 {
        let answer = try await bench.snmp("snmpget", [".1.3.6.1.2.1.1.3.0"])
        return try #require(answer.split(separator: "(").dropFirst().first.flatMap { UInt32($0.prefix { $0.isNumber }) })
    }

    /// Starts everything, and then lets the rows happen while the master is running.
    static func bench(_ mode: SNMPBench.Mode) async throws -> (SNMPBench, [String: UInt32]) {
        let bench = try SNMPBench()
        try await bench.start(mode)
        try await Task.sleep(for: .milliseconds(200))
        await bench.agent.publish(rows(at: bench.agent.agentTime()))
        try await eventually("the rows") { try await walk(bench).count >= 12 * 7 }
        return try await (bench, walk(bench))
    }

    @Test("A hundred walks show the same numbers, and none is in the future", arguments: SNMPBench.Mode.reading)
    func walks(mode: SNMPBench.Mode) async throws {
        let (bench, first) = try await Self.bench(mode)
        // Times are late by as much as the quickest message of the first synchronisation was, on a busy machine hundreds of milliseconds.
        try await Task.sleep(for: .seconds(2))
        let upTime = try await Self.upTime(bench)
        #expect(first.values.allSatisfy { $0 <= upTime }, "\(first.values.max() ?? 0) > \(upTime)")
        #expect(first.values.filter { $0 > 0 }.count >= 12 * 7)
        for number in 0..<(mode == .agentxThroughLibrary ? 10 : 100) {
            // Messages of the agent arrive with different delays.
            if number.isMultiple(of: 4) { await bench.agent.publish([.counters(AgentCounters(homeAgent: HomeAgentCounters()))]) }
            let again = try await Self.walk(bench)
            guard again == first else {
                Issue.record("walk \(number): \(again.filter { first[$0.key] != $0.value }.prefix(3)) instead of the first")
                break
            }
        }
        try await bench.stop()
    }

    @Test("A master that hangs, and then opens the session again, moves none; its own restart sets all to 0")
    func master() async throws {
        let (bench, first) = try await Self.bench(.agentx)
        bench.snmpd?.signal(SIGSTOP)
        try await eventually("the loss") { bench.daemon?.output.contains("SNMP is disconnected") == true }
        // More attempts than the master's queue of connections takes.
        try await Task.sleep(for: .seconds(12))
        bench.snmpd?.signal(SIGCONT)
        try await bench.waitUntilServed()
        #expect(try await Self.walk(bench) == first)
        _ = try await bench.snmpd?.stop()
        try bench.startSnmpd()
        try await bench.waitUntilServed()
        let after = try await Self.walk(bench)
        #expect(after.count == first.count)
        #expect(after.values.allSatisfy { $0 == 0 })
        await bench.agent.publish(Self.rows(at: bench.agent.agentTime()))
        try await eventually("the new times") { try await Self.walk(bench).values.contains { $0 > 0 } }
        #expect(try await Self.walk(bench) == Self.walk(bench))
        try await bench.stop()
    }

    @Test("A restart of mip-mibd moves none by more than it takes to find out the clocks again")
    func restart() async throws {
        let (bench, first) = try await Self.bench(.agentx)
        // On a busy machine, any start may be late, including the first: two of a few agree.
        var walks = [first]
        var deviation = Int64.max
        for _ in 0..<8 where deviation > 2 {
            _ = try await bench.daemon?.stop()
            try bench.startDaemon()
            try await bench.waitUntilServed()
            let again = try await Self.walk(bench)
            deviation = walks.map { Self.deviation($0, again) }.min() ?? .max
            walks.append(again)
        }
        #expect(deviation <= 2, "hundredths of a second")
        try await bench.stop()
    }

    private static func deviation(_ a: [String: UInt32], _ b: [String: UInt32]) -> Int64 {
        guard a.count == b.count else { return .max }
        return a.map { name, value -> Int64 in b[name].map { abs(Int64($0) - Int64(value)) } ?? .max }.max() ?? 0
    }
}
