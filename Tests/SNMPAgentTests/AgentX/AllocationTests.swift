import CAllocations
import MIPMIB
import Testing

@testable import SNMPAgent

@Suite("Memory asked for")
struct AllocationTests {
    /// How often memory is asked for by so many requests, once the first have made what is used again.
    static func count(_ requests: [[UInt8]], rows: Int) -> Int {
        let master = AgentXMaster(rows: rows)
        let view = master.view
        let responder = AgentXResponder(mib: AgentXMaster.mib, contexts: [.init(name: []) { view }])
        var reply = AgentXReply()
        func answerAll() {
            // By number: without optimisation the iterator of an array asks for memory.
            var number = 0
            while number < requests.count {
                let request = requests[number]
                guard let header = AgentXHeader(request.span) else { return }
                _ = responder.answer(header, request.span, in: &reply)
                reply.clear()
                number += 1
            }
        }
        answerAll()
        let before = mip_allocations()
        answerAll()
        return Int(mip_allocations() - before)
    }

    static func walk(_ columns: [UInt], rows: Int) -> [[UInt8]] {
        (0..<rows).map { row in
            AgentXMaster.pdu(
                AgentXHeader.Kind.getNext,
                columns.map { .init(start: MIBObject.root + [1, 6, 3, 1, 1, $0, 10, 0, 1, UInt(row), 192, 0, 2, UInt(row)]) })
        }
    }

    @Test("The counter counts")
    func counts() {
        let before = mip_allocations()
        let array = (0..<100).map { [UInt8](repeating: 1, count: 100 + $0) }
        #expect(mip_allocations() - before >= 100)
        #expect(array.count == 100)
    }

    @Test(
        "A GETNEXT through AgentX asks for no memory, whatever the columns with numbers, flags and addresses", arguments: [1, 9])
    func getNext(columns: Int) {
        let all: [UInt] = [8, 1, 2, 3, 4, 5, 6, 7, 9]
        #expect(Self.count(Self.walk(Array(all.prefix(columns)), rows: 200), rows: 210) == 0)
    }

    @Test("Nor does one for identifiers, which rows and answers share, but four octets where an address stands for one")
    func identifiers() {
        #expect(Self.count(Self.walk([11, 12], rows: 200), rows: 210) == 0)
        // Every other row has no identifier.
        #expect(Self.count(Self.walk([10], rows: 200), rows: 210) <= 100)
    }
}
