import MIPMIB
import MobileIPv4
import Testing

@testable import SNMPAgent

@Suite("SetRequests of an AgentX master (RFC 2741 §7.2.4)")
struct AgentXSetTests {
    /// TestSet, CommitSet, UndoSet and CleanupSet of a transaction.
    static func test(
        _ binds: [(last: UInt32, value: UInt32)], packet: UInt32 = 1, transaction: UInt32 = 12, isNetworkByteOrder: Bool = false,
        context: String? = nil
    ) -> [UInt8] {
        func octets(_ number: some FixedWidthInteger) -> [UInt8] { AgentXMaster.octets(number, isNetworkByteOrder) }
        var payload: [UInt8] = []
        for bind in binds { payload += octets(UInt16(2)) + [0, 0, 1, 2, 0, 0] + octets(bind.last) + octets(bind.value) }
        return AgentXMaster.pdu(
            8, payload: payload, transaction: transaction, packet: packet, isNetworkByteOrder: isNetworkByteOrder,
            context: context)
    }

    static func phase(_ kind: UInt8, packet: UInt32, transaction: UInt32 = 12) -> [UInt8] {
        AgentXMaster.pdu(kind, transaction: transaction, packet: packet)
    }

    static func integer(_ number: Int32) -> MIBAssignment.Content { .value(.integer(number)) }

    static func response(_ packet: UInt32, _ status: UInt16 = 0, index: UInt16 = 0) -> [UInt8] {
        AgentXMaster.response(status, index: index, packet: packet)
    }

    @Test("TestSet and CommitSet are answered, CleanupSet is not", arguments: [true, false])
    func commits(isNetworkByteOrder: Bool) {
        let master = AgentXMaster(rows: 0)
        let test = Self.test([(5, 7), (6, .max)], isNetworkByteOrder: isNetworkByteOrder)
        #expect(master.exchange(test) == AgentXMaster.response(0, packet: 1, isNetworkByteOrder: isNetworkByteOrder))
        #expect(master.exchange(Self.phase(9, packet: 2)) == Self.response(2))
        #expect(master.exchange(Self.phase(11, packet: 3)).isEmpty)
        #expect(master.script.steps == ["test 5=\(Self.integer(7)) 6=\(Self.integer(-1))", "commit"])
    }

    @Test("A refused TestSet names the varbind, and CleanupSet ends the transaction without an answer")
    func refused() {
        let master = AgentXMaster(rows: 0)
        master.script.failing["test"] = (6, .wrongValue)
        #expect(master.exchange(Self.test([(5, 1), (6, 1)], context: "home")) == Self.response(1, 10, index: 2))
        #expect(master.exchange(Self.phase(11, packet: 2)).isEmpty)
        #expect(master.exchange(Self.phase(9, packet: 3)) == Self.response(3, 268))
        #expect(master.script.steps.map { $0.prefix(12) } == ["test in home"])
    }

    @Test("A failed CommitSet is commitFailed with the index in the TestSet; UndoSet is answered")
    func commitFails() {
        let master = AgentXMaster(rows: 0)
        master.script.failing["commit"] = (6, .resourceUnavailable)
        _ = master.exchange(Self.test([(5, 1), (6, 1)]))
        #expect(master.exchange(Self.phase(9, packet: 2)) == Self.response(2, 14, index: 2))
        #expect(master.exchange(Self.phase(10, packet: 3)) == Self.response(3))
        #expect(master.script.steps.last == "undo")
    }

    @Test("A failed UndoSet is undoFailed")
    func undoFails() {
        let master = AgentXMaster(rows: 0)
        master.script.failing["undo"] = (5, .undoFailed)
        _ = master.exchange(Self.test([(5, 1)]) + Self.phase(9, packet: 2))
        #expect(master.exchange(Self.phase(10, packet: 3)) == Self.response(3, 15, index: 1))
    }

    @Test("Phases without a TestSet are processingError, except CleanupSet", arguments: [9, 10, 11] as [UInt8])
    func outOfOrder(kind: UInt8) {
        let master = AgentXMaster(rows: 0)
        let expected = kind == 11 ? [] : Self.response(4, 268)
        #expect(master.exchange(Self.phase(kind, packet: 4)) == expected)
        _ = master.exchange(Self.test([(5, 1)]))
        let other = kind == 11 ? [] : AgentXMaster.response(268, transaction: 99, packet: 4)
        #expect(master.exchange(Self.phase(kind, packet: 4, transaction: 99)) == other)
        #expect(master.exchange(Self.phase(9, packet: 5)) == Self.response(5))
    }

    @Test("Repeated PDUs get the same answers, and nothing is done twice")
    func repeated() {
        let master = AgentXMaster(rows: 0)
        master.script.failing["commit"] = (5, .commitFailed)
        let test = Self.test([(5, 1)])
        #expect(master.exchange(test) == Self.response(1))
        #expect(master.exchange(test) == Self.response(1))
        for _ in 0..<2 { #expect(master.exchange(Self.phase(9, packet: 2)) == Self.response(2, 14, index: 1)) }
        for _ in 0..<2 { #expect(master.exchange(Self.phase(10, packet: 3)) == Self.response(3)) }
        #expect(master.script.steps.count == 3)
    }

    @Test("TestSets of one transaction are planned together, and each phase has its own answers")
    func together() {
        let master = AgentXMaster(rows: 0)
        master.script.failing["commit"] = (6, .commitFailed)
        let answers = master.exchange(Self.test([(5, 1)]) + Self.test([(6, 1)], packet: 2))
        #expect(answers == Self.response(1) + Self.response(2))
        #expect(master.script.steps.count == 1)
        let commits = master.exchange(Self.phase(9, packet: 3) + Self.phase(9, packet: 4))
        #expect(commits == Self.response(3) + Self.response(4, 14, index: 1))
    }

    @Test("Of TestSets that were gathered, only that with the varbind at fault is refused")
    func refusedTogether() {
        let master = AgentXMaster(rows: 0)
        master.script.failing["test"] = (6, .wrongType)
        let answers = master.exchange(Self.test([(5, 1)]) + Self.test([(4, 1), (6, 1)], packet: 2))
        #expect(answers == Self.response(1) + Self.response(2, 7, index: 2))
    }

    @Test("A TestSet that comes late is planned with the earlier ones, and refused if one of them fails with it")
    func late() {
        let master = AgentXMaster(rows: 0)
        #expect(master.exchange(Self.test([(5, 1)])) == Self.response(1))
        master.script.failing["test"] = (5, .inconsistentValue)
        #expect(master.exchange(Self.test([(6, 1)], packet: 2)) == Self.response(2, 12, index: 1))
        #expect(master.script.steps.count == 2 && master.script.steps[1].contains(" 6="))
    }

    @Test("A change that was committed is undone when the session ends before the master ends the transaction")
    func lost() {
        let master = AgentXMaster(rows: 0)
        _ = master.exchange(Self.test([(5, 1)]) + Self.phase(9, packet: 2))
        master.closeMaster()
        master.letRead()
        #expect(master.script.steps.last == "undo")
        let ended = AgentXMaster(rows: 0)
        _ = ended.exchange(Self.test([(5, 1)]) + Self.phase(9, packet: 2) + Self.phase(11, packet: 3))
        ended.closeMaster()
        ended.letRead()
        #expect(ended.script.steps.last == "commit")
    }

    @Test("A change that was committed is undone when the response to another request cannot be sent, and the connection ends")
    func unsent() {
        let master = AgentXMaster(rows: 1)
        _ = master.exchange(Self.test([(5, 1)]) + Self.phase(9, packet: 2))
        #expect(master.isConnected)
        let other = AgentXMaster(rows: 1)
        _ = other.exchange(Self.test([(5, 1)]) + Self.phase(9, packet: 2))
        other.stopReading()
        other.write(AgentXMaster.pdu(6, AgentXSessionTests.ranges))
        other.letRead()
        #expect(other.outcome == .ended)
        #expect(other.script.steps.last == "undo")
        #expect(!other.isConnected)
    }

    @Test("A change that was committed is undone when the library ends the session")
    func endedByLibrary() {
        let master = AgentXMaster(rows: 0)
        _ = master.exchange(Self.test([(5, 1)]) + Self.phase(9, packet: 2))
        master.stream.endSession()
        #expect(master.script.steps.last == "undo")
    }

    @Test("A TestSet that is being gathered is answered when one of another transaction arrives")
    func otherTransaction() {
        let master = AgentXMaster(rows: 0)
        let answers = master.exchange(Self.test([(5, 1)]) + Self.test([(6, 1)], packet: 2, transaction: 13))
        #expect(answers == Self.response(1) + AgentXMaster.response(0, transaction: 13, packet: 2))
        #expect(master.script.steps.count == 2)
    }

    /// What may follow a TestSet with packet identifier 1 at once.
    static let followers: [(name: String, octets: [UInt8])] = [
        ("the same again", test([(5, 1)])),
        ("a TestSet that is cut short", AgentXMaster.pdu(8, payload: [0, 2, 0, 0], packet: 2)),
        ("a TestSet of no whole number of words", AgentXMaster.pdu(8, payload: [0, 2, 0], packet: 2)),
        ("a TestSet in another context", test([(5, 1)], packet: 2, context: "elsewhere")),
        ("a TestSet of another session", AgentXMaster.pdu(8, session: 99, packet: 2)),
        ("a request to read", AgentXMaster.pdu(6, AgentXSessionTests.ranges, packet: 2)),
        ("a CommitSet that is malformed", AgentXMaster.pdu(9, payload: [0, 0, 0, 0], packet: 2)),
        ("a PDU longer than any", [1, 6, 0, 0] + [UInt8](repeating: 0, count: 12) + [0, 0, 0, 0x7F]),
        ("a PDU of an unknown type", AgentXMaster.pdu(77, packet: 2)),
        ("Close", AgentXMaster.pdu(2, payload: [5, 0, 0, 0], packet: 2)),
        ("something that is not AgentX", [UInt8](repeating: 7, count: 24)),
    ]

    @Test("What follows a TestSet is answered after it, whether or not both arrive together", arguments: followers.indices)
    func order(follower: Int) {
        let (name, octets) = Self.followers[follower]
        let together = AgentXMaster(rows: 2).exchange(Self.test([(5, 1)]) + octets)
        let apart = AgentXMaster(rows: 2)
        let first = apart.exchange(Self.test([(5, 1)]))
        #expect(first == Self.response(1))
        #expect(together == first + apart.exchange(octets), "\(name)")
    }

    @Test("Every type of value is read; types that no object has are left to the plan")
    func types() {
        let master = AgentXMaster(rows: 0)
        func bind(_ type: UInt8, _ value: [UInt8]) -> [UInt8] { [0, type, 0, 0, 1, 2, 0, 0, 0, 0, 0, type] + value }
        let payload =
            bind(2, [0xFF, 0xFF, 0xFF, 0xFE]) + bind(4, [0, 0, 0, 5] + Array("hello".utf8) + [0, 0, 0]) + bind(5, [])
            + bind(6, [1, 0, 0, 0, 0, 0, 0, 1]) + bind(64, [0, 0, 0, 4, 10, 0, 0, 1]) + bind(64, [0, 0, 0, 1, 10, 0, 0, 0])
            + bind(65, [0, 0, 0, 9]) + bind(66, [0xFF, 0xFF, 0xFF, 0xFF]) + bind(67, [0, 0, 0, 1])
            + bind(68, [0, 0, 0, 0]) + bind(70, [0, 0, 0, 1, 0, 0, 0, 2])
        _ = master.exchange(AgentXMaster.pdu(8, payload: payload, isNetworkByteOrder: true))
        let values: [MIBAssignment.Content] = [
            .value(.integer(-2)), .value(.octets(Array("hello".utf8))), .foreign, .foreign,
            .value(.ipAddress(.init(10, 0, 0, 1))), .malformed, .value(.counter(9)), .value(.unsigned(.max)),
            .value(.timeTicks(1)),
            .foreign, .value(.counter64(1 << 32 | 2)),
        ]
        let types: [UInt8] = [2, 4, 5, 6, 64, 64, 65, 66, 67, 68, 70]
        #expect(master.script.steps == ["test " + zip(types, values).map { "\($0)=\($1)" }.joined(separator: " ")])
    }
}
