import MIPTesting
import Testing

extension LabTests {
    /// The columns that count a node's traffic, at each daemon that sees it.
    private static let trafficColumns: [(community: String, prefixes: [String])] = [
        ("h", ["haMobilityBinding", "mipExtBinding"]), ("a", ["faRegVisitor", "mipExtVisitor"]), ("n", ["mipExtMn"]),
    ]

    @Test("Ten datagrams each way through both tunnels count as ten, with their bytes, in every column for a node's traffic")
    func traffic() async throws {
        let lab = try Laboratory(node: "reverseTunnel: encapsulating")
        try await lab.run("up")
        try await lab.run("move", "foreign-a")
        let management = try ManagementBench(lab, [("home-agent", "h"), ("foreign-a", "a"), ("node", "n")])
        try await management.start(.standalone)
        let text = try await MIBText.read(["MIP-MIB", "MIPV4-EXT-MIB"])
        var columns: [(community: String, name: String, oid: String)] = []
        for (community, prefixes) in Self.trafficColumns {
            for object in text.objects.values where prefixes.contains(where: object.name.hasPrefix) {
                guard object.name.contains("Pkts") || object.name.contains("Packets") || object.name.contains("Octets") else {
                    continue
                }
                columns.append((community, object.name, "." + object.oid))
            }
        }
        #expect(columns.count == 20)

        #expect(try await lab.answers(to: 10) == 10)
        // A ping echo has 84 bytes including its IPv4 header.
        var wrong: [String] = []
        func read() async throws -> [String] {
            var wrong: [String] = []
            for (community, name, oid) in columns {
                // The foreign agent delivers datagrams without a tunnel; the node's own tunnel carries only what it sends.
                let count = name.hasPrefix("mipExtMn") && name.hasSuffix("ToNode") ? 0 : 10
                let wanted = name.contains("Octets") ? "\(count * 84)" : "\(count)"
                let lines = try await management.walk(oid, community).split(separator: "\n")
                let values = lines.compactMap { $0.split(separator: " ").last.map(String.init) }
                if values != [wanted] { wrong.append("\(name): \(values)") }
            }
            return wrong
        }
        // The remaining differences say more than the timeout error.
        try? await eventually("the counts of all columns", within: .seconds(20)) {
            wrong = try await read()
            return wrong.isEmpty
        }
        #expect(wrong == [])

        // With a co-located care-of address the node is the tunnel's end in both directions.
        try await lab.run("move", "co-located")
        func received(_ name: String) async throws -> Int? {
            let column = try #require(columns.first { $0.name == name })
            return Int(try await management.walk(column.oid, "n").split(separator: " ").last?.filter(\.isNumber) ?? "")
        }
        let before = try await received("mipExtMnPacketsToNode")
        #expect(try await lab.answers(to: 10) == 10)
        try await eventually("ten more") {
            let now = try await received("mipExtMnPacketsToNode")
            return now == (before ?? 0) + 10
        }
        try await management.stop()
        try await lab.run("down")
    }
}
