import AgentModel
import Foundation
import ManagementCore
import MobileIPv4

/// A parameter that filters a list: its name, its possible values, and the rows that match a value.
struct RowFilter<Key: Comparable & Sendable, Row: Sendable>: Sendable {
    /// The values a parameter can have.
    enum Form: Sendable {
        /// An IPv4 address or an address prefix.
        case prefix
        /// A text that must match exactly.
        case text
        /// The beginning of an address or a part of a name.
        case search
        /// A whole number.
        case number(ClosedRange<Int64>)
        /// One or more words of a list, separated by commas.
        case choice([String])
        case flag
    }

    /// The rows that match a value, and the range of keys where they can be.
    struct Choice: Sendable {
        var keys: KeyRange<Key>?
        let matches: @Sendable (Row) -> Bool
    }

    let name: String
    let form: Form
    let about: String
    let choose: @Sendable (String) throws(Problem) -> Choice

    static func prefix(
        _ name: String, _ about: String, keys: (@Sendable (IPv4Prefix) -> KeyRange<Key>)? = nil,
        _ value: @escaping @Sendable (Row) -> IPv4Address?
    ) -> RowFilter {
        RowFilter(name: name, form: .prefix, about: about) { text throws(Problem) in
            let prefix = try IPv4Prefix(parameter: name, text)
            return Choice(keys: keys?(prefix)) { value($0).map(prefix.contains) ?? false }
        }
    }

    static func text(_ name: String, _ about: String, _ value: @escaping @Sendable (Row) -> String?) -> RowFilter {
        RowFilter(name: name, form: .text, about: about) { text throws(Problem) in Choice { value($0) == text } }
    }

    /// Matches the network access identifier, whatever the case of its realm.
    static func nai(_ value: @escaping @Sendable (Row) -> NetworkAccessIdentifier?) -> RowFilter {
        RowFilter(name: "nai", form: .text, about: "Network access identifier.") { text throws(Problem) in
            let wanted = NetworkAccessIdentifier(text)
            return Choice { wanted != nil && value($0) == wanted }
        }
    }

    /// Matches the service, in whichever form of Unicode its name is given.
    static func service(_ value: @escaping @Sendable (Row) -> ServiceIdentifier?) -> RowFilter {
        RowFilter(name: "service", form: .text, about: "The node's service (RFC 5446).") { text throws(Problem) in
            let wanted = ServiceIdentifier(text)
            return Choice { wanted != nil && value($0) == wanted }
        }
    }

    static func number(
        _ name: String, _ range: ClosedRange<Int64>, _ about: String, _ value: @escaping @Sendable (Row) -> Int64?
    ) -> RowFilter {
        RowFilter(name: name, form: .number(range), about: about) { text throws(Problem) in
            guard let number: Int64 = DecimalNumber.parse(text), range.contains(number) else {
                throw .badRequest("\(name) '\(text)' is invalid; expected \(range.lowerBound) to \(range.upperBound)")
            }
            return Choice { value($0) == number }
        }
    }

    /// Matches numbers greater than the value.
    static func greater(
        _ name: String, _ range: ClosedRange<Int64>, _ about: String, _ value: @escaping @Sendable (Row) -> Int64?
    ) -> RowFilter {
        RowFilter(name: name, form: .number(range), about: about) { text throws(Problem) in
            guard let number: Int64 = DecimalNumber.parse(text), range.contains(number) else {
                throw .badRequest("\(name) '\(text)' is invalid; expected \(range.lowerBound) to \(range.upperBound)")
            }
            return Choice { value($0).map { $0 > number } ?? false }
        }
    }

    static func flag(_ name: String, _ about: String, _ value: @escaping @Sendable (Row) -> Bool) -> RowFilter {
        RowFilter(name: name, form: .flag, about: about) { text throws(Problem) in
            guard let flag = Bool(text) else {
                throw .badRequest("\(name) '\(text)' is invalid; expected true or false")
            }
            return Choice { value($0) == flag }
        }
    }

    static func choice<Value: CaseIterable & RawRepresentable<String> & Hashable & Sendable>(
        _ name: String, _ about: String, _ value: @escaping @Sendable (Row) -> Value?
    ) -> RowFilter {
        let known = Value.allCases.map(\.rawValue)
        return RowFilter(name: name, form: .choice(known), about: about) { text throws(Problem) in
            var words: Set<Value> = []
            for word in text.split(separator: ",", omittingEmptySubsequences: false) {
                guard let one = Value(rawValue: String(word)) else {
                    throw .badRequest("\(name) '\(word)' is invalid; expected some of \(known.joined(separator: ", "))")
                }
                words.insert(one)
            }
            let chosen = words
            return Choice { value($0).map(chosen.contains) ?? false }
        }
    }

    /// Matches the beginning of an address, or a part of a name regardless of case.
    static func search(
        _ about: String, addresses: @escaping @Sendable (Row) -> [IPv4Address],
        names: @escaping @Sendable (Row) -> [String] = { _ in [] }
    ) -> RowFilter {
        RowFilter(name: "search", form: .search, about: about) { text throws(Problem) in
            let start = AddressStart(text)
            let lowercased = text.lowercased()
            return Choice { row in
                if let start, addresses(row).contains(where: start.fits) { return true }
                return names(row).contains { $0.range(of: lowercased, options: .caseInsensitive) != nil }
            }
        }
    }
}

/// The beginning of an address in dotted form, compared without formatting addresses: `10.0.1` matches 10.0.1.7 and 10.0.12.3.
struct AddressStart: Sendable {
    private let ranges: [ClosedRange<UInt32>]

    /// Nil when no address begins with the text.
    init?(_ text: String) {
        guard !text.isEmpty, text.utf8.allSatisfy({ $0 == UInt8(ascii: ".") || (0x30...0x39).contains($0) }) else { return nil }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 4 else { return nil }
        var network: UInt32 = 0
        for part in parts.dropLast() {
            guard let byte = UInt8(part), "\(byte)" == part else { return nil }
            network = network << 8 | UInt32(byte)
        }
        let last = parts[parts.count - 1]
        let shift = UInt32(8 * (4 - parts.count))
        let before = UInt64(network)
        if last.isEmpty {
            let low = UInt32(truncatingIfNeeded: before << (UInt64(shift) + 8))
            ranges = [low...(low | (shift + 8 >= 32 ? .max : (1 << (shift + 8)) - 1))]
            return
        }
        // Every byte whose decimal form begins with these digits.
        let bytes = (0...255 as ClosedRange<UInt32>).filter { "\($0)".hasPrefix(last) }
        guard !bytes.isEmpty else { return nil }
        ranges = bytes.map { byte in
            let low = UInt32(truncatingIfNeeded: (before << 8 | UInt64(byte)) << UInt64(shift))
            return low...(low | (shift == 0 ? 0 : (1 << shift) - 1))
        }
    }

    func fits(_ address: IPv4Address) -> Bool { ranges.contains { $0.contains(address.rawValue) } }
}

extension IPv4Prefix {
    /// Parses a parameter that is an address or a prefix.
    init(parameter name: String, _ text: String) throws(Problem) {
        if let address = IPv4Address(text), let prefix = IPv4Prefix(containing: address, length: 32) {
            self = prefix
        } else if let prefix = IPv4Prefix(text) {
            self = prefix
        } else {
            throw .badRequest("\(name) '\(text)' is invalid; expected an address such as 10.0.0.7 or a prefix such as 10.0.0.0/8")
        }
    }
}
