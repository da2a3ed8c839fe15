import AgentModel
import JSON
import MobileIPv4

/// The members of a list's rows: which paths there are, and the JSON form of each as far as it is known.
struct RowMembers: Sendable {
    /// The paths that a row may have at its top, in the order of messages.
    let names: [String]
    private let forms: [String: ValueForm]

    /// - Parameters:
    ///   - names: the columns of the list.
    ///   - record: the record type of the rows; nil if they are not records.
    ///   - known: the forms of further members.
    init(_ names: [String], of record: (any JSON.Record.Type)?, known: [String: ValueForm] = [:]) {
        self.names = names
        var forms = Self.added.merging(known) { $1 }
        for member in record.map({ RecordShape(of: $0).members }) ?? [] { forms[member.name] = member.form }
        self.forms = forms
    }

    /// The members that management adds to what agents report. A member whose list does not have it is not among its names.
    private static let added: [String: ValueForm] = [
        "agent": .text(.any), "timeRemaining": .whole(isSigned: false), "information": .record(AgentInformation.self),
        "age": .whole(isSigned: false), "connections": .whole(isSigned: false), "restarts": .whole(isSigned: false),
        "value": .whole(isSigned: false),
    ]

    enum Form {
        case known(ValueForm)
        case unknown
    }

    /// The form of the member at this path, such as `use.accepted`; nil if the list has no such member.
    func form(of path: String) -> Form? {
        if let nested = nested(path) { return .known(nested) }
        return names.contains(path) ? .unknown : nil
    }

    /// Whether the member is a number that cannot be negative.
    func isUnsigned(_ path: String) -> Bool {
        if case .known(.whole(isSigned: false))? = form(of: path) { true } else { false }
    }

    private func nested(_ path: String) -> ValueForm? {
        let parts = path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        // A column that shows a nested member stands for the member around it.
        guard let first = parts.first, names.contains(where: { $0 == first || $0.hasPrefix(first + ".") }),
            var form = forms[first]
        else { return nil }
        for part in parts.dropFirst() {
            guard let record = form.record, let member = RecordShape(of: record).members.first(where: { $0.name == part }) else {
                return nil
            }
            form = member.form
        }
        return form
    }
}

extension RowCondition {
    /// Refuses a condition that no row could ever satisfy as it was meant.
    ///
    /// - Parameter list: the name of the list, for the message.
    /// - Throws: A usage `CommandFailure`: the list has no such member, or its values cannot be compared with the operand.
    func check(in members: RowMembers, of list: String) throws {
        guard let form = members.form(of: path) else {
            throw CommandFailure.usage(
                "\(list) has no column '\(path)'; expected one of \(members.names.joined(separator: ", "))")
        }
        // An empty operand asks whether the member is present.
        guard case .known(let form) = form, comparison != .contains, !operand.isEmpty else { return }
        guard let expected = Self.problem(operand, form, isOrder: comparison != .equal && comparison != .notEqual) else { return }
        throw CommandFailure.usage(
            "--where '\(path)\(comparison.rawValue)\(operand)' is invalid; '\(path)' \(expected)")
    }

    /// What values the member has, if the operand is not one of them.
    private static func problem(_ operand: String, _ form: ValueForm, isOrder: Bool) -> String? {
        switch form {
        case .whole(let isSigned):
            return isNumber(operand, isSigned: isSigned, isOrder: isOrder) ? nil : "is a number; expected one such as 60"
        case .truth:
            if isOrder { return "is true or false and has no order; expected = or !=" }
            return ["true", "false"].contains(operand) ? nil : "is true or false"
        case .text(.address):
            if IPv4Address(operand) != nil || !isOrder && IPv4Prefix(operand) != nil { return nil }
            return "is an address; expected one such as 10.0.0.7" + (isOrder ? "" : ", or a prefix such as 10.0.0.0/8")
        case .text(.time):
            return TimeOperand(operand) == nil
                ? "is a time; expected one such as 2026-11-29T19:27:05Z, or its beginning" : nil
        case .words(let list):
            if isOrder { return "is a word and has no order; expected = or !=" }
            return list.words.contains(operand) ? nil : "is one of \(list.words.joined(separator: ", "))"
        case .list(let element):
            if isOrder { return "is a list and has no order; expected =, != or ~" }
            return problem(operand, element, isOrder: false)
        case .record(let record):
            let member = RecordShape(of: record).members.first.map { ", such as '\($0.name)'" } ?? ""
            return "has members of its own; expected one of them after a dot\(member)"
        case .text: return nil
        }
    }

    /// Whether rows can have this number in the same form; an order may also name one between two numbers.
    private static func isNumber(_ text: String, isSigned: Bool, isOrder: Bool) -> Bool {
        let digits = text.hasPrefix("-") && isSigned ? text.dropFirst() : text[...]
        let parts = digits.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let number: UInt64 = DecimalNumber.parse(parts[0]), parts.count == 1 || isOrder else { return false }
        if parts.count == 2 { return !parts[1].isEmpty && parts[1].allSatisfy { $0.isASCII && $0.isNumber } }
        return number > 0 || !text.hasPrefix("-")
    }
}
