import AgentModel
import MIPMIB
import MIPTesting
import ManagementCore
import MobileIPv4
import Testing

@Suite("Points in time")
struct TimeTests {
    /// The row of a violation that occurred `ago` milliseconds before the snapshot, read at `sysUpTime`.
    static func reading(_ ago: Int64, sysUpTime: UInt32) -> MIBReading {
        var violation = Samples.violation(0)
        violation.recentTime = Samples.start.adding(milliseconds: -ago)
        return MIBReading(
            MIBView(
                state: AgentState(
                    name: "a", changes: [.information(Samples.information()), .violation(violation)], agentTime: Samples.start),
                sysUpTime: sysUpTime))
    }

    @Test(
        "A TimeStamp is sysUpTime when the event happened, and is clamped for events before the SNMP entity's start or in the future",
        arguments: [
            (0, 500, 500), (1000, 500, 400), (5000, 500, 0), (5001, 500, 0), (90_000_000, 500, 0), (-1000, 500, 500),
            (10, .max, .max - 1), (Int64.max / 4, .max, 0),
        ] as [(Int64, UInt32, UInt32)])
    func timeStamps(ago: Int64, sysUpTime: UInt32, expected: UInt32) {
        let reading = Self.reading(ago, sysUpTime: sysUpTime)
        #expect(reading["mipSecRecentViolationTime.10.0.3.0"] == .timeTicks(expected))
        #expect(reading["mipSecurityRecentViolationTime.2.4.10.0.3.0"] == .timeTicks(expected))
    }

    @Test("DateAndTime is UTC with tenths of a second, over leap days and before 1970")
    func dates() {
        let cases: [(Int64, [UInt8])] = [
            (0, [7, 178, 1, 1, 0, 0, 0, 0, 43, 0, 0]), (-1, [7, 177, 12, 31, 23, 59, 59, 9, 43, 0, 0]),
            (1_709_251_199_950, [7, 232, 2, 29, 23, 59, 59, 9, 43, 0, 0]),
            (1_709_251_200_000, [7, 232, 3, 1, 0, 0, 0, 0, 43, 0, 0]),
            (4_102_444_800_123, [8, 52, 1, 1, 0, 0, 0, 1, 43, 0, 0]),
        ]
        for (milliseconds, octets) in cases {
            var binding = Samples.binding(0)
            binding.created = Timestamp(milliseconds: milliseconds)
            let reading = MIBReading(
                MIBView(
                    state: AgentState(
                        name: "a", changes: [.information(Samples.information()), .binding(binding)], agentTime: Samples.start),
                    sysUpTime: 1))
            #expect(reading["mipExtBindingCreated.10.0.1.0.192.0.2.0"] == .octets(octets))
        }
    }

    @Test("A restart of the agent changes the discontinuity indicator")
    func discontinuity() {
        func value(_ startedAgo: Int64) -> MIBValue? {
            let information = Samples.information(start: Samples.start.adding(milliseconds: -startedAgo))
            return MIBReading(
                MIBView(
                    state: AgentState(name: "a", changes: [.information(information)], agentTime: Samples.start),
                    sysUpTime: 100_000))[
                    "mipExtCounterDiscontinuity.0"]
        }
        #expect(value(600_000) == .timeTicks(40_000))
        #expect(value(1_000) == .timeTicks(99_900))
        #expect(value(2_000_000) == .timeTicks(0))
    }

    @Test("A text is truncated to 255 octets before a character that does not fit")
    func text() {
        var information = Samples.information()
        information.version = String(repeating: "v", count: 254) + "éé"
        let reading = MIBReading(
            MIBView(state: AgentState(name: "a", changes: [.information(information)], agentTime: Samples.start), sysUpTime: 1))
        #expect(reading["mipExtAgentVersion.0"] == .octets(Array(repeating: UInt8(ascii: "v"), count: 254)))
    }
}
