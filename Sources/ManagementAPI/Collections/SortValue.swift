import AgentModel
import MobileIPv4

/// The value a list is sorted by: one member of a row. Rows without the member come first.
enum SortValue: Hashable, Sendable, Comparable, Codable {
    case absent
    case number(Int64)
    case text(String)

    init(_ value: (some BinaryInteger)?) { self = value.map { .number(Int64(clamping: $0)) } ?? .absent }
    init(_ value: IPv4Address) { self = .number(Int64(value.rawValue)) }
    init(_ value: Timestamp?) { self = value.map { .number($0.milliseconds) } ?? .absent }
    /// Rows that never end come last.
    init(end value: Timestamp?) { self = .number(value?.milliseconds ?? .max) }
    init(_ value: String?) { self = value.map(SortValue.text) ?? .absent }
    init(_ value: Bool) { self = .number(value ? 1 : 0) }
    init(_ value: some RawRepresentable<String>) { self = .text(value.rawValue) }

    static func < (a: SortValue, b: SortValue) -> Bool {
        switch (a, b) {
        case (.number(let a), .number(let b)): a < b
        case (.text(let a), .text(let b)): a < b
        default: a.rank < b.rank
        }
    }

    private var rank: Int {
        switch self {
        case .absent: 0
        case .number: 1
        case .text: 2
        }
    }

    private enum Member: String, CodingKey { case number = "n", text = "t" }

    init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: Member.self)
        if let number = try members.decodeIfPresent(Int64.self, forKey: .number) {
            self = .number(number)
        } else {
            self = try members.decodeIfPresent(String.self, forKey: .text).map(SortValue.text) ?? .absent
        }
    }

    func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: Member.self)
        switch self {
        case .absent: break
        case .number(let value): try members.encode(value, forKey: .number)
        case .text(let value): try members.encode(value, forKey: .text)
        }
    }
}
