import AgentModel
import JSON
import MobileIPv4

/// A condition that rows must satisfy, such as `state=pending`, `homeAddress=10.0.0.0/8`, `timeRemaining<60` or `nai~@example.net`.
struct RowCondition: Sendable {
    enum Comparison: String, Sendable, CaseIterable {
        // Longer operators come first, because `<=` begins with `<`.
        case notEqual = "!="
        case atLeast = ">="
        case atMost = "<="
        case equal = "="
        case greater = ">"
        case less = "<"
        case contains = "~"
    }

    let path: String
    let comparison: Comparison
    let operand: String
    private let prefix: IPv4Prefix?
    private let time: TimeOperand?
    /// The identifier that the member is compared with, whatever the case of its realm.
    private let nai: NetworkAccessIdentifier?

    /// - Throws: A usage `CommandFailure` when the text has no comparison operator.
    init(_ text: String) throws {
        let operators = Set("!<>=~")
        guard let start = text.firstIndex(where: operators.contains), start != text.startIndex,
            let comparison = Comparison.allCases.first(where: { text[start...].hasPrefix($0.rawValue) })
        else {
            throw CommandFailure.usage(
                "--where '\(text)' is invalid; expected a member, an operator (= != < <= > >= ~) and a value, as in"
                    + " 'timeRemaining<60'")
        }
        self.init(
            path: String(text[..<start]), comparison: comparison,
            operand: String(text[text.index(start, offsetBy: comparison.rawValue.count)...]))
    }

    init(path: String, comparison: Comparison, operand: String) {
        self.path = path
        self.comparison = comparison
        self.operand = operand
        prefix = operand.contains("/") ? IPv4Prefix(operand) : nil
        time = TimeOperand(operand)
        nai = path == "nai" ? NetworkAccessIdentifier(operand) : nil
    }

    func holds(for row: Row) -> Bool {
        let value = Self.member(row, path)
        switch comparison {
        case .equal: return isEqual(value)
        case .notEqual: return !isEqual(value)
        case .contains: return contains(value)
        case .less: return isOrdered(value) { $0 < 0 }
        case .atMost: return isOrdered(value) { $0 <= 0 }
        case .greater: return isOrdered(value) { $0 > 0 }
        case .atLeast: return isOrdered(value) { $0 >= 0 }
        }
    }

    /// The member at a path; for a path through a list, such as `information.addresses.port`, the members of all its elements.
    private static func member(_ row: Row, _ path: String) -> JSONValue? {
        if let own = row.member(at: path) { return own }
        guard let dot = path.firstIndex(of: ".") else { return nil }
        let rest = String(path[path.index(after: dot)...])
        switch row[String(path[..<dot])] {
        case .object(let inner)?: return member(inner, rest)
        case .array(let elements)?:
            let found = elements.compactMap { element in element.object.flatMap { member($0, rest) } }
            return found.isEmpty ? nil : .array(found)
        default: return nil
        }
    }

    private func isEqual(_ value: JSONValue?) -> Bool {
        guard let value else { return operand.isEmpty }
        if case .array(let values) = value { return values.contains(where: isEqual) }
        if let prefix, let address = value.text.flatMap(IPv4Address.init) { return prefix.contains(address) }
        if let time, let own = value.text.flatMap({ Timestamp($0) }) { return time.contains(own) }
        if let nai, let own = value.text.flatMap({ NetworkAccessIdentifier($0) }) { return own == nai }
        return value.plainText == operand
    }

    private func contains(_ value: JSONValue?) -> Bool {
        guard let value else { return false }
        if case .array(let values) = value { return values.contains(where: contains) }
        return value.plainText.contains(operand)
    }

    /// Whether the order of the value, or of one of the values of a list, is as `test` wants it.
    private func isOrdered(_ value: JSONValue?, _ test: (Int) -> Bool) -> Bool {
        if case .array(let values)? = value { return values.contains { isOrdered($0, test) } }
        return order(value).map(test) ?? false
    }

    private func order(_ value: JSONValue?) -> Int? {
        guard let value else { return nil }
        if let left = value.double { return Double(operand).map { left < $0 ? -1 : left > $0 ? 1 : 0 } }
        guard let left = value.text else { return nil }
        if let time, let left = Timestamp(left) { return time.order(of: left) }
        if let left = IPv4Address(left), let right = IPv4Address(operand) { return left < right ? -1 : left > right ? 1 : 0 }
        return left < operand ? -1 : left > operand ? 1 : 0
    }
}

extension JSONValue {
    /// A string without quotes, anything else as JSON.
    var plainText: String { text ?? json }
}
