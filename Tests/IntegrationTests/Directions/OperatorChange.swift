import Foundation

/// Who makes a change.
enum Direction: String, CaseIterable, Sendable {
    case snmp = "SNMP"
    case api = "the API"
    case command = "mip-mib at the socket"
    case commandByURL = "mip-mib by URL"
}

/// One change as each of the faces makes it, and what all of them show afterwards.
struct OperatorChange: Sendable {
    let name: String
    /// OID, type and value, for each variable.
    var snmp: [String] = []
    var api: (method: String, path: String, body: String?)?
    /// Words of `mip-mib`.
    var command: [String] = []
    /// Home and care-of address of a node that registers; then it is no operator who changes anything.
    var registration: (home: String, careOf: String)?
    /// Values of instances; nil for those that are not there.
    var instances: [String: String?] = [:]
    /// Resources of the API, a member of each and its value as JSON; nil for a resource that is not there.
    var resources: [(path: String, member: String, value: String?)] = []
    /// Lists of `mip-mib`: members that choose a row, and one that it has then, as JSON; nil when no row is chosen. With dots between, a
    /// member of a member.
    var rows: [(list: String, of: [String: String], member: String, value: String?)] = []
    /// Metrics of the agent.
    var metrics: [String: String] = [:]

    /// How many values are looked at.
    var count: Int { instances.count + resources.count + 2 * rows.count + metrics.count }

    /// What a face shows otherwise than it should; empty once all is well.
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
                // Status 1 tells that the list has no row.
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

    /// A member, or with a dot one of the object that a member is.
    private static func member(_ path: String, of row: [String: Any]) -> Any? {
        path.split(separator: ".").reduce(row as Any?) { value, name in (value as? [String: Any])?[String(name)] }
    }

    private static func json(_ value: Any?) -> String? {
        guard let value, let data = try? JSONSerialization.data(withJSONObject: value, options: [.fragmentsAllowed, .sortedKeys])
        else { return nil }
        return String(decoding: data, as: UTF8.self)
    }
}
