import AgentModel
import Hummingbird
import ManagementCore

/// A whole list, written in pieces, so that exporting a million rows does not take memory for a million rows.
///
/// No snapshot of an agent is held while a client reads a piece: the next piece comes from the snapshot current at that time. Otherwise each
/// slow client would keep an old table alive while the agent's table changes. Rows present throughout appear exactly once; rows added or
/// removed during the export may or may not appear. The same applies to pages.
struct Export<Key: Codable & Comparable & Sendable, Row: Encodable & Sendable>: Sendable {
    /// An agent disconnected or restarted before all its rows were written.
    struct Interrupted: Error, CustomStringConvertible {
        let agent: String

        var description: String { "agent '\(agent)' disconnected while its rows were exported" }
    }

    /// Bytes written at once; the last row of a piece may exceed this size.
    private static var pieceSize: Int { 65_536 }

    let agents: [ManagedAgent]
    private let instances: [String?]
    let collection: ResourceCollection<Key, Row>
    let selection: Selection<Key, Row>

    /// - Parameter states: the states of the agents, in the same order.
    init(agents: [ManagedAgent], states: [AgentState], collection: ResourceCollection<Key, Row>, selection: Selection<Key, Row>) {
        self.agents = agents
        instances = states.map { $0.information?.instance }
        self.collection = collection
        self.selection = selection
    }

    /// When an agent's rows are withdrawn before they are written, the body ends early, without the final chunk that marks the end of an HTTP
    /// body: an incomplete list never looks complete.
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

    /// Writes the rows after a key until a piece is full. Returns the key of the last row, or nil at the end of the table.
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
