/// A JSON value (RFC 8259).
package enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    case integer(Int64)
    /// A number above the range of `integer`.
    case unsigned(UInt64)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object(JSONObject)

    /// A whole number, in the case it belongs to.
    package init(_ number: some BinaryInteger) {
        if let number = Int64(exactly: number) { self = .integer(number) } else { self = .unsigned(UInt64(clamping: number)) }
    }

    /// An array of strings.
    package init(_ words: [String]) { self = .array(words.map(JSONValue.string)) }

    /// The string; nil for any other value.
    package var text: String? { if case .string(let text) = self { text } else { nil } }

    /// The object; nil for any other value.
    package var object: JSONObject? { if case .object(let object) = self { object } else { nil } }

    /// The elements of an array; nil for any other value.
    package var array: [JSONValue]? { if case .array(let values) = self { values } else { nil } }

    /// A whole number that is not negative; nil for any other value.
    package var count: UInt64? {
        switch self {
        case .integer(let value): UInt64(exactly: value)
        case .unsigned(let value): value
        default: nil
        }
    }

    /// Any number, with the precision of a `Double`; nil for any other value.
    package var double: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .unsigned(let value): Double(value)
        case .number(let value): value
        default: nil
        }
    }

    /// Whether the value is `true`.
    package var isTrue: Bool { self == .bool(true) }

    /// The member of an object; nil if it has no such member or the value is not an object.
    package subscript(member: String) -> JSONValue? { object?[member] }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByStringInterpolation, ExpressibleByIntegerLiteral {
    package init(stringLiteral value: String) { self = .string(value) }
    package init(integerLiteral value: Int64) { self = .integer(value) }
}

extension JSONValue: ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
    package init(booleanLiteral value: Bool) { self = .bool(value) }
    package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    package init(dictionaryLiteral elements: (String, JSONValue)...) { self = .object(JSONObject(elements)) }
}
