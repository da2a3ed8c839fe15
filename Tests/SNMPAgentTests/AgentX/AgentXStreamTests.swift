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

    @Test("PDUs that are not for the stream are passed to the library unchanged, and those around them are answered")
    func handsOn() {
        let request = AgentXMaster.pdu(AgentXHeader.Kind.getNext, [.init(start: Self.column)])
        let response = AgentXMaster.pdu(18, [])
        let malformed = AgentXMaster.pdu(AgentXHeader.Kind.getNext, [.init(start: Self.column)]).dropLast(4)
        var short = Array(malformed)
        short[16] -= 4
        let elsewhere = AgentXMaster.pdu(AgentXHeader.Kind.get, [.init(start: Self.column)], context: "nowhere")
        let set = AgentXMaster.pdu(8, [.init(start: Self.column)])
        let master = AgentXMaster(rows: 2)
        master.write(response + request + short + set + request + elsewhere)
        master.letRead()
        #expect(master.passedOn == response + short + set + elsewhere)
        let alone = AgentXMaster(rows: 2)
        alone.write(request + request)
        alone.letRead()
        #expect(master.answer() == alone.answer())
    }

    @Test("A request too long for the buffer and another version of AgentX are passed to the library unchanged")
    func passesOn() {
        var long = AgentXMaster.pdu(AgentXHeader.Kind.getNext, [])
        (long[16], long[17], long[18]) = (0, 0, 0x10)
        long += [UInt8](repeating: 5, count: 0x10_0000)
        let request = AgentXMaster.pdu(AgentXHeader.Kind.getNext, [.init(start: Self.column)])
        let master = AgentXMaster(rows: 2)
        for start in stride(from: 0, to: long.count, by: 50_000) {
            master.write(Array(long[start..<min(long.count, start + 50_000)]))
            while master.outcome != .nothing || start == 0 && master.passedOn.isEmpty { master.letRead() }
            master.letRead()
        }
        while master.passedOn.count < long.count { master.letRead() }
        #expect(master.passedOn == long)
        master.write(request)
        master.letRead()
        #expect(!master.answer().isEmpty)
        master.write([2] + request.dropFirst())
        master.letRead()
        #expect(master.passedOn == long + [2] + request.dropFirst())
    }

    @Test("The end of the connection is reported")
    func end() {
        let master = AgentXMaster(rows: 1)
        master.closeMaster()
        master.letRead()
        #expect(master.outcome == .ended)
    }

    @Test("Garbage is answered or passed on, and stops nothing", arguments: 0..<40)
    func garbage(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let master = AgentXMaster(rows: 2)
        for _ in 0..<50 {
            var octets = AgentXMaster.pdu(
                [5, 6, 7].randomElement(using: &generator) ?? 6, [.init(start: Self.column), .init(start: Self.column)],
                isNetworkByteOrder: Bool.random(using: &generator))
            for _ in 0..<Int.random(in: 0...4, using: &generator) {
                octets[Int.random(in: 1..<octets.count, using: &generator)] = UInt8.random(in: .min ... .max, using: &generator)
            }
            master.write(octets)
            master.letRead()
            #expect(master.outcome != .ended)
            _ = master.answer()
        }
    }
}
