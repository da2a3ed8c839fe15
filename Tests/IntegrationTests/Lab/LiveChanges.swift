import Foundation
import MIPTesting

/// A change as a reader of the control socket received it.
struct LiveChange {
    /// Seconds since 1970.
    var received: Double
    /// The name of its member, such as `bindingRemoved`.
    var kind: String
    var row: [String: Any]

    /// A member of the row that is a text or a word.
    subscript(member: String) -> String? { row[member] as? String }
}

/// What a daemon publishes on its control socket, from the time of its creation on.
final class LiveChanges {
    private let client: ChildProcess

    fileprivate init(socket: String, topics: [String], log: String) async throws {
        client = try ChildProcess(
            BuiltProducts.python, [BuiltProducts.client("live_changes.py"), socket, "3"] + topics, log: log)
        let child = client
        try await eventually("a subscription") {
            guard child.isRunning else { throw TimedOut(description: "live_changes.py: \(child.output)") }
            return child.output.contains("subscribed")
        }
    }

    /// The changes so far, in order.
    var all: [LiveChange] {
        client.output.split(separator: "\n").compactMap { line in
            guard let value = (try? JSONSerialization.jsonObject(with: Data(line.utf8))) as? [String: Any],
                let received = value["received"] as? Double, let kind = value["kind"] as? String,
                let row = value["row"] as? [String: Any]
            else { return nil }
            return LiveChange(received: received, kind: kind, row: row)
        }
    }

    /// The first change of a kind whose member has the given value.
    func first(_ kind: String, where member: String? = nil, is value: String? = nil) -> LiveChange? {
        all.first { change in change.kind == kind && (member.map { change[$0] == value } ?? true) }
    }
}

extension Laboratory {
    /// Subscribes to what changes at a daemon when a registration begins or ends.
    func changes(of daemon: String) async throws -> LiveChanges {
        try await LiveChanges(
            socket: socket(daemon), topics: ["bindings", "visitors", "tunnels", "exchanges", "events"],
            log: "/tmp/mip-\(name)/changes-\(daemon)-\(UUID().uuidString).log")
    }
}
