import DataPlane
import MobileIPv4
import MobilityLink
import Testing

@testable import AgentDaemon

@Suite("Who sent a request on a link")
struct LinkSightingTests {
    private static let source = IPv4Address(192, 0, 2, 10)
    private static let visitor = LinkLayerAddress(2, 0, 0, 0, 0, 1)
    private static let other = LinkLayerAddress(2, 0, 0, 0, 0, 2)

    /// A table that reads no interface.
    private static func makeTable() throws -> LinkLayerTable { try LinkLayerTable(interface: "none", index: 0, ports: []) }

    /// Delivers the frame of a request.
    private static func hear(_ table: LinkLayerTable, _ identification: UInt64, from sender: LinkLayerAddress) {
        var frame: [UInt8] = [0x45] + [UInt8](repeating: 0, count: 19)
        frame[9] = 17
        (frame[12], frame[13], frame[14], frame[15]) = (192, 0, 2, 10)
        frame += [0x01, 0xB2, 0x01, 0xB2, 0, 32, 0, 0]
        RegistrationRequest(
            flags: [], lifetime: RegistrationLifetime(rawValue: 600), homeAddress: source, homeAgent: .zero, careOfAddress: .zero,
            identification: Identification(rawValue: identification)
        ).encode(into: &frame)
        table.learn(frame[...], sender, isSettled: true)
    }

    private static func sender(_ tables: [LinkLayerTable], _ identification: UInt64?) -> LinkLayerAddress? {
        tables.latest({ $0 }, of: source, identification: identification.map { Identification(rawValue: $0) })?.address
    }

    @Test("A request that was not seen on the link has no sender there, although its source address was seen")
    func offTheLink() throws {
        let table = try Self.makeTable()
        Self.hear(table, 1, from: Self.visitor)
        #expect(Self.sender([table], 1) == Self.visitor)
        #expect(Self.sender([table], 2) == nil)
        #expect(Self.sender([table], nil) == Self.visitor)
    }

    @Test("The sender of a request is the first one, whoever sends copies of it")
    func copy() throws {
        let table = try Self.makeTable()
        Self.hear(table, 1, from: Self.visitor)
        Self.hear(table, 1, from: Self.other)
        #expect(Self.sender([table], 1) == Self.visitor)
        #expect(Self.sender([table], nil) == Self.other)
    }

    @Test(
        "Of several links, the one where the request itself was seen counts, not the one where its source address was seen later")
    func links() throws {
        let tables = [try Self.makeTable(), try Self.makeTable()]
        Self.hear(tables[0], 1, from: Self.visitor)
        Self.hear(tables[1], 2, from: Self.other)
        #expect(Self.sender(tables, 1) == Self.visitor)
        #expect(Self.sender(tables, nil) == Self.other)
    }
}
