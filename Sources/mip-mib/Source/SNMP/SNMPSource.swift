import Dispatch
import JSON
import MIPMIB
import MobileIPv4
import SNMPClient

/// Reads an SNMP agent with MIP-MIB, from any vendor. Members that its tables do not have are absent.
struct SNMPSource: RowSource {
    let settings: Settings
    let host: String
    /// Whether what the agent cannot read is not reported on standard error.
    var isQuiet = false

    func read(
        _ list: RowList, where conditions: [RowCondition], _ receive: @escaping @Sendable ([Row]) -> Bool
    ) async throws -> [String] {
        guard let mapping = SNMPMapping.all[list.name] else {
            throw CommandFailure.usage(
                "\(list.name) is not available by SNMP; expected one of \(SNMPMapping.all.keys.sorted().joined(separator: ", ")); "
                    + "'mip-mib walk' shows everything else")
        }
        // An SNMP session blocks its thread, and Swift's task pool has few threads.
        try await withCheckedThrowingContinuation { (done: CheckedContinuation<Void, any Error>) in
            DispatchQueue(label: "snmp").async {
                done.resume(
                    with: Result {
                        var instances = try RemoteInstances(settings, host: host)
                        instances.isQuiet = isQuiet
                        try instances.require(settings.agents)
                        var reading = SNMPReading(session: instances, host: host)
                        let ordering = PageOrdering(list: list, receive: receive)
                        reading.members = list.members
                        try reading.read(mapping, ordering.take)
                        _ = ordering.finish()
                    })
            }
        }
        return []
    }
}

/// Reads an SNMP agent once. Blocks the thread.
struct SNMPReading {
    /// How many rows are passed on at once.
    private static let pieceSize = 100

    let session: RemoteInstances
    let host: String
    /// The members of the list that is read, to leave out values that they cannot have.
    var members = RowMembers([], of: nil)
    private let mib = MIBNames()
    private var rendering: MIBRendering { MIBRendering(names: mib) }

    init(session: RemoteInstances, host: String) {
        self.session = session
        self.host = host
    }

    /// Passes the rows to `receive` in pieces until it returns false.
    mutating func read(_ mapping: SNMPMapping, _ receive: ([Row]) -> Bool) throws {
        var hasRows = false
        for part in mapping.parts {
            guard
                try read(
                    part,
                    {
                        hasRows = true; return receive($0)
                    })
            else { return }
            if mapping.isFirstAlone && hasRows { return }
        }
    }

    /// Returns whether more rows are wanted.
    private func read(_ part: SNMPMapping.Part, _ receive: ([Row]) -> Bool) throws -> Bool {
        var objects = SNMPObjects(names: mib)
        objects.scalars = try scalars(part.objects.union(["mipExtAgentName"]))
        let agent = objects.text("mipExtAgentName") ?? host
        for table in part.whole { objects.tables[table.name] = try whole(table, part.objects) }
        let counts = Set(part.members.map(\.path).filter(members.isUnsigned))
        guard !part.tables.isEmpty else {
            return part.row(objects, agent: agent, unsigned: counts).map { receive([$0]) } ?? true
        }
        let columns = part.tables.flatMap { self.columns(of: $0.name, part.objects) }
        var piece: [Row] = []
        var isWanted = true
        var previous: JSONValue?
        try rows(of: columns) { own in
            objects.row = own
            for table in part.whole { add(table, &objects) }
            guard let row = part.row(objects, agent: agent, unsigned: counts) else { return true }
            if let unique = part.unique {
                if row[unique] == previous { return true }
                previous = row[unique]
            }
            piece.append(row)
            if piece.count >= Self.pieceSize {
                isWanted = receive(piece)
                piece = []
            }
            return isWanted
        }
        return isWanted && (piece.isEmpty || receive(piece))
    }

    /// Adds the matching row of a joined table to the current row.
    private func add(_ table: SNMPMapping.WholeTable, _ objects: inout SNMPObjects) {
        guard let object = table.object, let rowObject = table.rowObject, let value = objects.row[rowObject]?.plainText,
            let found = objects.tables[table.name]?.first(where: { $0[object]?.plainText == value })
        else { return }
        for member in found.members where objects.row[member.name] == nil { objects.row[member.name] = member.value }
    }

    // MARK: - Requests

    private static let sysUpTime: [UInt32] = [1, 3, 6, 1, 2, 1, 1, 3, 0]

    private func scalars(_ names: Set<String>) throws -> Row {
        let nodes = names.compactMap { mib.node(named: $0) }.filter { $0.kind == "scalar" }
        var wanted = nodes.map { (name: $0.name, oid: $0.oid + [0]) }
        if names.contains("sysUpTime") { wanted.append(("sysUpTime", Self.sysUpTime)) }
        var row = Row()
        for start in stride(from: 0, to: wanted.count, by: 20) {
            let some = wanted[start..<min(wanted.count, start + 20)]
            for (binding, (name, oid)) in zip(try session.get(some.map(\.oid)), some) where binding.name == oid {
                guard binding.value.isValue else { continue }
                row[name] = rendering.plain(binding.value, of: mib.node(named: name))
            }
        }
        return row
    }

    private func columns(of table: String, _ wanted: Set<String>) -> [NamedNode] {
        guard let node = mib.node(named: table) else { return [] }
        return mib.columns(of: node).filter { $0.object?.access.isReadable == true && wanted.contains($0.name) }
    }

    private func whole(_ table: SNMPMapping.WholeTable, _ wanted: Set<String>) throws -> [Row] {
        var rows: [Row] = []
        try self.rows(of: columns(of: table.name, wanted)) {
            rows.append($0)
            return true
        }
        return rows
    }

    /// Passes the rows formed by these columns to `receive`, with decoded indexes.
    private func rows(of columns: [NamedNode], _ receive: (Row) -> Bool) throws {
        guard let index = columns.first?.object?.index else { return }
        // A row that only later tables have is not a row of the list.
        let own = columns.prefix { $0.oid.starts(with: columns[0].oid.dropLast()) }.count
        try session.rows(of: columns.map(\.oid)) { key, values in
            guard values.prefix(own).contains(where: { $0 != nil }) else { return true }
            var row = MIBRendering.members(key, index, hasNumbers: true)
            for (column, value) in zip(columns, values) {
                if let value { row[column.name] = rendering.plain(value, of: column, in: row) }
            }
            return receive(row)
        }
    }
}
