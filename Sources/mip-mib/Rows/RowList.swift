import AgentControl
import AgentModel
import JSON
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
    /// Whether an agent has at most one row, which needs its whole snapshot.
    let isSingle: Bool
    /// Whether the rows are agents, which tell about themselves without their tables.
    var isStatus: Bool { resource == "status" }
    /// What an agent itself does not keep can only be asked of its management.
    let isKeptByManagement: Bool
    /// Whether the JSON API has it.
    let isServed: Bool
    /// Every column there is, in the order of the table.
    let columns: [Column]
    /// The rows in a snapshot of an agent.
    let rows: @Sendable (AgentState) throws -> [Row]

    /// - Parameters:
    ///   - record: what the rows are; members that no column shows have a wide one of their own.
    ///   - columns: without that of the agent, which comes first where `hasAgent`.
    init(
        _ name: String, resource: String? = nil, row: String, of record: (any JSON.Record.Type)? = nil, topic: ControlTopic,
        order: [String], columns: [Column],
        hasAgent: Bool = true, isSingle: Bool = false, isKeptByManagement: Bool = false, isServed: Bool = true,
        rows: @escaping @Sendable (AgentState) throws -> [Row]
    ) {
        self.name = name
        self.resource = resource ?? name
        rowName = row
        self.topic = topic
        self.order = order
        self.isSingle = isSingle
        self.isKeptByManagement = isKeptByManagement
        self.isServed = isServed
        let shown = Set(columns.map { $0.name.prefix { $0 != "." } })
        let others = record.map { RecordShape(of: $0).members.filter { !shown.contains($0.name[...]) } } ?? []
        self.columns = (hasAgent ? [Column("agent")] : []) + columns + others.map(Column.init)
        self.rows = rows
    }

    /// A table of the core, with the columns that people read.
    init<Key, Record>(_ table: AgentTable<Key, Record>, isKeptByManagement: Bool = false, columns: [Column]) {
        self.init(
            table.name, row: table.noun, of: Record.self as? any JSON.Record.Type, topic: table.topic, order: table.order,
            columns: columns, isKeptByManagement: isKeptByManagement
        ) { state in
            isKeptByManagement ? [] : try table.rows(state).map { try Row(encoding: table.resource($0.row, in: state)) }
        }
    }

    /// The help of a command that lists it: this text, and the columns there are.
    func help(_ text: String) -> String {
        func names(_ level: Column.Level) -> String {
            var seen: Set<String> = []
            let own = columns.filter { $0.level == level && seen.insert($0.name).inserted }
            return own.map(\.name).joined(separator: ", ")
        }
        var help = text + "\n\nColumns, named as the members of JSON: " + names(.always) + "."
        if !names(.wide).isEmpty { help += "\nWith --output wide also: " + names(.wide) + "." }
        if !names(.never).isEmpty { help += "\nOnly by name: " + names(.never) + "." }
        return help
    }

    /// Whether a source has the list at all.
    func isReported(by source: SourceKind) -> Bool {
        switch source {
        case .socket: !isKeptByManagement
        case .url: isServed
        case .snmp: SNMPMapping.all[name] != nil
        }
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
