import MIPMIB
import Testing

@testable import SNMPAgent

@Suite("Long requests of an AgentX master")
struct AgentXLongRequestTests {
    static let column: [UInt] = MIBObject.root + [1, 6, 3, 1, 1, 8]

    /// Longer than 64 KiB, while its response is not.
    static func request(_ count: Int, packet: UInt32 = 7) -> [UInt8] {
        let range = AgentXMaster.Range(start: MIBObject.root + [77, 0], end: MIBObject.root + [78, 0, 0, 0, 0, 0])
        return AgentXMaster.pdu(AgentXHeader.Kind.get, Array(repeating: range, count: count), packet: packet)
    }

    @Test("A request of more than 64 KiB is answered if its response fits, and so is what follows it")
    func answered() {
        let request = Self.request(1200)
        #expect(request.count > 65536)
        let master = AgentXMaster(rows: 2)
        let next = AgentXMaster.pdu(AgentXHeader.Kind.getNext, [.init(start: Self.column)])
        master.writeAll(request + next)
        master.letRead()
        let answer = master.answer()
        #expect(AgentXMaster.variables(answer).count == 1200)
        let alone = AgentXMaster(rows: 2)
        #expect(Array(answer.suffix(alone.exchange(next).count)) == alone.exchange(next))
        #expect(master.passedOn.isEmpty)
    }

    @Test("A response that no master accepts is refused at once with tooBig for the first variable that does not fit")
    func tooBig() {
        let master = AgentXMaster(rows: 2)
        let range = AgentXMaster.Range(start: Self.column, end: Self.column + [255])
        master.writeAll(AgentXMaster.pdu(AgentXHeader.Kind.getNext, Array(repeating: range, count: 2000)))
        master.letRead()
        let answer = master.answer()
        // Each variable: type, name of 19 sub-identifiers of which 5 are the prefix, value.
        let fitting = (AgentXReply.limit - 28) / (4 + 4 + 4 * (Self.column.count + 8 - 5) + 4)
        #expect(answer == AgentXMaster.response(1, index: UInt16(fitting + 1)))
        #expect(master.outcome == .nothing)
        #expect(AgentXMaster.variables(master.exchange(Self.request(3))).count == 3)
    }

    @Test("A PDU longer than 1 MiB is refused with tooBig, discarded, and the session continues")
    func discarded() {
        let master = AgentXMaster(rows: 2)
        var long = AgentXMaster.pdu(AgentXHeader.Kind.getNext, [])
        (long[16], long[17], long[18]) = (0, 0, 0x30)
        long += [UInt8](repeating: 5, count: 0x30_0000)
        master.writeAll(long + Self.request(3, packet: 8))
        for _ in 0..<20 { master.letRead() }
        let answer = master.answer()
        let refusal = AgentXMaster.response(1, index: 1)
        #expect(Array(answer.prefix(refusal.count)) == refusal)
        #expect(AgentXMaster.variables(Array(answer.dropFirst(refusal.count))).count == 3)
        #expect(master.passedOn.isEmpty && master.outcome == .nothing)
    }

    @Test("A response of the master that the library would not accept is discarded")
    func longResponse() {
        let master = AgentXMaster(rows: 2)
        master.writeAll(AgentXMaster.pdu(18, payload: [UInt8](repeating: 0, count: 70_000)) + Self.request(3))
        master.letRead()
        #expect(AgentXMaster.variables(master.answer()).count == 3)
        #expect(master.passedOn.isEmpty)
    }
}
