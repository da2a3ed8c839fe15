import CAllocations
import MIPMIB
import Testing

@testable import SNMPAgent

@Suite("Heap allocations")
struct AllocationTests {
    /// The number of heap allocations for these requests, after the first ones have allocated what is reused.
    static func count(_ requests: [[UInt8]], rows: Int) -> Int {
        let master = AgentXMaster(rows: rows)
        let view = master.view
        let responder = AgentXResponder(mib: AgentXMaster.mib, contexts: [.init(name: []) { view }])
        var reply = AgentXReply()
        func answerAll() {
            // By index: without optimisation the iterator of an array allocates memory.
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

    @Test("The allocation counter works")
    func counts() {
        let before = mip_allocations()
        let array = (0..<100).map { [UInt8](repeating: 1, count: 100 + $0) }
        #expect(mip_allocations() - before >= 100)
        #expect(array.count == 100)
    }

    @Test(
        "A GETNEXT through AgentX allocates no memory for columns with numbers, flags and addresses", arguments: [1, 9])
    func getNext(columns: Int) {
        let all: [UInt] = [8, 1, 2, 3, 4, 5, 6, 7, 9]
        #expect(Self.count(Self.walk(Array(all.prefix(columns)), rows: 200), rows: 210) == 0)
    }

    @Test(
        "A GETNEXT of identifiers allocates only four octets for each address that replaces one, since rows and responses share identifiers"
    )
    func identifiers() {
        #expect(Self.count(Self.walk([11, 12], rows: 200), rows: 210) == 0)
        // Every other row has no identifier.
        #expect(Self.count(Self.walk([10], rows: 200), rows: 210) <= 100)
    }
}
