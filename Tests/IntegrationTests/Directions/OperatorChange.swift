import Foundation

/// The interface through which a change is made.
enum Direction: String, CaseIterable, Sendable {
    case snmp = "SNMP"
    case api = "the API"
    case command = "mip-mib over the socket"
    case commandByURL = "mip-mib by URL"
}

/// One change as made through each interface, and what all interfaces show afterwards.
struct OperatorChange: Sendable {
    let name: String
    /// OID, type and value, for each variable.
    var snmp: [String] = []
    var api: (method: String, path: String, body: String?)?
    /// Arguments of `mip-mib`.
    var command: [String] = []
    /// Home and care-of address of a node that registers; in that case no operator makes the change.
    var registration: (home: String, careOf: String)?
    /// Values of instances; nil for instances that must not exist.
    var instances: [String: String?] = [:]
    /// Resources of the API, a member of each and its value as JSON; nil if the resource or member must not exist.
    var resources: [(path: String, member: String, value: String?)] = []
    /// Lists of `mip-mib`: members that select a row, and a member of that row with its value as JSON; nil if no row may be selected. Dots
    /// denote a member of a member.
    var rows: [(list: String, of: [String: String], member: String, value: String?)] = []
    /// Metrics of the agent.
    var metrics: [String: String] = [:]

    /// How many values are compared.
    var count: Int { instances.count + resources.count + 2 * rows.count + metrics.count }

    /// The values that an interface shows differently than expected; empty if there are none.
    func differences(_ scene: ManagedScene) async throws -> [String] {
        var found: [String] = []
        for (oid, value) in instances {
            let shown = try await scene.get(oid)
            if value.map({ $0 != shown }) ?? !shown.contains("No Such") { found.append("SNMP: \(oid) is \(shown)") }
        }
        for (path, member, value) in resources {
            let answer = try await scene.request("GET", path)
            let shown = answer.status == 404 ? nil : Self.member(member, of: answer.body)
            if shown != value { found.append("API: \(path) has \(member) \(shown ?? "not"): \(answer)") }
        }
        for (list, choice, member, value) in rows {
            for byURL in [false, true] {
                let answer = try await scene.command([list, "--output", "json"], byURL: byURL)
                let row = Self.row(choice, in: answer.output)
                // Status 1 means that the list has no rows.
                let shown = row.flatMap { Self.json(Self.member(member, of: $0)) }
                if !(0...1).contains(answer.status) || shown != value {
                    found.append("mip-mib \(list), by URL \(byURL): \(member) is \(shown ?? "not there"): \(answer)")
                }
            }
        }
        if !metrics.isEmpty {
            let text = try await scene.request("GET", "/metrics").body
            for (name, value) in metrics where !text.contains("\n\(name){agent=\"home\"} \(value)\n") {
                found.append("/metrics: \(name) is not \(value)")
            }
        }
        return found
    }

    private static func row(_ choice: [String: String], in output: String) -> [String: Any]? {
        let rows = (try? JSONSerialization.jsonObject(with: Data(output.utf8))) as? [[String: Any]] ?? []
        return rows.first { row in choice.allSatisfy { json(row[$0.key]) == $0.value } }
    }

    private static func member(_ name: String, of body: String) -> String? {
        ((try? JSONSerialization.jsonObject(with: Data(body.utf8))) as? [String: Any]).flatMap { json($0[name]) }
    }

    /// A member or, with a dot, a member of the object in that member.
    private static func member(_ path: String, of row: [String: Any]) -> Any? {
        path.split(separator: ".").reduce(row as Any?) { value, name in (value as? [String: Any])?[String(name)] }
    }

    private static func json(_ value: Any?) -> String? {
        guard let value, let data = try? JSONSerialization.data(withJSONObject: value, options: [.fragmentsAllowed, .sortedKeys])
        else { return nil }
        return String(decoding: data, as: UTF8.self)
    }
}
