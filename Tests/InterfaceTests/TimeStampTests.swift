import JSON
import MobileIPv4
import Testing

@testable import mip_mib

@Suite("TimeStamps that the command reads over SNMP")
struct TimeStampTests {
    @Test(
        "A TimeStamp may be a few ticks later than sysUpTime, which a subagent estimates; far later ones are not shown",
        arguments: [(0, nil), (99_900, "2026-01-01T00:00:59.000Z"), (100_003, "2026-01-01T00:01:00.000Z"), (110_000, nil)]
            as [(Int, String?)])
    func later(ticks: Int, expected: String?) {
        var objects = SNMPObjects(names: MIBNames())
        objects.scalars = [
            "sysUpTime": JSONValue(100_000), "mipExtAgentTime": .string("2026-01-01T00:01:00.000Z"),
        ]
        objects.row = ["haRecentServiceAcceptedTime": JSONValue(ticks)]
        #expect(objects.stamp("haRecentServiceAcceptedTime").map { "\($0)" } == expected)
    }
}
