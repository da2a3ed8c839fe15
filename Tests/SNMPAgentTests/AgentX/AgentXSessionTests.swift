import MIPMIB
import Testing

@testable import SNMPAgent

@Suite("The session with an AgentX master, to the letter of RFC 2741")
struct AgentXSessionTests {
    static let column: [UInt] = MIBObject.root + [1, 6, 3, 1, 1, 8]
    static let ranges = [AgentXMaster.Range(start: column)]

    @Test("A response has the byte order and identifiers of its request, and no context", arguments: [true, false])
    func header(isNetworkByteOrder: Bool) {
        let instance: [UInt] = Self.column + [10, 0, 1, 0, 192, 0, 2, 0]
        let answer = AgentXMaster(rows: 1).exchange(
            AgentXMaster.pdu(
                AgentXHeader.Kind.get, [.init(start: instance + [1])], packet: 9, isNetworkByteOrder: isNetworkByteOrder,
                context: "home"))
        func octets(_ number: some FixedWidthInteger) -> [UInt8] { AgentXMaster.octets(number, isNetworkByteOrder) }
        // res.sysUpTime, res.error and res.index; noSuchInstance(129), two reserved octets, the name in its short form.
        var name: [UInt8] = [UInt8(instance.count + 1 - 5), 2, 0, 0]
        for part in (instance + [1]).dropFirst(5) { name += octets(UInt32(part)) }
        let payload: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0] + octets(UInt16(129)) + [0, 0] + name
        #expect(answer == AgentXMaster.pdu(18, payload: payload, packet: 9, isNetworkByteOrder: isNetworkByteOrder))
    }

    @Test("A PDU of another session is answered with notOpen, whatever its type", arguments: [2, 5, 6, 7, 8, 9, 10] as [UInt8])
    func otherSession(kind: UInt8) {
        let master = AgentXMaster(rows: 1)
        var payload: [UInt8] = []
        switch kind {
        case 2: payload = [5, 0, 0, 0]
        case 7: payload = [0, 0, 0, 1]
        default: break
        }
        let answer = master.exchange(AgentXMaster.pdu(kind, payload: payload, session: 99, isNetworkByteOrder: true))
        #expect(answer == AgentXMaster.response(257, session: 99, isNetworkByteOrder: true))
        #expect(master.outcome == .nothing)
        #expect(master.script.steps.isEmpty)
        #expect(!AgentXMaster.variables(master.exchange(AgentXMaster.pdu(6, Self.ranges))).isEmpty)
    }

    /// PDUs that cannot be parsed, with res.index.
    static let unreadable: [(pdu: [UInt8], index: UInt16)] = {
        var short = AgentXMaster.pdu(6, [AgentXMaster.Range(start: column), AgentXMaster.Range(start: column)])
        short.removeLast(4)
        short[16] -= 4
        return [
            // A name that is shorter than its number of sub-identifiers, in the second range.
            (short, 2),
            (AgentXMaster.pdu(5, payload: [9, 0, 0, 0, 1, 0, 0, 0]), 1),
            // More than 128 sub-identifiers.
            (AgentXMaster.pdu(5, payload: [129, 0, 0, 0] + [UInt8](repeating: 0, count: 4 * 129) + [0, 0, 0, 0]), 1),
            // A context that is longer than the PDU.
            (AgentXMaster.pdu(5).enumerated().map { $0 == 2 ? 0x08 : $1 }, 0),
            // GetBulk without its numbers.
            (AgentXMaster.pdu(7), 0),
            // No multiple of four octets.
            (AgentXMaster.pdu(6, payload: [1, 2, 3]), 0),
            // An unknown type, of a PDU and of a variable.
            (AgentXMaster.pdu(19), 0), (AgentXMaster.pdu(0), 0), (AgentXMaster.pdu(8, payload: [3, 0, 0, 0, 0, 0, 0, 0]), 1),
            // PDUs that consist of a header only, with more; Close without a reason.
            (AgentXMaster.pdu(9, payload: [0, 0, 0, 0]), 0), (AgentXMaster.pdu(10, payload: [0, 0, 0, 0]), 0),
            (AgentXMaster.pdu(2), 0),
        ]
    }()

    @Test("What cannot be parsed is answered with parseError, and the session continues", arguments: unreadable.indices)
    func parseError(number: Int) {
        let (pdu, index) = Self.unreadable[number]
        let master = AgentXMaster(rows: 1)
        #expect(master.exchange(pdu) == AgentXMaster.response(266, index: index))
        #expect(master.outcome == .nothing && master.passedOn.isEmpty)
        #expect(!AgentXMaster.variables(master.exchange(AgentXMaster.pdu(6, Self.ranges))).isEmpty)
    }

    @Test("What cannot be parsed is a parseError in another session too")
    func parseErrorFirst() {
        let answer = AgentXMaster(rows: 1).exchange(AgentXMaster.pdu(5, payload: [9, 0, 0, 0], session: 99))
        #expect(answer == AgentXMaster.response(266, session: 99))
    }

    @Test(
        "PDUs that only subagents send are answered with processingError",
        arguments: [1, 3, 4, 12, 13, 14, 15, 16, 17] as [UInt8])
    func administrative(kind: UInt8) {
        #expect(AgentXMaster(rows: 1).exchange(AgentXMaster.pdu(kind)) == AgentXMaster.response(268))
    }

    @Test("Close is confirmed, and ends the session at once")
    func close() {
        let master = AgentXMaster(rows: 1)
        #expect(master.exchange(AgentXMaster.pdu(2, payload: [5, 0, 0, 0])) == AgentXMaster.response(0))
        #expect(master.outcome == .ended)
        #expect(master.reports.steps == ["the AgentX master closed the session (shutdown); reconnecting"])
    }

    @Test("A context that is not served contains nothing: noSuchObject, endOfMibView, notWritable")
    func unknownContext() {
        let master = AgentXMaster(rows: 1)
        #expect(master.ask(AgentXMaster.pdu(5, Self.ranges, context: "nowhere")).map(\.type) == [128])
        #expect(master.ask(AgentXMaster.pdu(6, Self.ranges, context: "nowhere")).map(\.type) == [130])
        #expect(master.exchange(AgentXMaster.pdu(8, context: "nowhere")) == AgentXMaster.response(17, index: 1))
    }

    @Test("If the library answers requests, it gets all but those that it would not answer; Close is heeded all the same")
    func protectsLibrary() {
        let master = AgentXMaster(rows: 1, answersRequests: false)
        let request = AgentXMaster.pdu(6, Self.ranges)
        let test = AgentXSetTests.test([(5, 1)])
        #expect(master.exchange(request + test).isEmpty)
        #expect(master.passedOn == request + test)
        #expect(master.exchange(AgentXMaster.pdu(6, payload: [9, 0, 0, 0])) == AgentXMaster.response(266))
        #expect(master.exchange(AgentXMaster.pdu(9, session: 99)) == AgentXMaster.response(257, session: 99))
        let long = AgentXLongRequestTests.request(1200)
        master.writeAll(long + request)
        for _ in 0..<3 { master.letRead() }
        #expect(master.answer() == AgentXMaster.response(1, index: 1))
        #expect(master.passedOn == request + test + request)
        #expect(master.exchange(AgentXMaster.pdu(2, payload: [1, 0, 0, 0])) == AgentXMaster.response(0))
        #expect(master.outcome == .ended)
    }

    @Test("The same mistake of a master is reported once in ten minutes, in however many sessions")
    func reportedOnce() {
        let master = AgentXMaster(rows: 1)
        for _ in 0..<3 { _ = master.exchange(AgentXMaster.pdu(6, payload: [1, 2, 3])) }
        #expect(master.reports.steps == ["the AgentX master sent a PDU of type 6 that was refused with parseError (266)"])
        master.stream.reset(session: AgentXMaster.sessionID)
        _ = master.exchange(AgentXMaster.pdu(6, payload: [1, 2, 3]))
        #expect(master.reports.steps.count == 1)
        master.later.value = .seconds(600)
        for _ in 0..<2 { _ = master.exchange(AgentXMaster.pdu(6, payload: [1, 2, 3])) }
        #expect(master.reports.steps.count == 2)
    }
}
