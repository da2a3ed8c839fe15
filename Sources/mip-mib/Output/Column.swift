import AgentModel
import JSON
import MobileIPv4

/// A column that a list can be printed with: a member of its rows, and how people read it.
struct Column: Sendable {
    /// When a column is shown without being asked for.
    enum Level: Int, Comparable, Sendable {
        case always, wide, never

        static func < (a: Level, b: Level) -> Bool { a.rawValue < b.rawValue }
    }

    /// The member, or the path to it; the name of the column in `--columns` and CSV.
    let name: String
    let title: String
    let level: Level
    /// What a table shows of a row.
    let cell: @Sendable (Row) -> String

    init(_ name: String, _ title: String? = nil, level: Level = .always, cell: (@Sendable (Row) -> String)? = nil) {
        self.name = name
        self.title = title ?? Self.title(of: name)
        self.level = level
        self.cell = cell ?? { Self.text($0.member(at: name)) }
    }

    /// A member of a record that no list shows in a way of its own.
    init(_ member: RecordShape.Member) {
        if case .text(.time) = member.form {
            self = .time(member.name, level: .wide)
        } else {
            self.init(member.name, level: .wide)
        }
    }

    /// Seconds as people read them.
    static func duration(_ name: String, _ title: String? = nil, level: Level = .always) -> Column {
        Column(name, title, level: level) { row in row.count(name).map { mip_mib.duration(UInt32(clamping: $0)) } ?? "-" }
    }

    /// A time to the second; JSON has milliseconds.
    static func time(_ name: String, _ title: String? = nil, level: Level = .always) -> Column {
        Column(name, title, level: level) { row in
            guard let text = row.text(name), text.utf8.count == 24, text.hasSuffix("Z") else { return plain(row, name) }
            return text.prefix(19).replacing("T", with: " ") + "Z"
        }
    }

    private static func plain(_ row: Row, _ name: String) -> String { text(row.member(at: name)) }

    /// Roles as `HA`, `FA` and `MN`.
    static func roles(_ name: String) -> Column {
        Column(name, "ROLES") { row in
            let roles = row.member(at: name)?.array ?? []
            return roles.isEmpty ? "-" : roles.map { short($0) }.joined(separator: ",")
        }
    }

    static func role(_ name: String) -> Column { Column(name, "ROLE") { row in row[name].map(short) ?? "-" } }

    private static func short(_ role: JSONValue) -> String {
        role.text.flatMap(AgentRole.init(rawValue:))?.abbreviation ?? text(role)
    }

    /// Seconds since an agent was heard, with a fraction in JSON.
    static let age = Column("age", level: .wide) { row in
        row.member(at: "age")?.double.map { mip_mib.duration(UInt32(min(max(0, $0), 4_000_000_000))) } ?? "-"
    }

    /// An address and the port in another member.
    static func endpoint(_ name: String, port: String, _ title: String? = nil, level: Level = .always) -> Column {
        Column(name, title, level: level) { row in
            text(row.member(at: name)) + (row.count(port).map { ":\($0)" } ?? "")
        }
    }

    /// Flags of a registration as letters.
    static func registrationFlags(_ name: String, level: Level = .always) -> Column {
        Column(name, "FLAGS", level: level) { row in letters("SBDMGVTx", RegistrationFlags.labels.map(\.label), row[name]) }
    }

    /// The letters of the labels in an array, `-` for none. A label without a letter is written out.
    static func letters(_ letters: String, _ labels: [String], _ value: JSONValue?) -> String {
        guard let flags = value?.array?.compactMap(\.text), !flags.isEmpty else { return "-" }
        let known = zip(letters, labels).filter { flags.contains($0.1) }.map { String($0.0) }
        return (known + flags.filter { !labels.contains($0) }.map { "+\($0.printable)" }).joined()
    }

    /// A value for people: `-` for none, the elements of an array with commas between.
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
    /// As RFC 5944 writes it.
    var abbreviation: String {
        switch self {
        case .homeAgent: "HA"
        case .foreignAgent: "FA"
        case .mobileNode: "MN"
        }
    }
}
