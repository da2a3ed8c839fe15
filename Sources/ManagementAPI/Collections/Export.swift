import AgentModel
import Hummingbird
import ManagementCore

/// A whole list, written piece by piece, so that a million rows need no room for a million.
///
/// No snapshot of an agent is held while a client takes its time over a piece: the next piece is of the snapshot that there is then.
/// Otherwise each slow client would keep a table of its own alive while the agent's goes on changing. A row that stays is told once, one
/// that comes or goes meanwhile perhaps, as with pages.
struct Export<Key: Codable & Comparable & Sendable, Row: Encodable & Sendable>: Sendable {
    /// An agent went away or started anew before its rows were told.
    struct Interrupted: Error, CustomStringConvertible {
        let agent: String

        var description: String { "the agent '\(agent)' went away while its rows were told" }
    }

    /// Bytes that are written at once, but for the row that makes them more.
    private static var pieceSize: Int { 65_536 }

    let agents: [ManagedAgent]
    private let instances: [String?]
    let collection: ResourceCollection<Key, Row>
    let selection: Selection<Key, Row>

    /// - Parameter states: of the agents, in the same order.
    init(agents: [ManagedAgent], states: [AgentState], collection: ResourceCollection<Key, Row>, selection: Selection<Key, Row>) {
        self.agents = agents
        instances = states.map { $0.information?.instance }
        self.collection = collection
        self.selection = selection
    }

    /// Ends short, without the mark that HTTP ends a body with, when an agent's rows are withdrawn before they are told: a list that is not
    /// whole never looks as if it were.
    func body(fields: Set<String>?, _ kind: MediaKind) -> ResponseBody {
        ResponseBody { writer in
            let encoder = RowEncoder(fields: fields)
            var rows = RowWriter(encoder, kind)
            for (agent, instance) in zip(agents, instances) {
                var place = try await piece(of: agent, instance, after: nil, encoder, &rows)
                while let key = place {
                    try await writer.write(encoder.take())
                    place = try await piece(of: agent, instance, after: key, encoder, &rows)
                }
            }
            rows.end()
            try await writer.write(encoder.take())
            try await writer.finish(nil)
        }
    }

    /// Writes rows after a key until they make a piece. Gives the last one's key, or nil when it was the table's last.
    private func piece(
        of agent: ManagedAgent, _ instance: String?, after last: Key?, _ encoder: RowEncoder, _ rows: inout RowWriter
    ) async throws -> Key? {
        let state = agent.state()
        guard state.information?.instance == instance else { throw Interrupted(agent: agent.name) }
        let table = collection.table(state)
        var seen = 0
        for (key, row) in last.map({ table.rows(after: $0) }) ?? table.rows(in: selection.keys) {
            seen += 1
            if seen.isMultiple(of: Listing.stride) { await Task.yield() }
            if let keys = selection.keys, !keys.contains(key) { break }
            guard selection.matches(row) else { continue }
            try rows.write(collection.item(state, row))
            if encoder.count > Self.pieceSize { return key }
        }
        return nil
    }
}
