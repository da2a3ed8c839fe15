import MIPMIB
import MIPTesting
import Testing

@testable import SNMPAgent

@Suite("Requests of an AgentX master")
struct AgentXStreamTests {
    static let column: [UInt] = MIBObject.root + [1, 6, 3, 1, 1, 8]

    @Test("GetNext walks the MIB like the MIB's own search, in both byte orders", arguments: [true, false])
    func walks(isNetworkByteOrder: Bool) {
        let master = AgentXMaster(rows: 12)
        var expected: [[UInt]] = []
        var name: [UInt] = []
        let root = MIBObject.root
        AgentXMaster.mib.visit(from: root.span, inclusive: true, in: master.view, name: &name) { name, _ in
            expected.append(name)
            return true
        }
        var position = AgentXMaster.Range(start: MIBObject.root, include: true)
        var found: [[UInt]] = []
        while let variable = master.ask(
            AgentXMaster.pdu(AgentXHeader.Kind.getNext, [position], isNetworkByteOrder: isNetworkByteOrder)
        ).first, variable.type != 130 {
            found.append(variable.name)
            position = AgentXMaster.Range(start: variable.name)
        }
        #expect(found == expected)
        #expect(expected.count > 200)
        #expect(master.passedOn.isEmpty)
    }

    @Test("Several ranges of one request are answered in one response, each within its limit")
    func ranges() {
        let master = AgentXMaster(rows: 3)
        let first = Self.column + [10, 0, 1, 0, 192, 0, 2, 0]
        let variables = master.ask(
            AgentXMaster.pdu(
                AgentXHeader.Kind.getNext,
                [
                    .init(start: Self.column), .init(start: first), .init(start: first, include: true),
                    .init(start: Self.column, end: first), .init(start: Self.column, end: first + [0]),
                    .init(start: MIBModule.ext.root + [9999]),
                ]))
        let second = Self.column + [10, 0, 1, 1, 192, 0, 2, 1]
        #expect(variables.map(\.name) == [first, second, first, Self.column, first, MIBModule.ext.root + [9999]])
        #expect(variables.map(\.type) == [66, 66, 66, 130, 66, 130])
    }

    @Test("Get distinguishes a value, a missing instance and an unknown object")
    func get() {
        let master = AgentXMaster(rows: 1)
        let variables = master.ask(
            AgentXMaster.pdu(
                AgentXHeader.Kind.get,
                [
                    .init(start: Self.column + [10, 0, 1, 0, 192, 0, 2, 0]), .init(start: Self.column + [1]),
                    .init(start: MIBObject.root + [77, 0]),
                ], context: "home"))
        #expect(variables.map(\.type) == [66, 129, 128])
    }

    @Test("A request is answered once, however it is split")
    func pieces() {
        let request = AgentXMaster.pdu(AgentXHeader.Kind.getNext, [.init(start: Self.column)], packet: 9)
        let whole = AgentXMaster(rows: 2)
        whole.write(request)
        whole.letRead()
        let expected = whole.answer()
        #expect(!expected.isEmpty)
        for cut in 1..<request.count {
            let master = AgentXMaster(rows: 2)
            master.write(Array(request[..<cut]))
            master.letRead()
            #expect(master.answer().isEmpty && master.outcome == .nothing)
            master.write(Array(request[cut...]) + request)
            master.letRead()
            #expect(master.answer() == expected + expected)
            #expect(master.passedOn.isEmpty)
        }
    }

    @Test("Only responses are passed to the library, unchanged, and the PDUs around them are answered")
    func handsOn() {
        let request = AgentXMaster.pdu(AgentXHeader.Kind.getNext, [.init(start: Self.column)])
        let response = AgentXMaster.pdu(18, [])
        let master = AgentXMaster(rows: 2)
        master.write(response + request + response + request)
        master.letRead()
        #expect(master.passedOn == response + response)
        let alone = AgentXMaster(rows: 2)
        alone.write(request + request)
        alone.letRead()
        #expect(master.answer() == alone.answer())
    }

    @Test("Another version of AgentX ends the connection, after what came before it was answered")
    func otherVersion() {
        let request = AgentXMaster.pdu(AgentXHeader.Kind.getNext, [.init(start: Self.column)])
        let master = AgentXMaster(rows: 2)
        let answer = master.exchange(request + [2] + request.dropFirst())
        #expect(AgentXMaster.variables(answer).count == 1)
        #expect(master.outcome == .ended)
        #expect(master.passedOn.isEmpty)
    }

    @Test("The end of the connection is reported")
    func end() {
        let master = AgentXMaster(rows: 1)
        master.closeMaster()
        master.letRead()
        #expect(master.outcome == .ended)
    }

    @Test("Garbage is answered, discarded or ends the connection, and stops nothing", arguments: 0..<40)
    func garbage(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var master = AgentXMaster(rows: 2)
        for _ in 0..<50 {
            var octets = AgentXMaster.pdu(
                [5, 6, 7].randomElement(using: &generator) ?? 6, [.init(start: Self.column), .init(start: Self.column)],
                isNetworkByteOrder: Bool.random(using: &generator))
            for _ in 0..<Int.random(in: 0...4, using: &generator) {
                octets[Int.random(in: 1..<octets.count, using: &generator)] = UInt8.random(in: .min ... .max, using: &generator)
            }
            master.write(octets)
            master.letRead()
            #expect(master.passedOn.isEmpty || octets.contains(AgentXHeader.Kind.response))
            // After a changed length, what follows is no header; then the library connects again.
            if master.outcome == .ended { master = AgentXMaster(rows: 2) }
            _ = master.answer()
        }
    }
}
