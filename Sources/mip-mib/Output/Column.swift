import AgentModel
import DaemonSupport
import JSON
import MobileIPv4

/// A column of a list: a member of its rows, and how a table shows it to people.
struct Column: Sendable {
    /// When a column is shown without being requested.
    enum Level: Int, Comparable, Sendable {
        case always, wide, never

        static func < (a: Level, b: Level) -> Bool { a.rawValue < b.rawValue }
    }

    /// The member, or the path to it; the name of the column in `--columns` and CSV.
    let name: String
    let title: String
    let level: Level
    /// The text of a row's cell in a table, unless it is a time.
    private let cell: @Sendable (Row) -> String
    /// Whether the member is a time in RFC 3339.
    private var isTime = false

    init(_ name: String, _ title: String? = nil, level: Level = .always, cell: (@Sendable (Row) -> String)? = nil) {
        self.name = name
        self.title = title ?? Self.title(of: name)
        self.level = level
        self.cell = cell ?? { Self.text($0.member(at: name)) }
    }

    /// The text of a row's cell in a table.
    func text(of row: Row, _ zone: ShownTime.Zone) -> String {
        if isTime, let time = row.text(name).flatMap(Timestamp.init) { return ShownTime.text(time, zone) }
        return cell(row)
    }

    /// A column for a record member that a list declares no column for.
    init(_ member: RecordShape.Member) {
        if case .text(.time) = member.form {
            self = .time(member.name, level: .wide)
        } else {
            self.init(member.name, level: .wide)
        }
    }

    /// A column of seconds, written as a duration such as `12m05s`.
    static func duration(_ name: String, _ title: String? = nil, level: Level = .always) -> Column {
        Column(name, title, level: level) { row in row.count(name).map { mip_mib.duration(UInt32(clamping: $0)) } ?? "-" }
    }

    /// A column of times, to the second; JSON has milliseconds.
    static func time(_ name: String, _ title: String? = nil, level: Level = .always) -> Column {
        var column = Column(name, title, level: level)
        column.isTime = true
        return column
    }

    /// A column of roles, as `HA`, `FA` and `MN`.
    static func roles(_ name: String) -> Column {
        Column(name, "ROLES") { row in
            let roles = row.member(at: name)?.array ?? []
            return roles.isEmpty ? "-" : roles.map { short($0) }.joined(separator: ",")
        }
    }

    static func role(_ name: String, _ title: String = "ROLE", level: Level = .always) -> Column {
        Column(name, title, level: level) { row in row[name].map(short) ?? "-" }
    }

    private static func short(_ role: JSONValue) -> String {
        role.text.flatMap(AgentRole.init(rawValue:))?.abbreviation ?? text(role)
    }

    /// Seconds since the agent was last heard; JSON has a fraction.
    static let age = Column("age", level: .wide) { row in
        row.member(at: "age")?.double.map { mip_mib.duration(UInt32(min(max(0, $0), 4_000_000_000))) } ?? "-"
    }

    /// A column of an address and the port from another member.
    static func endpoint(_ name: String, port: String, _ title: String? = nil, level: Level = .always) -> Column {
        Column(name, title, level: level) { row in
            text(row.member(at: name)) + (row.count(port).map { ":\($0)" } ?? "")
        }
    }

    /// A column of registration flags, as letters.
    static func registrationFlags(_ name: String, level: Level = .always) -> Column {
        Column(name, "FLAGS", level: level) { row in letters("SBDMGVTx", RegistrationFlags.labels.map(\.label), row[name]) }
    }

    /// The letters for the labels in an array, or `-` if it is empty. A label without a letter is written in full.
    static func letters(_ letters: String, _ labels: [String], _ value: JSONValue?) -> String {
        guard let flags = value?.array?.compactMap(\.text), !flags.isEmpty else { return "-" }
        let known = zip(letters, labels).filter { flags.contains($0.1) }.map { String($0.0) }
        return (known + flags.filter { !labels.contains($0) }.map { "+\($0.printable)" }).joined()
    }

    /// A value for people: `-` if there is none, the elements of an array separated by commas.
    static func text(_ value: JSONValue?) -> String {
        switch value {
        case nil, .null: "-"
        case .string(let text): text.isEmpty ? "-" : text.printable
        case .bool(let value): value ? "yes" : "no"
        case .array(let values): values.isEmpty ? "-" : values.map { text($0) }.joined(separator: ",")
        case .object(let row): JSONValue.object(row).json.printable
        case let number?: number.json
        }
    }

    /// `homeAddress` as `HOME ADDRESS`.
    static func title(of name: String) -> String {
        var title = ""
        for character in name {
            if character.isUppercase { title += " " }
            title += character == "." ? " " : character.uppercased()
        }
        return title
    }
}

extension AgentRole {
    /// The abbreviation in RFC 5944.
    var abbreviation: String {
        switch self {
        case .homeAgent: "HA"
        case .foreignAgent: "FA"
        case .mobileNode: "MN"
        }
    }
}
