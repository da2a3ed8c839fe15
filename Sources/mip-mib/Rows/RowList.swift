import AgentControl
import AgentModel
import JSON
import ManagementCore

/// A table that a command lists, whichever source it is read from.
struct RowList: Sendable {
    /// The command's name.
    let name: String
    /// The name of the resource in the JSON API.
    let resource: String
    /// What one row is called in messages.
    let rowName: String
    /// The topic that is requested from an agent.
    let topic: ControlTopic
    /// The members by which the rows of one agent are ordered.
    let order: [String]
    /// Whether an agent has at most one row, which is made from the agent's whole snapshot.
    let isSingle: Bool
    /// Whether the rows are agents, which report about themselves without their tables.
    var isStatus: Bool { resource == "status" }
    /// Whether the list is kept by the management, and cannot be read from an agent itself.
    let isKeptByManagement: Bool
    /// Every column, in table order.
    let columns: [Column]
    /// What conditions and orders can name.
    let members: RowMembers
    /// Makes the rows from a snapshot of an agent.
    let rows: @Sendable (AgentState) throws -> [Row]

    /// - Parameters:
    ///   - record: the record type of the rows; a member that no column shows gets a wide column of its own.
    ///   - forms: the forms of members that are not declared by `record`.
    ///   - columns: the columns without the one of the agent, which comes first if `hasAgent`.
    init(
        _ name: String, resource: String? = nil, row: String, of record: (any JSON.Record.Type)? = nil, topic: ControlTopic,
        order: [String], columns: [Column],
        forms: [String: ValueForm] = [:], hasAgent: Bool = true, isSingle: Bool = false, isKeptByManagement: Bool = false,
        rows: @escaping @Sendable (AgentState) throws -> [Row]
    ) {
        self.name = name
        self.resource = resource ?? name
        rowName = row
        self.topic = topic
        self.order = order
        self.isSingle = isSingle
        self.isKeptByManagement = isKeptByManagement
        let shown = Set(columns.map { $0.name.prefix { $0 != "." } })
        let others = record.map { RecordShape(of: $0).members.filter { !shown.contains($0.name[...]) } } ?? []
        self.columns = (hasAgent ? [Column("agent")] : []) + columns + others.map(Column.init)
        members = RowMembers(self.columns.map(\.name), of: record, known: forms)
        self.rows = rows
    }

    /// A table of `ManagementCore`, with its columns for people.
    init<Key, Record>(_ table: AgentTable<Key, Record>, isKeptByManagement: Bool = false, columns: [Column]) {
        self.init(
            table.name, row: table.noun, of: Record.self as? any JSON.Record.Type, topic: table.topic, order: table.order,
            columns: columns, isKeptByManagement: isKeptByManagement
        ) { state in
            isKeptByManagement ? [] : try table.rows(state).map { try Row(encoding: table.resource($0.row, in: state)) }
        }
    }

    /// The help of the command that prints the list: this text, followed by the columns.
    func help(_ text: String) -> String {
        func names(_ level: Column.Level) -> String {
            var seen: Set<String> = []
            let atLevel = columns.filter { $0.level == level && seen.insert($0.name).inserted }
            return atLevel.map(\.name).joined(separator: ", ")
        }
        var help = text + "\n\nColumns, named like the JSON members: " + names(.always) + "."
        if !names(.wide).isEmpty { help += "\nAlso shown with --output wide: " + names(.wide) + "." }
        if !names(.never).isEmpty { help += "\nIn tables only if named with --columns: " + names(.never) + "." }
        return help
    }

    /// Whether the source provides the list at all.
    func isReported(by source: SourceKind) -> Bool {
        switch source {
        case .socket: !isKeptByManagement
        case .url: true
        case .snmp: SNMPMapping.all[name] != nil
        }
    }

    /// The columns named in a `--columns` list.
    func columns(named list: String) throws -> [Column] {
        try list.split(separator: ",").map { word in
            let name = word.trimmingPrefix { $0 == " " }
            if let column = columns.first(where: { $0.name == name }) { return column }
            // A path into a member, such as `information.version`.
            if case .known(let form)? = members.form(of: String(name)) {
                if case .text(.time) = form { return .time(String(name)) }
                return Column(String(name))
            }
            throw CommandFailure.usage(
                "\(self.name) has no column '\(name)'; expected one of \(columns.map(\.name).joined(separator: ", "))")
        }
    }
}
