import AgentModel
import Foundation
import MIPTesting
import MobileIPv4
import Testing

@testable import AgentControl
@testable import ManagementCore

@Suite("Rows that cannot be read")
struct RowFaultTests {
    private static func json(_ change: StateChange, _ edit: (String) -> String = { $0 }) throws -> String {
        edit(String(decoding: try JSONEncoder().encode(ChangeRecord(change)), as: UTF8.self))
    }

    private static func frame(
        _ changes: [String], phase: String = "snapshot", isCanonical: Bool = true, first: Int = 1, last: Int = 0
    ) -> String {
        #"{"parameters":{\#(isCanonical ? "" : " ")"phase":"\#(phase)","firstSequence":\#(first),"sequence":\#(last),"#
            + #""time":"2023-11-14T22:13:20.000Z","changes":[\#(changes.joined(separator: ","))]},"continues":true}"#
    }

    /// An agent with a good association, a bad one and a binding.
    private static func agent(
        _ directory: TemporaryDirectory, isCanonical: Bool, _ edit: @escaping (String) -> String
    ) throws -> RawAgent {
        let frames = [
            frame(
                [
                    try json(.information(Samples.information())), try json(.association(Samples.association(1))),
                    try json(.association(Samples.association(2)), edit), try json(.binding(Samples.binding(1))),
                ], isCanonical: isCanonical), frame([], phase: "synced", isCanonical: isCanonical),
        ]
        return try RawAgent(socketPath: directory.file("a.sock")) { $0.contains("Subscribe") ? frames.map { .send($0) } : [] }
    }

    /// Replaces a member of an association.
    private static func replacing(_ member: String, by value: String) -> (String) -> String {
        { text in
            guard let name = text.range(of: "\"\(member)\":"),
                let end = text[name.upperBound...].firstIndex(where: { $0 == "," || $0 == "}" })
            else { return text }
            return text[..<name.upperBound] + value + text[end...]
        }
    }

    @Test(
        "A row with a member that is invalid is left out and described, and everything else is read",
        arguments: [
            ("replayTolerance", "-7", "a whole number from 0 to 65535"),
            ("replayTolerance", "70000", "a whole number from 0 to 65535"),
            ("replayTolerance", "1e40", "a whole number from 0 to 65535"),
            ("replayTolerance", #""7""#, "a whole number from 0 to 65535"),
            ("spi", "-1", "a whole number that is not negative"), ("algorithm", "5", "one of"), ("peer", "true", "a text"),
        ], [true, false])
    func described(row: (member: String, value: String, expected: String), isCanonical: Bool) async throws {
        let directory = try TemporaryDirectory()
        let agent = try Self.agent(directory, isCanonical: isCanonical, Self.replacing(row.member, by: row.value))
        let state = try await AgentCommands(socketPath: agent.socketPath).state(name: "a", topics: [.associations, .bindings])
        #expect(state.associations.map(\.row) == [Samples.association(1)] && state.bindings.count == 1)
        #expect(state.information?.name == "sample")
        #expect(state.health.faults.count == 1)
        let fault = try #require(state.health.faults.first.first)
        #expect(fault.kind == "association" && fault.member == row.member && fault.expected.hasPrefix(row.expected))
        #expect(fault.value == row.value.replacing("\"", with: ""))
        #expect(fault.description.contains("\(row.member) '"))
    }

    @Test("A missing member is named, with the key of its row")
    func missing() async throws {
        let directory = try TemporaryDirectory()
        let agent = try Self.agent(directory, isCanonical: true) { $0.replacing(#""peerRole":"#, with: #""otherRole":"#) }
        let state = try await AgentCommands(socketPath: agent.socketPath).state(name: "a", topics: [.associations])
        // A missing role is read as unknown, and the row is left out by the rule of growth, or it is a fault: never the end of everything.
        #expect(state.associations.map(\.row) == [Samples.association(1)])
        #expect(state.health.faults.count + state.health.unknown.rows >= 1)
    }

    @Test("The mirror stays synchronized, shows the fault, and forgets it when the agent is connected again")
    func mirror() async throws {
        let directory = try TemporaryDirectory()
        let edit = Self.replacing("replayTolerance", by: "70000")
        let bad = try Self.agent(directory, isCanonical: true, edit)
        let agent = ManagedAgent(name: "a", socketPath: bad.socketPath)
        let running = Task { await agent.run() }
        defer { running.cancel() }
        try await eventually("synchronized") { agent.state().health.connection == .synchronized }
        #expect(agent.state().associations.count == 1 && agent.state().bindings.count == 1)
        #expect(StatusResource(agent.state()).faults?.count == 1)
        // A live update with the same bad row removes an older row with its key, and does not end the connection.
        bad.send(Self.frame([try Self.json(.association(Samples.association(2)))], phase: "live", first: 1, last: 1))
        try await eventually("the good row") { agent.state().associations.count == 2 }
        bad.send(Self.frame([try Self.json(.association(Samples.association(2)), edit)], phase: "live", first: 2, last: 2))
        try await eventually("the bad row") { agent.state().associations.count == 1 }
        #expect(agent.state().health.connection == .synchronized && agent.state().health.connections == 1)
        #expect(agent.state().health.faults.count == 2 && agent.state().health.faults.first.count == 1)
        bad.stop()
        let good = try Self.agent(directory, isCanonical: true) { $0 }
        try await eventually("connected again") { agent.state().health.connections >= 2 && agent.state().associations.count == 2 }
        #expect(agent.state().health.faults.isEmpty && StatusResource(agent.state()).faults == nil)
        good.stop()
    }

    @Test("An update without a sequence number ends the connection, with a sentence that quotes nothing")
    func envelope() async throws {
        let directory = try TemporaryDirectory()
        let agent = try RawAgent(socketPath: directory.file("a.sock")) { _ in
            [.send(Self.frame([#"{"binding":{"nai":"\u001b[31mred"}}"#]).replacing(#""sequence":0,"#, with: ""))]
        }
        let error = await #expect(throws: ControlError.self) {
            try await AgentCommands(socketPath: agent.socketPath).state(name: "a", topics: [.bindings])
        }
        #expect(error?.description.contains("sequence") == true && error?.description.contains("red") == false)
    }

    @Test("What is shown of a value is short and printable")
    func shown() {
        #expect(RowFault.shown(#""\#u{1B}[31m\#u{202E}abc""#.utf8).allSatisfy { $0.isASCII && !$0.isNewline && $0 != "\u{1B}" })
        #expect(RowFault.shown(String(repeating: "9", count: 500).utf8).count == RowFault.textLimit)
        #expect(RowFault.shown(#""7""#.utf8) == "7")
    }

    @Test("At most eight faults are stored, and all are counted")
    func bounded() {
        var faults = RowFaults()
        for number in 0..<20 {
            faults.note(RowFault(kind: "binding", key: "\(number)", member: "spi", value: "x", expected: "y"))
            faults.note(RowFault(kind: "binding", key: "0", member: "spi", value: "x", expected: "y"))
        }
        #expect(faults.count == 40 && faults.first.count == RowFaults.limit)
    }
}
