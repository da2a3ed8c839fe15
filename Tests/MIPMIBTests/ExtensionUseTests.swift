import AgentModel
import MIPMIB
import MIPTesting
import ManagementCore
import MobileIPv4
import Testing

@Suite("Vendor and experimental extensions in MIPV4-EXT-MIB")
struct ExtensionUseTests {
    @Test("A row is found by role, type, vendor and number, and has every column")
    func columns() {
        let values = ExchangeTests.reading([.extensionUse(Samples.extensionUse(14))]).values
        func value(_ column: String) -> MIBValue? { values["mipExtExtensionUse\(column).3.134.9.14"] }
        #expect(value("Known") == .integer(1) && value("Seen") == .counter64(17) && value("Accepted") == .counter64(14))
        #expect(value("Skipped") == .counter64(2) && value("Refused") == .counter64(1))
        #expect(value("LastSource") == .ipAddress(IPv4Address(198, 51, 100, 14)))
        #expect(value("LastSeen") == .dateAndTime(Samples.start))
        #expect(values.keys.count { $0.hasPrefix("mipExtExtensionUse") } == 7)
    }

    @Test("Rows are in the order of their index, the row for all others last of its type")
    func order() throws {
        let keys: [(AgentRole, UInt8, UInt32, UInt16)] = [
            (.homeAgent, 38, .max, .max), (.homeAgent, 38, 0x8000_0000, 1), (.homeAgent, 0, 0, 7), (.mobileNode, 255, 0, 3),
            (.homeAgent, 38, 9, 14),
        ]
        let rows = keys.map { role, type, vendor, number -> StateChange in
            var row = Samples.extensionUse(1)
            (row.role, row.type, row.vendor, row.number) = (role, type, vendor, number)
            return .extensionUse(row)
        }
        let found = try IdentityTests.walk(IdentityTests.view(rows), "mipExtExtensionUseSeen")
        #expect(
            found.map(\.index) == [
                [1, 255, 0, 3], [3, 0, 0, 7], [3, 38, 9, 14], [3, 38, 0x8000_0000, 1], [3, 38, 0xFFFF_FFFF, 0xFFFF],
            ])
    }

    @Test("A later count replaces the row")
    func replaced() {
        var row = Samples.extensionUse(1)
        let first = StateChange.extensionUse(row)
        row.seen += 5
        let values = ExchangeTests.reading([first, .extensionUse(row)]).values
        #expect(values["mipExtExtensionUseSeen.3.134.9.1"] == .counter64(9))
        #expect(values.keys.count { $0.hasPrefix("mipExtExtensionUseSeen") } == 1)
    }
}
