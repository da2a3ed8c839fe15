import AgentControl
import AgentModel
import ArgumentParser
import JSON
import MIPMIB
import SNMPClient

extension SourceOptions {
    /// The instances of the configured source: one agent's control socket, or an SNMP agent.
    func instances(_ settings: Settings) async throws -> any InstanceReader {
        if let host = settings.target.snmpHost {
            let instances = try RemoteInstances(settings, host: host)
            try instances.require(settings.agents)
            return instances
        }
        if settings.target.url != nil {
            throw CommandFailure.usage("the JSON API has no MIB objects; give --socket or --snmp instead of --url")
        }
        let paths = try await paths(settings)
        guard let path = paths.first, paths.count == 1 else {
            throw CommandFailure.usage("\(paths.count) agents run on this machine; choose one with --agent NAME or --socket PATH")
        }
        return try await LocalInstances(socketPath: path, timeout: settings.socketTimeout)
    }
}

struct TranslateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "translate", abstract: "Translate names of MIP-MIB and MIPV4-EXT-MIB to OIDs and back, with their meaning.",
        usage: "mip-mib translate [<options>] [<name|oid> ...]",
        discussion: """
            Without names, lists every node. No MIB file is needed.

            Examples:
              mip-mib translate haMobilityBindingTimeRemaining
              mip-mib translate 1.3.6.1.2.1.44.1.1.2.0
              mip-mib translate -o csv --columns name,oid
            """)

    @Argument(help: ArgumentHelp("Names or OIDs.", valueName: "name|oid")) var names: [String] = []
    @OptionGroup var listing: ListOptions

    static let list = RowList(
        "translate", row: "node", topic: .information, order: [],
        columns: [
            Column("name") { row in Column.text(row["module"]) + "::" + Column.text(row["name"]) + Column.suffix(row) },
            Column("oid", "OID"), Column("kind"), Column("syntax"), Column("access"), Column("units", level: .wide),
            Column("index", level: .wide), Column("status", level: .wide), Column("values", level: .wide),
            Column("description", level: .wide), Column("module", level: .never), Column("instance", level: .never),
        ], hasAgent: false
    ) { _ in [] }

    func run() async throws {
        let mib = MIBNames()
        let rows =
            try names.isEmpty
            ? mib.nodes.map { Self.row($0, $0.oid) }
            : names.map { text in
                let oid = try mib.oid(of: text)
                guard let node = mib.node(for: oid) else {
                    throw CommandFailure.nothingFound("name for \(text) in MIP-MIB or MIPV4-EXT-MIB")
                }
                return Self.row(node, oid)
            }
        let settings = try Settings.read()
        if try listing.outputOptions.format(settings) == .table, !names.isEmpty, listing.columns == nil {
            var output = StandardOutput()
            for row in rows { Self.write(row, to: &output) }
            output.flush()
            return
        }
        try await listing.print(Self.list, from: FixedRows(rows: rows), settings: settings)
    }

    private static func row(_ node: NamedNode, _ oid: [UInt32]) -> Row {
        var row = Row([
            ("module", .string(node.module)), ("name", .string(node.name)),
            ("oid", .string(oid.map(String.init).joined(separator: "."))), ("kind", .string(node.kind)),
        ])
        if oid.count > node.oid.count {
            row["instance"] = .string(oid.dropFirst(node.oid.count).map(String.init).joined(separator: "."))
        }
        if !node.units.isEmpty { row["units"] = .string(node.units) }
        guard let object = node.object else { return row }
        row["syntax"] = .string(object.syntax.text)
        row["access"] = .string(object.access.rawValue)
        row["status"] = .string(object.status.rawValue)
        row["description"] = .string(object.summary)
        if object.isColumn { row["index"] = .array(object.index.map { .string($0.name) }) }
        if !object.syntax.names.isEmpty {
            row["values"] = .array(object.syntax.names.map { .string("\($0.label)(\($0.number))") })
        }
        return row
    }

    private static func write(_ row: Row, to output: inout StandardOutput) {
        output.write(Column.text(row["module"]) + "::" + Column.text(row["name"]) + Column.suffix(row) + "\n")
        for name in ["oid", "kind", "syntax", "access", "status", "units", "index", "values", "description"] {
            guard let value = row[name] else { continue }
            output.write("  \(name)\(String(repeating: " ", count: 13 - name.count))\(Column.text(value))\n")
        }
    }
}

extension Column {
    /// The suffix of a name that identifies an instance.
    fileprivate static func suffix(_ row: Row) -> String { row.text("instance").map { ".\($0)" } ?? "" }
}

struct GetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "get", abstract: "Print the values of instances, by name or OID.",
        usage: "mip-mib get [<options>] <name|oid> ...",
        discussion: """
            The output is that of snmpget with the MIB modules loaded. Exits with status 1 if one of the instances does not exist.

            Examples:
              mip-mib get mipEnable.0
              mip-mib get haMobilityBindingTimeRemaining.10.0.1.1.192.0.2.1 --snmp router1
            """)

    @Argument(help: ArgumentHelp("Names or OIDs of instances.", valueName: "name|oid")) var names: [String]
    @OptionGroup var source: SourceOptions

    func run() async throws {
        let mib = MIBNames()
        let oids = try names.map(mib.oid(of:))
        var reader = try await source.instances(source.settings())
        let bindings = try reader.get(oids)
        let rendering = MIBRendering(names: mib)
        var output = StandardOutput()
        for binding in bindings { output.write(rendering.line(binding) + "\n") }
        output.flush()
        let missing = bindings.filter { !$0.value.isValue }
        for binding in missing {
            guard let node = mib.node(for: binding.name), node.oid == binding.name else { continue }
            switch node.kind {
            case "scalar": StandardError.write("\(node.name) has one instance: \(node.name).0")
            case "column":
                StandardError.write("\(node.name) has an instance for each row; 'mip-mib walk \(node.name)' lists them")
            default: break
            }
        }
        if !missing.isEmpty { throw ExitCode(1) }
    }
}

struct WalkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "walk", abstract: "Print every instance below a name or OID; without one, of both modules.",
        usage: "mip-mib walk [<options>] [<name|oid> ...]",
        discussion: """
            The output is that of snmpwalk with the MIB modules loaded.

            Examples:
              mip-mib walk mipSystem
              mip-mib walk --snmp router1:161 --credentials router1.yaml
            """)

    @Argument(help: ArgumentHelp("Names or OIDs.", valueName: "name|oid")) var names: [String] = ["mipMIB", "mipExtMIB"]
    @OptionGroup var source: SourceOptions

    func run() async throws {
        let mib = MIBNames()
        let roots = try names.map(mib.oid(of:))
        var reader = try await source.instances(source.settings())
        let rendering = MIBRendering(names: mib)
        var output = StandardOutput()
        var count = 0
        for root in roots {
            try reader.walk(root) { binding in
                count += 1
                output.write(rendering.line(binding) + "\n")
                if count.isMultiple(of: 40) { output.flush() }
                return true
            }
        }
        output.flush()
        if count == 0 { throw CommandFailure.nothingFound("instance below \(names.joined(separator: ", "))") }
    }
}

struct TableCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "table", abstract: "Print a MIB table, one line per row, with decoded indexes.",
        usage: "mip-mib table [<options>] <name>",
        discussion: """
            Examples:
              mip-mib table haMobilityBindingTable
              mip-mib table mipExtReplyTable --snmp router1 -o csv
            """)

    @Argument(help: ArgumentHelp("The table.", valueName: "name")) var name: String
    @OptionGroup var source: SourceOptions
    @OptionGroup var listing: ListOptions

    func run() async throws {
        let mib = MIBNames()
        guard let oid = try? mib.oid(of: name), let table = mib.node(for: oid), table.oid == oid, table.kind == "table" else {
            let known = mib.nodes.filter { $0.kind == "table" }.map(\.name).joined(separator: ", ")
            throw CommandFailure.usage("'\(name)' is not a table; expected one of \(known)")
        }
        let settings = try source.settings()
        var reader = try await source.instances(settings)
        let (columns, rows) = try MIBTableRows.read(table, mib, &reader)
        let list = RowList(
            table.name, row: "row", topic: .information, order: [],
            columns: columns.map { mib.node(named: $0)?.isTime == true ? .time($0, $0) : Column($0, $0) },
            forms: Dictionary(
                columns.compactMap { name in mib.node(named: name)?.object?.syntax.form.map { (name, $0) } },
                uniquingKeysWith: { first, _ in first }), hasAgent: false
        ) { _ in [] }
        try await listing.print(list, from: FixedRows(rows: rows), settings: settings)
    }
}

/// The rows of a conceptual table, ordered by index.
enum MIBTableRows {
    static func read(
        _ table: NamedNode, _ mib: MIBNames, _ reader: inout any InstanceReader
    ) throws -> (columns: [String], rows: [Row]) {
        let rendering = MIBRendering(names: mib)
        let index = mib.columns(of: table).compactMap(\.object).first?.index ?? []
        var columns = index.map(\.name)
        let readable = mib.columns(of: table).filter { $0.object?.access.isReadable == true }
        for column in readable where !columns.contains(column.name) { columns.append(column.name) }
        var rows: [[UInt32]: Row] = [:]
        func take(_ value: SNMPValue, _ key: [UInt32], _ column: NamedNode) {
            var row = rows[key] ?? MIBRendering.members(key, index, hasNumbers: false)
            // The type of an identifier is the column before it.
            row[column.name] = rendering.plain(value, of: column, in: row)
            rows[key] = row
        }
        if let remote = reader as? RemoteInstances {
            // A column that the agent cannot read does not hide the others.
            try remote.rows(of: readable.map(\.oid)) { key, values in
                for (column, value) in zip(readable, values) {
                    if let value { take(value, key, column) }
                }
                return true
            }
        } else {
            for column in readable {
                try reader.walk(column.oid) { binding in
                    take(binding.value, Array(binding.name.dropFirst(column.oid.count)), column)
                    return true
                }
            }
        }
        let ordered = rows.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.value)
        return (columns, ordered)
    }
}

extension NamedNode {
    /// Whether its values are DateAndTime.
    fileprivate var isTime: Bool { object?.syntax.convention == "DateAndTime" }
}

extension MIBSyntax {
    /// The JSON form of values in the rows of `table`; nil if it is not known.
    fileprivate var form: ValueForm? {
        switch base {
        case .integer32, .unsigned32, .gauge32, .counter32, .counter64, .timeTicks: .whole(isSigned: true)
        case .enumeration: .words(WordList(convention ?? "", names.map(\.label)))
        case .ipAddress: .text(.address)
        case .octetString where convention == "DateAndTime": .text(.time)
        default: nil
        }
    }
}
