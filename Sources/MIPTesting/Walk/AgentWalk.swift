package import AgentModel
import ManagementCore
package import Testing

/// A walk of an SNMP agent with net-snmp's tools, through whatever path it is reached.
package struct AgentWalk {
    private static let roots = [".1.3.6.1.2.1.44", ".1.3.6.1.4.1.8072.9999.9999.44"]

    let port: UInt16
    /// Version and credentials.
    let access: [String]
    /// The control socket of the agent that is shown.
    let socket: String

    /// - Parameter access: options of net-snmp's tools; nil for version 2c and the community `public`.
    package init(port: UInt16, access: [String]? = nil, socket: String) {
        self.port = port
        self.access = access ?? ["-v2c", "-c", "public"]
        self.socket = socket
    }

    /// Checks that the instances by GETNEXT are strictly increasing and the same as by GETBULK with several numbers of repetitions, and that
    /// each table has the rows that the control socket has. Rows may come and go: one of several attempts must agree.
    ///
    /// - Returns: the OIDs, as numbers with dots.
    @discardableResult
    package func check(sourceLocation: SourceLocation = #_sourceLocation) async throws -> [String] {
        var faults: [String] = []
        for _ in 0..<5 {
            let oids = try await walk("snmpwalk", [])
            faults = try await self.faults(oids)
            if faults.isEmpty { return oids }
        }
        for fault in faults.prefix(20) { Issue.record("\(fault)", sourceLocation: sourceLocation) }
        return []
    }

    private func faults(_ oids: [String]) async throws -> [String] {
        guard !oids.isEmpty else { return ["the walk is empty"] }
        if let place = Self.disorder(in: oids) { return ["GETNEXT of \(place.0) returns \(place.1), which is not greater"] }
        for repetitions in [2, 50] {
            let bulk = try await walk("snmpbulkwalk", ["-Cr\(repetitions)"])
            guard bulk != oids else { continue }
            let place = zip(bulk, oids).first { $0 != $1 }
            return [
                "GETBULK with \(repetitions) repetitions returns \(bulk.count) instances, GETNEXT \(oids.count); first "
                    + "\(place?.0 ?? "") for \(place?.1 ?? "")"
            ]
        }
        let state = try await AgentCommands(socketPath: socket).state(name: "a", topics: Set(ControlTopic.allCases))
        // The agents have no history; the management daemon keeps it.
        return ExpectedRows(state).faults(oids.map(Self.numbers), except: ["mipExtHistoryEntry"])
    }

    /// The first pair of adjacent OIDs that are not in strictly increasing order.
    package static func disorder(in oids: [String]) -> (String, String)? {
        let numbers = oids.map(Self.numbers)
        return zip(zip(numbers, numbers.dropFirst()), zip(oids, oids.dropFirst())).first {
            !$0.0.0.lexicographicallyPrecedes($0.0.1)
        }
        .map { $0.1 }
    }

    private static func numbers(_ oid: String) -> [UInt] { oid.split(separator: ".").compactMap { UInt($0) } }

    private func walk(_ tool: String, _ options: [String]) async throws -> [String] {
        var oids: [String] = []
        for root in Self.roots {
            let output = try await ChildProcess.run(
                tool, access + ["-On", "-t", "5", "-r", "2"] + options + ["127.0.0.1:\(port)", root], within: .seconds(120)
            ).output
            oids += output.split(separator: "\n").filter {
                $0.hasPrefix(root) && !$0.contains("No more variables") && !$0.contains("No Such")
            }
            .compactMap { $0.split(separator: " ").first.map(String.init) }
        }
        return oids
    }
}
