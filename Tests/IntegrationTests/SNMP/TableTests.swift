import Foundation
import MIPTesting
import Testing

@Suite("Tables as printed by snmptable", .serialized)
struct TableTests {
    struct Table: Sendable, CustomTestStringConvertible {
        let name: String
        let community: String
        let rows: [String]
        var testDescription: String { name }
    }

    static let tables = [
        Table(name: "mipSecAssocTable", community: "public", rows: ["127.40.0.10.256"]),
        Table(name: "mipSecViolationTable", community: "public", rows: ["127.40.0.66"]),
        Table(name: "haMobilityBindingTable", community: "public", rows: ["127.40.0.10.192.0.2.1", "127.40.0.20.127.0.0.2"]),
        Table(name: "faVisitorTable", community: "foreign", rows: ["127.40.0.20"]),
    ]

    /// Cells by `column.index`.
    typealias Cells = [String: String]

    /// Reads the output of snmptable: a header with the columns, then one line for each row, which begins with its index.
    static func cells(ofTable output: String) throws -> Cells {
        let lines = output.split(separator: "\n").map {
            $0.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
        }
        let header = try #require(lines.first { $0.first == "index" })
        var cells: Cells = [:]
        for line in lines.drop(while: { $0 != header }).dropFirst() {
            try #require(line.count == header.count, "\(line)")
            for (column, value) in zip(header, line).dropFirst() where value != "?" { cells["\(column).\(line[0])"] = value }
        }
        return cells
    }

    /// Reads the output of snmpwalk: one line for each cell.
    static func cells(ofWalk output: String) -> Cells {
        var cells: Cells = [:]
        for line in output.split(separator: "\n") {
            guard let sign = line.range(of: " = ") else { continue }
            cells[String(line[..<sign.lowerBound])] = String(line[sign.upperBound...])
        }
        return cells
    }

    @Test("snmptable and snmpwalk print the same rows, with names from mibs/MIP-MIB.txt")
    func equalToWalk() async throws {
        let slice = try Slice(
            associations: ["{peer: 127.40.0.10, spi: 256, key: \(Slice.key)}"])
        let environment = try BaseModules.environment(in: slice.directory)
        try slice.startAgents()
        try slice.startManagement()
        try await slice.waitForAgents()
        try await slice.waitForManagement()
        let direct = try await slice.node([
            "--count", "1", "--first-home-address", "127.40.0.10", "--care-of-address", "192.0.2.1",
        ])
        #expect(direct.status == 0, "\(direct.output)\(direct.errors)")
        let visiting = try await slice.node([
            "--count", "1", "--first-home-address", "127.40.0.20", "--foreign-agent", "\(slice.foreignAgent)",
            "--from-home-address",
        ])
        #expect(visiting.status == 0, "\(visiting.output)\(visiting.errors)")
        try slice.directory.write("ffffffffffffffffffffffffffffffff\n", to: "node.key")
        try await slice.node([
            "--tries", "1", "--count", "1", "--first-home-address", "127.40.0.66", "--care-of-address", "192.0.2.66",
        ])
        for table in Self.tables {
            // Lifetimes count down: at one of the attempts both are read within the same second.
            var (walked, printed) = ("", "")
            do {
                try await eventually("the same \(table.name) from snmptable and snmpwalk") {
                    walked = try await slice.snmp(
                        "snmpwalk", ["-OsQ"], "MIP-MIB::\(table.name)", community: table.community, environment: environment
                    )
                    printed = try await slice.snmp(
                        "snmptable", ["-Ci", "-Cf", "|"], "MIP-MIB::\(table.name)", community: table.community,
                        environment: environment)
                    guard !walked.contains("No Such"), printed.contains("index") else { return false }
                    let cells = Self.cells(ofWalk: walked)
                    return try table.rows.allSatisfy { row in cells.keys.contains { $0.hasSuffix(".\(row)") } }
                        && cells == Self.cells(ofTable: printed)
                }
            } catch {
                throw TimedOut(description: "\(error)\n\(walked)\n\(printed)")
            }
        }
        try await slice.checkWalks()
        try await slice.stop()
    }
}
