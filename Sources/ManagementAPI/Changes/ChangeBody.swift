import AgentModel
import HTTPTypes
import Hummingbird
import JSON
import MobileIPv4

/// The body of a change, checked against its declaration.
struct ChangeBody: Sendable {
    /// The members by name. Every value has the form of its member.
    let members: JSONObject

    private init(members: JSONObject) { self.members = members }

    /// Parses the body of a request, which `RequestGate` has already read completely.
    ///
    /// - Parameter mustChange: whether an object without members is refused.
    init(_ request: Request, as declared: [BodyMember], mustChange: Bool) async throws {
        let field = request.headers[.contentType] ?? ""
        let type = field.prefix { $0 != ";" }.lowercased()
        guard Self.types.contains(type) else {
            throw Self.unsupported("the Content-Type \(type.isEmpty ? "is missing" : "'\(type)' is invalid")")
        }
        guard Self.isUTF8(field) else { throw Self.unsupported("the Content-Type '\(field)' is invalid: JSON is UTF-8") }
        let bytes = try await request.body.collect(upTo: APIContext.maximumBody)
        try self.init(json: bytes.readableBytesView, as: declared, mustChange: mustChange)
    }

    /// Parses the text of a body.
    ///
    /// - Parameter mustChange: whether an object without members is refused.
    init(json: some Collection<UInt8>, as declared: [BodyMember], mustChange: Bool) throws(Problem) {
        guard let value = try? JSONValue(json: json), !JSONTrailingComma.isIn(json) else {
            throw Problem.badRequest("the body is not JSON; expected an object such as {\"\(declared[0].name)\": …}")
        }
        if let path = JSONDuplicates.first(in: json) {
            let name = path.count > 60 ? path.prefix(60) + "…" : path
            throw Problem(
                status: .badRequest, title: "Invalid request",
                detail: "the member '\(name)' is given more than once; expected it once", field: String(name))
        }
        guard case .object(let members) = value else {
            throw Problem.badRequest("the body is not an object; expected one such as {\"\(declared[0].name)\": …}")
        }
        try Self.check(members, declared, within: "")
        if mustChange && members.isEmpty {
            throw Problem.invalidBody(
                "the body has no members, so nothing would change; expected some of "
                    + declared.map(\.name).joined(separator: ", "), field: nil)
        }
        self.members = members
    }

    /// The members in the parameters of a query. Each is of a form that a text can have: true or false, a word, a text.
    init(_ query: Query, as declared: [BodyMember]) throws(Problem) {
        var members: JSONObject = [:]
        for member in declared {
            guard let text = query[member.name] else {
                if member.isRequired {
                    throw .badRequest("the parameter '\(member.name)' is missing; expected \(member.expectation)")
                }
                continue
            }
            let value: JSONValue
            if case .truth = member.form, let truth = Bool(text) { value = .bool(truth) } else { value = .string(text) }
            do throws(Problem) {
                try Self.check(value, member, within: "")
            } catch {
                throw .badRequest("\(member.name) '\(text.prefix(60))' is invalid; expected \(member.expectation)")
            }
            members[member.name] = value
        }
        self.members = members
    }

    /// The second is the media type of RFC 7396 for a body whose members replace the members they name.
    private static let types = ["application/json", "application/merge-patch+json"]

    /// Whether a Content-Type has no other charset than UTF-8. JSON has no such parameter, but many clients send it.
    private static func isUTF8(_ type: String) -> Bool {
        let charsets = type.split(separator: ";").dropFirst().compactMap { parameter -> String? in
            let text = parameter.lowercased().filter { $0 != " " && $0 != "\t" && $0 != "\"" }
            return text.hasPrefix("charset=") ? String(text.dropFirst("charset=".count)) : nil
        }
        return charsets.allSatisfy { ["utf-8", "utf8"].contains($0) }
    }

    private static func unsupported(_ problem: String) -> Problem {
        Problem(
            status: .unsupportedMediaType, title: "Unsupported media type", detail: "\(problem); expected application/json",
            headers: [.accept: types[0]])
    }

    private static func check(_ members: JSONObject, _ declared: [BodyMember], within path: String) throws(Problem) {
        for name in members.members.map(\.name) where !declared.contains(where: { $0.name == name }) {
            throw .invalidBody(
                "unknown member '\(path)\(name)'; expected some of \(declared.map { path + $0.name }.joined(separator: ", "))",
                field: path + name)
        }
        for member in declared {
            guard let value = members[member.name] else {
                if member.isRequired {
                    throw .invalidBody(
                        "'\(path)\(member.name)' is missing; expected \(member.expectation)", field: path + member.name)
                }
                continue
            }
            try check(value, member, within: path)
        }
    }

    private static func check(_ value: JSONValue, _ member: BodyMember, within path: String) throws(Problem) {
        let isValid: Bool
        switch (member.form, value) {
        case (.truth, .bool): isValid = true
        case (.whole(let range), .integer(let number)): isValid = range.contains(number)
        case (.word(let words), .string(let text)): isValid = words.contains(text)
        case (.words(let words), .array(let items)):
            isValid =
                Set(items).count == items.count
                && items.allSatisfy { if case .string(let text) = $0 { words.contains(text) } else { false } }
        case (.text(let form), .string(let text)): isValid = form.accepts(text)
        case (.texts(let form, let counts), .array(let items)):
            isValid =
                counts.contains(items.count) && Set(items).count == items.count
                && items.allSatisfy { if case .string(let text) = $0 { form.accepts(text) } else { false } }
        case (.object(let inner), .object(let members)): return try check(members, inner, within: "\(path)\(member.name).")
        default: isValid = false
        }
        guard !isValid else { return }
        let name = path + member.name
        // A key is never repeated anywhere.
        let what = member.isSecret ? "'\(name)' is invalid" : "'\(name)': \(short(value)) is invalid"
        throw .invalidBody("\(what); expected \(member.expectation)", field: name)
    }

    /// A value shortened for use in a sentence.
    private static func short(_ value: JSONValue) -> String {
        let text = value.json
        return text.count > 60 ? text.prefix(60) + "…" : text
    }

    // MARK: - Members

    subscript(name: String) -> JSONValue? { members[name] }

    func truth(_ name: String) -> Bool? { if case .bool(let value)? = members[name] { value } else { nil } }

    /// A number within its declared range. `Number` must be able to hold that range.
    func whole<Number: FixedWidthInteger>(_ name: String) -> Number? {
        if case .integer(let value)? = members[name] { Number(clamping: value) } else { nil }
    }

    func text(_ name: String) -> String? { if case .string(let value)? = members[name] { value } else { nil } }

    func word<Word: RawRepresentable<String>>(_ name: String) -> Word? { text(name).flatMap(Word.init) }

    func address(_ name: String) -> IPv4Address? { text(name).flatMap { IPv4Address($0) } }

    /// The addresses of a list, in its order.
    func addresses(_ name: String) -> [IPv4Address] {
        guard case .array(let items)? = members[name] else { return [] }
        return items.compactMap { if case .string(let text) = $0 { IPv4Address(text) } else { nil } }
    }

    /// The members of a nested object.
    func object(_ name: String) -> ChangeBody? {
        if case .object(let inner)? = members[name] { ChangeBody(members: inner) } else { nil }
    }

    /// The words of a list.
    func words<Word: RawRepresentable<String> & Hashable>(_ name: String) -> Set<Word>? {
        guard case .array(let items)? = members[name] else { return nil }
        return Set(items.compactMap { if case .string(let text) = $0 { Word(rawValue: text) } else { nil } })
    }
}
