import AgentModel

/// A scalar that can be written.
enum WritableScalar: Hashable {
    case setting(Setting)
    case mipExtHistoryLimit, mipExtNotifyNodeInterval, mipExtNotifyMaximumRate
    case send(SendScalar)
    case drain(DrainScalar)

    /// Nil for any other object.
    init?(_ name: String) {
        switch name {
        case "mipExtHistoryLimit": self = .mipExtHistoryLimit
        case "mipExtNotifyNodeInterval": self = .mipExtNotifyNodeInterval
        case "mipExtNotifyMaximumRate": self = .mipExtNotifyMaximumRate
        default:
            if let scalar = SendScalar(rawValue: name) {
                self = .send(scalar)
                return
            }
            if let scalar = DrainScalar(rawValue: name) {
                self = .drain(scalar)
                return
            }
            guard let setting = Setting.all.first(where: { $0.scalar == name }) else { return nil }
            self = .setting(setting)
        }
    }

    var area: MIBWriteArea {
        switch self {
        case .setting(let setting): setting.area
        case .mipExtHistoryLimit, .mipExtNotifyNodeInterval, .mipExtNotifyMaximumRate: .notifications
        case .send: .messages
        case .drain: .drain
        }
    }
}

extension Setting {
    /// The area that the setting's group belongs to.
    fileprivate var area: MIBWriteArea {
        if SignallingGroup.settings.contains(self) { return .signalling }
        return ForeignAgentPolicy.declared.contains(self) ? .foreignAgent : .enable
    }
}

/// A table with columns that can be written. Its rows are identified by the instance alone, so tables that share rows are one case.
enum WritableTable: CaseIterable {
    case legacyAssociations, associations, homeAgents, legacyAdvertising, advertising, careOfAddresses, foreignAdvertising
    case bindings, visitors, capacity, notifyKinds

    /// The row nodes in the MIB texts.
    var entries: [MIBNode] {
        switch self {
        case .legacyAssociations: [.mipSecAssocEntry]
        // mipExtAssocTable augments mipSecurityAssocTable: the same rows.
        case .associations: [.mipSecurityAssocEntry, .mipExtAssocEntry]
        case .homeAgents: [.mnHAEntry]
        case .legacyAdvertising: [.maAdvConfigEntry]
        case .advertising: [.maAdvertConfEntry]
        case .careOfAddresses: [.faCOAEntry]
        case .foreignAdvertising: [.faAdvertConfEntry]
        case .bindings: [.mipExtBindingEntry]
        case .visitors: [.mipExtVisitorEntry]
        case .capacity: [.mipExtCapacityEntry]
        case .notifyKinds: [.mipExtNotifyEntry]
        }
    }

    var area: MIBWriteArea {
        switch self {
        case .legacyAssociations, .associations: .associations
        case .homeAgents: .homeAgents
        case .legacyAdvertising, .advertising: .advertising
        case .careOfAddresses, .foreignAdvertising: .foreignAgent
        case .bindings, .visitors: .bindings
        case .capacity, .notifyKinds: .notifications
        }
    }

    private static let byEntry = Dictionary(
        uniqueKeysWithValues: allCases.flatMap { table in table.entries.map { ($0, table) } })

    /// The table to which a column belongs; nil if the table has no writable columns.
    init?(of column: MIBObject) {
        guard let table = column.node.text.row.flatMap({ Self.byEntry[$0] }) else { return nil }
        self = table
    }
}

/// What one request writes to one row.
struct RowWrite {
    /// A value and the varbind that it came in.
    struct Cell {
        let position: Int
        let value: MIBValue
    }

    let table: WritableTable
    /// The sub-identifiers of the row's index.
    let instance: [UInt]
    /// The first varbind that concerns the row.
    let position: Int
    /// The values by column name.
    var cells: [String: Cell] = [:]

    func error(_ status: MIBSetStatus, _ reason: String, at column: String? = nil) -> MIBSetError {
        MIBSetError(position: column.flatMap { cells[$0]?.position } ?? position, status: status, reason: reason)
    }

    /// The number in a column that is an enumeration, a TruthValue or a number; nil if the request does not write it.
    func number(_ column: String) -> Int64? { cells[column]?.value.number }

    func truth(_ column: String) -> Bool? { number(column).map { $0 == 1 } }

    func octets(_ column: String) -> [UInt8]? {
        if case .octets(let octets) = cells[column]?.value { octets } else { nil }
    }

    /// The varbind that wrote each column.
    var positions: [String: Int] { cells.mapValues(\.position) }
}

extension MIBValue {
    /// The number of an enumeration, a TruthValue or a number; nil for any other value.
    var number: Int64? {
        switch self {
        case .integer(let number): Int64(number)
        case .unsigned(let number), .gauge(let number): Int64(number)
        default: nil
        }
    }
}
