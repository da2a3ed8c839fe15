import AgentModel
import Foundation
import MIPTesting
import MobileIPv4
import Testing

@Suite("SNMP under churn, hung parts, garbage and bursts", .serialized)
struct RobustnessTests {
    static let bindings = ".1.3.6.1.2.1.44.1.6.3.1.1"
    static let ext = ".1.3.6.1.4.1.8072.9999.9999.44"

    static func rows(_ count: Int) -> [StateChange] {
        [.counters(AgentCounters(homeAgent: HomeAgentCounters()))] + (0..<count).map { .binding(Samples.binding($0)) }
    }

    @Test(
        "A walk while bindings are added and removed ends, only goes forward, and finds all bindings present throughout",
        arguments: SNMPBench.Mode.reading)
    func churn(mode: SNMPBench.Mode) async throws {
        let bench = try SNMPBench(rows: Self.rows(200))
        try await bench.start(mode)
        let agent = bench.agent
        let churn = Task.detached {
            var number = 1000
            while !Task.isCancelled {
                await agent.publish((0..<10).map { .binding(Samples.binding(number + $0)) })
                await agent.publish((0..<10).map { .bindingRemoved(Samples.binding(number + $0).key, .expired) })
                number += 10
                try? await Task.sleep(for: .milliseconds(10))
            }
        }
        for _ in 0..<3 {
            let walk = try await bench.snmp("snmpbulkwalk", ["-Cr20", Self.bindings + ".1"])
            let oids = SNMPAgentTests.oids(walk)
            #expect(SNMPAgentTests.isIncreasing(oids))
            let found = Set(oids)
            for number in 0..<200 {
                let key = Samples.binding(number).key
                #expect(found.contains("\(Self.bindings).1.\(key.homeAddress).\(key.careOfAddress)"))
            }
        }
        churn.cancel()
        await churn.value
        try await bench.checkWalk()
        try await bench.stop()
    }

    @Test("All columns of one request are of one version of the row", arguments: SNMPBench.Mode.reading)
    func oneVersion(mode: SNMPBench.Mode) async throws {
        // Both halves of the identification are the version of the row.
        func row(_ version: UInt32) -> StateChange {
            var row = Samples.binding(0)
            row.identification = Identification(high: version, low: version)
            return .binding(row)
        }
        let bench = try SNMPBench(rows: Self.rows(0) + [row(0)])
        try await bench.start(mode)
        let agent = bench.agent
        let writer = Task.detached {
            var version: UInt32 = 1
            while !Task.isCancelled {
                await agent.publish([row(version)])
                version += 1
                // Some thousands per second: an agent that never pauses fills its reader's buffer, and the reader is then disconnected.
                try? await Task.sleep(for: .microseconds(200))
            }
        }
        let index = "10.0.1.0.192.0.2.0"
        var seen: Set<String> = []
        for _ in 0..<30 {
            let result = try await ChildProcess.run(
                "snmpget",
                [
                    "-v2c", "-c", "public", "-Oqv", "127.0.0.1:\(bench.snmpPort)", "\(Self.bindings).5.\(index)",
                    "\(Self.bindings).6.\(index)",
                ])
            let values = result.output.split(separator: "\n").map(String.init)
            #expect(values.count == 2 && values[0] == values[1], "\(result.output)")
            seen.formUnion(values)
        }
        #expect(seen.count > 3)
        writer.cancel()
        await writer.value
        try await bench.stop()
    }

    @Test("While mip-mibd is stopped, other objects answer at once, and its own fail and recover")
    func stoppedDaemon() async throws {
        let bench = try SNMPBench(rows: Self.rows(5))
        try await bench.start(.agentx)
        bench.daemon?.signal(SIGSTOP)
        // The quickest of a few: a busy machine only ever adds time.
        var quickest = Duration.seconds(60)
        for _ in 0..<5 {
            let start = ContinuousClock.now
            #expect(try await bench.snmp("snmpget", [".1.3.6.1.2.1.1.3.0"]).contains("Timeticks"))
            quickest = min(quickest, ContinuousClock.now - start)
        }
        #expect(quickest < .seconds(1))
        #expect(try await !bench.answers())
        bench.daemon?.signal(SIGCONT)
        try await bench.waitUntilServed()
        try await bench.stop()
    }

    @Test("SIGTERM closes the session: the subtree disappears at once, and the next mip-mibd is not refused")
    func properClose() async throws {
        let bench = try SNMPBench(rows: Self.rows(5))
        try await bench.start(.agentx)
        #expect(try await bench.daemon?.stop() == 0)
        #expect(try await bench.snmp("snmpget", [SNMPBench.root + ".1.1.1.0"]).contains("No Such Object"))
        try bench.startDaemon()
        try await bench.waitUntilServed()
        #expect(bench.daemon?.output.contains("refused the registration") == false)
        try await bench.stop()
    }

    @Test("Mutated requests change nothing: the agent continues to answer and does not grow")
    func garbage() async throws {
        let bench = try SNMPBench(rows: Self.rows(20))
        try await bench.start(.standalone)
        func resident() throws -> Int {
            let text = try String(contentsOfFile: "/proc/\(bench.daemon?.identifier ?? 0)/statm", encoding: .utf8)
            return try #require(text.split(separator: " ").dropFirst().first.flatMap { Int($0) }) * 4096
        }
        // GetRequest, GetNextRequest, GetBulkRequest and SetRequest of haMobilityBindingMN, with community public.
        func message(_ kind: UInt8) -> [UInt8] {
            let name: [UInt8] = [0x06, 0x0C, 0x2B, 0x06, 0x01, 0x02, 0x01, 0x2C, 0x01, 0x06, 0x03, 0x01, 0x01, 0x01]
            let binding = [0x30, UInt8(name.count + 2)] + name + [0x05, 0x00]
            let bindings = [0x30, UInt8(binding.count)] + binding
            let body: [UInt8] = [0x02, 0x01, 0x07, 0x02, 0x01, 0x00, 0x02, 0x01, 0x0A] + bindings
            let pdu = [kind, UInt8(body.count)] + body
            let head: [UInt8] = [0x02, 0x01, 0x01, 0x04, 0x06] + Array("public".utf8)
            return [0x30, UInt8(head.count + pdu.count)] + head + pdu
        }
        var random = SeededGenerator(seed: 2006)
        let descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        address.sin_port = bench.snmpPort.bigEndian
        func send(_ octets: [UInt8]) {
            withUnsafePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    _ = sendto(descriptor, octets, octets.count, 0, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
        }
        let before = try resident()
        for round in 0..<5000 {
            var octets = message([0xA0, 0xA1, 0xA5, 0xA3][round % 4])
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                switch Int.random(in: 0..<3, using: &random) {
                case 0: octets[Int.random(in: 0..<octets.count, using: &random)] = UInt8.random(in: .min ... .max, using: &random)
                case 1: octets.removeLast(min(octets.count - 1, Int.random(in: 0..<8, using: &random)))
                default:
                    octets.insert(
                        UInt8.random(in: .min ... .max, using: &random), at: Int.random(in: 0..<octets.count, using: &random))
                }
            }
            send(octets)
            if round % 500 == 0 { #expect(try await bench.answers()) }
        }
        #expect(try await bench.answers())
        #expect(bench.daemon?.isRunning == true)
        #expect(try resident() - before < 20 << 20)
        try await bench.stop()
    }

    @Test("A master that sends nonsense does not stop mip-mibd, which reconnects to a proper one")
    func nonsenseMaster() async throws {
        let bench = try SNMPBench(rows: Self.rows(5))
        try await bench.agent.start()
        let master = try ChildProcess(
            BuiltProducts.python, [BuiltProducts.client("agentx_nonsense.py"), bench.directory.file("agentx"), "40"],
            log: bench.directory.file("nonsense.log"))
        try await eventually("the master") { master.output.contains("listening") }
        try bench.startDaemon()
        // The master answers each connection with different nonsense, then exits.
        #expect(try await master.waitForExit(within: .seconds(120)) == 0)
        #expect(bench.daemon?.isRunning == true)
        try? FileManager.default.removeItem(atPath: bench.directory.file("agentx"))
        try bench.startSnmpd()
        try await bench.waitUntilServed()
        try await bench.stop()
    }

    @Test("A burst of 5,000 events blocks neither snmpd nor mip-mibd", arguments: SNMPBench.Mode.allCases)
    func burst(mode: SNMPBench.Mode) async throws {
        let bench = try SNMPBench(rows: Self.rows(5))
        try await bench.start(mode)
        #expect(try await bench.set([Self.ext + ".1.10.2.0", "u", "0", Self.ext + ".1.10.3.0", "u", "0"]).isDone)
        let events = (0..<5000).map { number in
            StateChange.event(
                AgentEvent(
                    time: Samples.start, kind: .registered, role: .homeAgent,
                    homeAddress: IPv4Address(rawValue: 0x0A01_0000 + UInt32(number)), message: "a test"))
        }
        let agent = bench.agent
        let publishing = Task.detached {
            for start in stride(from: 0, to: events.count, by: 100) {
                await agent.publish(Array(events[start..<start + 100]))
                try? await Task.sleep(for: .milliseconds(2))
            }
        }
        var slowest = Duration.zero
        for _ in 0..<20 {
            let start = ContinuousClock.now
            #expect(try await bench.answers())
            slowest = max(slowest, ContinuousClock.now - start)
        }
        #expect(slowest < .seconds(5))
        await publishing.value
        func count(_ column: Int) async throws -> Int {
            let text = try await bench.snmp("snmpget", ["-Oqv", "\(Self.ext).1.10.1.1.\(column).1"])
            return Int(text.trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0
        }
        var counts = (sent: 0, suppressed: 0)
        do {
            try await eventually("all of them sent or counted as suppressed") {
                counts = (try await count(3), try await count(4))
                return counts.sent + counts.suppressed == 5000
            }
        } catch {
            Issue.record("\(error): \(counts); the log of mip-mibd:\n\(bench.daemon?.output.suffix(2000) ?? "")")
        }
        #expect(try await bench.answers())
        try await bench.stop()
    }
}
