import ArgumentParser
import JSON

/// How rows are printed.
enum OutputFormat: String, CaseIterable, Sendable, ExpressibleByArgument {
    case table, wide, json, ndjson, csv, yaml

    /// Whether the format is meant for people rather than programs.
    var isForPeople: Bool { self == .table || self == .wide }

    /// A printer for this format.
    ///
    /// - Parameters:
    ///   - columns: every column of the list.
    ///   - chosen: the requested columns; nil for the default columns of the format.
    ///   - zone: of the times that people read.
    func printer(columns: [Column], chosen: [Column]?, hasHeader: Bool, zone: ShownTime.Zone) -> any RowPrinter {
        let members = chosen.map { $0.map(\.name) }
        switch self {
        case .table: return TablePrinter(chosen ?? columns.filter { $0.level == .always }, hasHeader: hasHeader, zone: zone)
        case .wide: return TablePrinter(chosen ?? columns.filter { $0.level <= .wide }, hasHeader: hasHeader, zone: zone)
        case .csv: return CSVPrinter(members ?? columns.map(\.name), hasHeader: hasHeader)
        case .json: return JSONPrinter(members: members, isArray: true)
        case .ndjson: return JSONPrinter(members: members, isArray: false)
        case .yaml: return YAMLPrinter(members: members)
        }
    }
}

/// Writes rows in one format.
protocol RowPrinter: Sendable {
    /// Called before the first row. `sample` holds the rows that will be printed first, possibly all of them.
    mutating func begin(_ sample: [Row], to output: inout StandardOutput)
    mutating func print(_ row: Row, to output: inout StandardOutput)
    mutating func end(to output: inout StandardOutput)
}

extension Row {
    /// The row with only those of these members that it has; the whole row if `members` is nil.
    func only(_ members: [String]?) -> Row {
        guard let members else { return self }
        return Row(members.compactMap { name in member(at: name).map { (name, $0) } })
    }
}
