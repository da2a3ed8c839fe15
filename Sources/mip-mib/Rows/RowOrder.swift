import JSON
import MobileIPv4

/// Orders rows by some of their members: numbers and addresses by value, other text by its characters, absent members last.
struct RowOrder: Sendable {
    struct Part: Sendable {
        let path: String
        let isDescending: Bool
    }

    let parts: [Part]

    /// Ascending by each of these members.
    init(ascending paths: [String]) { parts = paths.map { Part(path: $0, isDescending: false) } }

    /// Members separated by commas; a `-` before a member makes its order descending.
    init(_ text: String) {
        parts = text.split(separator: ",").map { word in
            Part(path: String(word.hasPrefix("-") ? word.dropFirst() : word), isDescending: word.hasPrefix("-"))
        }
    }

    private enum Key: Comparable {
        case truth(Int)
        case number(Double)
        case address(IPv4Address)
        case text(String)

        init?(_ value: JSONValue?) {
            switch value {
            case .bool(let value): self = .truth(value ? 1 : 0)
            case .string(let text): self = IPv4Address(text).map(Key.address) ?? .text(text)
            case .array, .object: self = .text(value?.json ?? "")
            case nil, .null: return nil
            case let number?: self = .number(number.double ?? 0)
            }
        }
    }

    /// The sorted rows; rows that compare equal keep their order.
    func sorted(_ rows: [Row]) -> [Row] {
        let keyed = rows.map { row in (row, parts.map { Key(row.member(at: $0.path)) }) }
        return keyed.enumerated().sorted { a, b in
            for (index, part) in parts.enumerated() {
                switch (a.element.1[index], b.element.1[index]) {
                case (let left?, let right?):
                    if left < right { return !part.isDescending }
                    if right < left { return part.isDescending }
                case (.some, nil): return true
                case (nil, .some): return false
                case (nil, nil): break
                }
            }
            return a.offset < b.offset
        }.map(\.element.0)
    }
}
