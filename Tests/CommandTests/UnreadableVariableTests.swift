import MIPTesting
import Testing

@testable import mip_mib

@Suite("SNMP agents that cannot read one of their variables (genErr)")
struct UnreadableVariableTests {
    /// A column of haMobilityBindingTable as BER encodes it.
    private static func column(_ number: UInt8) -> [UInt8] { [0x2B, 6, 1, 2, 1, 44, 1, 6, 3, 1, 1, number] }

    /// The index of the only row: 10.0.1.1 and 10.0.2.1.
    private static let index: [UInt8] = [10, 0, 1, 1, 10, 0, 2, 1]

    /// An agent with one row, in which every value is 1 and column 3 cannot be read.
    private static func agent() throws -> SNMPResponder {
        try SNMPResponder { request in
            let (identifier, names) = SNMPResponder.names(in: request)
            if let place = names.firstIndex(where: { $0.starts(with: column(3)) }) {
                return SNMPResponder.refusal(to: identifier, names, status: 5, index: place + 1)
            }
            if SNMPResponder.tag(of: request) == 0xA0 { return SNMPResponder.response(to: identifier, names) }
            // Whatever follows the row is in no table.
            let next: [[UInt8]] = names.map { name in
                let isColumn = name.count == column(1).count && name.dropLast() == column(1).dropLast()
                return isColumn ? name + index : [0x2B, 6, 1, 3]
            }
            return SNMPResponder.response(to: identifier, next)
        }
    }

    @Test("A table shows the other columns, and names the one that is missing")
    func table() async throws {
        let agent = try Self.agent()
        let read = ["table", "haMobilityBindingTable", "-o", "csv", "--no-header", "--snmp", "127.0.0.1:\(agent.port)"]
        // A busy machine may answer so late that the refusal seems to come from a subagent that does not answer.
        var result = try await Scene.run(read)
        try await eventually("the row") {
            if result.status != 0 { result = try await Scene.run(read) }
            return result.status == 0
        }
        #expect(result.output.hasPrefix("1,1,,"), "\(result)")
        #expect(
            result.errors.contains("cannot read MIP-MIB::haMobilityBindingSourceAddress (genErr), so values are missing"),
            "\(result)")
        agent.stop()
    }

    @Test("A list, too, names the column whose values are missing")
    func list() async throws {
        let agent = try Self.agent()
        let read = ["bindings", "--json", "--snmp", "127.0.0.1:\(agent.port)"]
        try await eventually("the note") {
            try await Scene.run(read).errors.contains("haMobilityBindingSourceAddress (genErr)")
        }
        agent.stop()
    }

    @Test("get names an instance that exists but cannot be read")
    func get() async throws {
        let agent = try Self.agent()
        let names = ["haMobilityBindingRegFlags.10.0.1.1.10.0.2.1", "haMobilityBindingSourceAddress.10.0.1.1.10.0.2.1"]
        let read = ["get"] + names + ["--snmp", "127.0.0.1:\(agent.port)"]
        var result = try await Scene.run(read)
        try await eventually("the answer") {
            if result.status != 1 { result = try await Scene.run(read) }
            return result.status == 1
        }
        #expect(result.errors.contains("haMobilityBindingSourceAddress.10.0.1.1.10.0.2.1 (genErr)"), "\(result)")
        agent.stop()
    }
}
