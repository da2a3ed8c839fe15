import Testing

@testable import SNMPClient

@Suite("SNMP agents that answer little at once")
struct ClumsyAgentTests {
    private static func rows(of agent: ClumsyAgent) throws -> (rows: [[SNMPValue?]], session: SNMPSession) {
        let session = try agent.session()
        var rows: [[SNMPValue?]] = []
        try session.rows(of: ClumsyAgent.columns) { _, values in
            rows.append(values)
            return true
        }
        return (rows, session)
    }

    private static let whole = (1...ClumsyAgent.rows).map { row in
        ClumsyAgent.columns.map { _ in SNMPValue?.some(.integer(Int32(row))) }
    }

    @Test(
        "A table is read whole, with at most four requests for each row",
        arguments: [
            ClumsyAgent.Manners.none, .tooBig(64), .tooBig(20), .tooBig(8), .tooBig(3), .tooBig(2), .noBulk, .fewer(3),
            .fewer(10),
            .noSuchName,
        ])
    func table(manners: ClumsyAgent.Manners) throws {
        let agent = try ClumsyAgent(manners)
        let (rows, session) = try Self.rows(of: agent)
        #expect(rows == Self.whole)
        #expect(session.failedVariables.isEmpty)
        // Some requests are spent on finding out what the agent answers.
        #expect(agent.requests <= 4 * ClumsyAgent.rows + 20, "\(agent.requests)")
    }

    @Test("An agent that answers one variable at a time is read with as many requests as it has variables")
    func single() throws {
        let agent = try ClumsyAgent(.tooBig(1))
        #expect(try Self.rows(of: agent).rows == Self.whole)
        #expect(agent.requests <= 8 * (ClumsyAgent.rows + 1) + 10)
    }

    @Test("An agent without limits is asked for as much as fits into a few datagrams")
    func quick() throws {
        let agent = try ClumsyAgent(.none)
        _ = try Self.rows(of: agent)
        #expect(agent.requests <= 3)
    }

    @Test("What an agent answers is remembered, so that the second table needs no trials")
    func remembered() throws {
        let agent = try ClumsyAgent(.noBulk)
        let session = try agent.session(timeout: .seconds(6))
        try session.rows(of: ClumsyAgent.columns) { _, _ in true }
        // A busy machine may answer late, so that requests are repeated, but GETBULK is not tried again.
        let tried = agent.bulkRequests
        #expect(tried > 0)
        try session.rows(of: ClumsyAgent.columns) { _, _ in true }
        #expect(agent.bulkRequests == tried)
        #expect(agent.requests - tried >= 2 * (ClumsyAgent.rows + 1))
    }

    @Test(
        "A walk passes every instance, whatever the agent answers",
        arguments: [ClumsyAgent.Manners.tooBig(3), .tooBig(1), .noBulk, .fewer(2)])
    func walk(manners: ClumsyAgent.Manners) throws {
        let agent = try ClumsyAgent(manners)
        var count = 0
        try agent.session().walk([1, 3, 6, 1, 4, 1, 99999]) { _ in
            count += 1
            return true
        }
        #expect(count == ClumsyAgent.rows * ClumsyAgent.columns.count)
    }

    @Test(
        "Instances are read in parts if they do not fit into one answer",
        arguments: [ClumsyAgent.Manners.none, .tooBig(3), .tooBig(1)])
    func get(manners: ClumsyAgent.Manners) throws {
        let agent = try ClumsyAgent(manners)
        let names = ClumsyAgent.columns.map { $0 + [2] }
        #expect(try agent.session().get(names) == names.map { VariableBinding($0, .integer(2)) })
    }

    @Test("Instances that an agent of SNMPv1's manner does not have are left out, and the others read")
    func missing() throws {
        let agent = try ClumsyAgent(.noSuchName)
        let names = [ClumsyAgent.columns[0] + [2], ClumsyAgent.columns[0] + [99], ClumsyAgent.columns[1] + [3]]
        let read = try agent.session().get(names)
        #expect(read.map(\.name) == names && read.map(\.value) == [.integer(2), .noSuchInstance, .integer(3)])
    }

    @Test("A column that the agent cannot read does not hide the others, and is named")
    func brokenColumn() throws {
        let agent = try ClumsyAgent(.brokenColumn)
        let (rows, session) = try Self.rows(of: agent)
        #expect(rows.count == ClumsyAgent.rows)
        #expect(rows.allSatisfy { row in row.indices.allSatisfy { (row[$0] == nil) == ($0 == 4) } })
        #expect(session.failedVariables == [ClumsyAgent.columns[4]])
        let names = ClumsyAgent.columns.map { $0 + [2] }
        let values = try session.get(names).map(\.value.isValue)
        #expect(values == names.indices.map { $0 != 4 })
        #expect(session.failedVariables.last == names[4])
    }

    @Test("An agent that can read nothing is reported with its error")
    func broken() throws {
        let agent = try ClumsyAgent(.broken)
        #expect(throws: SNMPError.self) { try Self.rows(of: agent) }
        let session = try agent.session()
        let error = #expect(throws: SNMPError.self) { try session.get([ClumsyAgent.columns[0] + [1]]) }
        #expect(error?.description.contains("genErr") == true)
    }
}
