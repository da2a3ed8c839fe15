import MIPMIB
import Testing

@testable import SNMPAgent

@Suite("GetBulk of an AgentX master (RFC 2741 §7.2.3.3)")
struct AgentXBulkTests {
    static let column: [UInt] = MIBObject.root + [1, 6, 3, 1, 1, 8]

    static func row(_ number: UInt) -> [UInt] { column + [10, 0, 1, number, 192, 0, 2, number] }

    static func ask(
        _ ranges: [AgentXMaster.Range], _ nonRepeaters: UInt16, _ repetitions: UInt16, rows: Int = 4,
        isNetworkByteOrder: Bool = true
    ) -> [(type: UInt16, name: [UInt])] {
        AgentXMaster(rows: rows).ask(
            AgentXMaster.pdu(
                AgentXHeader.Kind.getBulk, ranges, isNetworkByteOrder: isNetworkByteOrder, bulk: (nonRepeaters, repetitions)))
    }

    @Test("Non-repeaters come first, then each repetition of all repeaters", arguments: [true, false])
    func order(isNetworkByteOrder: Bool) {
        let found = Self.ask(
            [.init(start: Self.row(2)), .init(start: Self.column), .init(start: Self.row(1))], 1, 2,
            isNetworkByteOrder: isNetworkByteOrder)
        #expect(found.map(\.name) == [Self.row(3), Self.row(0), Self.row(2), Self.row(1), Self.row(3)])
    }

    @Test("The start is included if the master says so, and only in the first repetition")
    func include() {
        let found = Self.ask([.init(start: Self.row(1), include: true)], 0, 2)
        #expect(found.map(\.name) == [Self.row(1), Self.row(2)])
    }

    @Test("Behind the end of a range each repetition is endOfMibView with the name before it, until all ranges have ended")
    func ends() {
        let found = Self.ask(
            [.init(start: Self.column, end: Self.row(1)), .init(start: Self.row(0), end: Self.row(3))], 0, 9)
        #expect(found.map(\.name) == [Self.row(0), Self.row(1), Self.row(0), Self.row(2), Self.row(0), Self.row(2)])
        #expect(found.map(\.type) == [66, 66, 130, 66, 130, 130])
    }

    @Test("An empty range is endOfMibView with its start, once")
    func empty() {
        let found = Self.ask([.init(start: Self.row(1), end: Self.row(1) + [0])], 0, 9)
        #expect(found.map(\.name) == [Self.row(1)])
        #expect(found.map(\.type) == [130])
    }

    @Test("Without repetitions only the non-repeaters are answered; more of them than ranges are no mistake")
    func counts() {
        #expect(Self.ask([.init(start: Self.column), .init(start: Self.column)], 1, 0).map(\.name) == [Self.row(0)])
        #expect(Self.ask([.init(start: Self.column)], 9, 9).map(\.name) == [Self.row(0)])
    }

    @Test("However many repetitions are requested, the response is no longer than a master accepts")
    func length() {
        let master = AgentXMaster(rows: 3000)
        let answer = master.exchange(
            AgentXMaster.pdu(AgentXHeader.Kind.getBulk, [.init(start: Self.column)], bulk: (0, 65535)))
        #expect(answer.count <= AgentXReply.limit)
        #expect(answer.count > AgentXReply.limit - 100)
        #expect(AgentXMaster.variables(answer).count > 700)
    }
}
