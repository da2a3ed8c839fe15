import Foundation
import MIPTesting
import MobileIPv4
import Testing

@Suite("Times in the master's sysUpTime, across restarts of each part", .serialized)
struct DiscontinuityTests {
    static let ext = ".1.3.6.1.4.1.8072.9999.9999.44"
    static let discontinuity = ext + ".1.1.13.0"
    static let datagrams = ext + ".1.3.1.0"
    static let upTime = ".1.3.6.1.2.1.1.3.0"
    static let violation = ".1.3.6.1.2.1.44.1.2.6.1.5.2.4.127.40.0.66"

    static func number(_ slice: Slice, _ oid: String) async throws -> Int? {
        Int(try await slice.snmp("snmpget", ["-Oqv", "-Ot"], oid).trimmingCharacters(in: .whitespacesAndNewlines))
    }

    @Test("A restart of the agent is a discontinuity, one of mip-mibd is not, and one of snmpd resets both clocks")
    func restarts() async throws {
        let slice = try Slice()
        try slice.startAgents()
        try await slice.waitForAgents()
        // Longer before the master than a busy machine delays the messages from which its start is estimated.
        try await Task.sleep(for: .seconds(2))
        try slice.startManagement()
        try await slice.waitForManagement()
        // The agent was started before the master.
        #expect(try await Self.number(slice, Self.discontinuity) == 0)
        #expect(WrongRequests.flood(3, firstHomeAddress: IPv4Address(127, 40, 0, 66), to: slice.homeAgent) == 3)
        try await eventually("the datagrams") { try await Self.number(slice, Self.datagrams) == 3 }
        let seen = try #require(try await Self.number(slice, Self.violation))
        // A busy machine delays the messages from which the master's clock is estimated: its time may seem to be ahead by as much.
        try await Task.sleep(for: .seconds(2))
        #expect(try await (1...(Self.number(slice, Self.upTime) ?? 0)).contains(seen))

        // One occurrence has one number.
        for _ in 0..<40 { #expect(try await Self.number(slice, Self.violation) == seen) }

        let before = try #require(try await Self.number(slice, Self.upTime))
        slice.processes["home"]?.signal(SIGKILL)
        _ = try await slice.processes["home"]?.waitForExit()
        try slice.start("home", BuiltProducts.path(of: "mip-agentd"), ["--config", slice.directory.file("home.yaml")])
        try await eventually("the new agent") { try await Self.number(slice, Self.datagrams) == 0 }
        let restarted = try #require(try await Self.number(slice, Self.discontinuity))
        #expect(restarted > before)
        #expect(try await restarted <= (Self.number(slice, Self.upTime) ?? 0))

        for _ in 0..<40 { #expect(try await Self.number(slice, Self.discontinuity) == restarted) }

        // A new mip-mibd estimates the clocks anew, from the quickest of a few messages. On a busy machine all of them may be slow, at any
        // start, including the first. Two starts agree unless each start is a discontinuity.
        var seenTimes = [restarted]
        var deviation = Int.max
        for _ in 0..<10 where deviation > 2 {
            let beforeRestart = try #require(try await Self.number(slice, Self.upTime))
            try await slice.processes["mip-mibd"]?.stop()
            try slice.start("mip-mibd", BuiltProducts.path(of: "mip-mibd"), ["--config", slice.directory.file("mip-mibd.yaml")])
            try await slice.waitForManagement()
            let same = try #require(try await Self.number(slice, Self.discontinuity))
            #expect(same <= beforeRestart)
            deviation = seenTimes.map { abs(same - $0) }.min() ?? .max
            seenTimes.append(same)
        }
        #expect(deviation <= 2, "after restarts of mip-mibd: \(seenTimes)")

        #expect(WrongRequests.flood(1, firstHomeAddress: IPv4Address(127, 40, 0, 66), to: slice.homeAgent) == 1)
        try await eventually("the violation") { try await (Self.number(slice, Self.violation) ?? 0) > restarted }
        try await slice.processes["snmpd"]?.stop()
        try await Task.sleep(for: .seconds(2))
        try slice.start("snmpd", "snmpd", ["-f", "-C", "-c", slice.directory.file("snmpd.conf"), "-Lo"] + slice.addresses)
        try await eventually("the MIB through the new snmpd") { try await Self.number(slice, Self.datagrams) == 1 }
        // Both times are before the start of this master (RFC 2579, TimeStamp).
        #expect(try await Self.number(slice, Self.discontinuity) == 0)
        #expect(try await Self.number(slice, Self.violation) == 0)
        try await slice.stop()
    }
}
