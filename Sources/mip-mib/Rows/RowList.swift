import AgentControl
import AgentModel
import ManagementCore

/// A table that the command lists, whichever source it is read from.
struct RowList: Sendable {
    /// The command's name.
    let name: String
    /// The name of the resource in the JSON API.
    let resource: String
    /// What a row is, for sentences.
    let rowName: String
    /// What an agent is asked for.
    let topic: ControlTopic
    /// The members by which the source orders rows of one agent.
    let order: [String]
    /// Which rows of the resource belong to the list.
    let accepts: @Sendable (Row) -> Bool
    /// Whether an agent has at most one row, which needs its whole picture.
    let isSingle: Bool
    /// What an agent itself does not keep can only be asked of its management.
    let isKeptByManagement: Bool
    /// Every column there is, in the order of the table.
    let columns: [Column]
    /// The rows in a picture of an agent.
    let rows: @Sendable (AgentState) throws -> [Row]

    /// - Parameter columns: without that of the agent, which comes first where `hasAgent`.
    init(
        _ name: String, resource: String? = nil, row: String, topic: ControlTopic, order: [String], columns: [Column],
        hasAgent: Bool = true, isSingle: Bool = false, isKeptByManagement: Bool = false,
        accepts: @escaping @Sendable (Row) -> Bool = { _ in true },
        rows: @escaping @Sendable (AgentState) throws -> [Row]
    ) {
        self.name = name
        self.resource = resource ?? name
        rowName = row
        self.topic = topic
        self.order = order
        self.isSingle = isSingle
        self.isKeptByManagement = isKeptByManagement
        self.accepts = accepts
        self.columns = (hasAgent ? [Column("agent")] : []) + columns
        self.rows = rows
    }

    /// The columns of a `--columns` list.
    func columns(named list: String) throws -> [Column] {
        try list.split(separator: ",").map { word in
            let name = word.trimmingPrefix { $0 == " " }
            if let column = columns.first(where: { $0.name == name }) { return column }
            // A part of a member, such as `information.version`.
            if let dot = name.firstIndex(of: "."), columns.contains(where: { $0.name == name[..<dot] }) {
                return Column(String(name))
            }
            throw CommandFailure.usage(
                "\(self.name) has no column '\(name)'; known are \(columns.map(\.name).joined(separator: ", "))")
        }
    }
}
