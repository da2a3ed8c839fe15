import AgentControl

/// The types of rows, read from the description of the control interface and from what this API adds to it, so that a row has one
/// description only.
struct SchemaCatalogue: Sendable {
    /// What a member can be.
    indirect enum Form: Hashable, Sendable {
        case text, whole, real, truth
        /// An object of members that are not described here.
        case open
        case words([String])
        case named(String)
        case list(Form)
    }

    struct Member: Hashable, Sendable {
        let name: String
        let form: Form
        let isOptional: Bool
    }

    enum Shape: Hashable, Sendable {
        case object([Member])
        case words([String])
    }

    /// By name.
    let types: [String: Shape]
    /// The comments above them.
    let comments: [String: String]

    static let shared = SchemaCatalogue(InterfaceDescription.agent + "\n" + APITypes.text)

    /// The names of a row's members as the API tells it.
    func members(of schema: String, hasTimeRemaining: Bool) -> [String] {
        guard case .object(let members) = types[schema] else { return ["agent"] }
        return members.map(\.name) + ["agent"] + (hasTimeRemaining ? ["timeRemaining"] : [])
    }

    init(_ text: String) {
        var types: [String: Shape] = [:]
        var comments: [String: String] = [:]
        var comment: [String] = []
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.drop(while: \.isWhitespace) }[...]
        while let line = lines.popFirst() {
            if line.hasPrefix("#") {
                comment.append(String(line.dropFirst().drop(while: \.isWhitespace)))
                continue
            }
            defer { comment = [] }
            guard line.hasPrefix("type ") else { continue }
            var declaration = String(line.dropFirst(5))
            while Self.depth(declaration) > 0, let next = lines.popFirst() { declaration += " " + next }
            guard let open = declaration.firstIndex(of: "("), let close = declaration.lastIndex(of: ")") else { continue }
            let name = declaration[..<open].filter { !$0.isWhitespace }
            types[name] = Self.type(declaration[declaration.index(after: open)..<close])
            if !comment.isEmpty { comments[name] = comment.joined(separator: " ") }
        }
        self.types = types
        self.comments = comments
    }

    private static func depth(_ text: String) -> Int {
        text.reduce(0) { $1 == "(" ? $0 + 1 : $1 == ")" ? $0 - 1 : $0 }
    }

    private static func type(_ inside: Substring) -> Shape {
        let parts = parts(inside)
        guard inside.contains(":") else { return .words(parts.map(String.init)) }
        return .object(
            parts.compactMap { part in
                guard let colon = part.firstIndex(of: ":") else { return nil }
                let form = part[part.index(after: colon)...].drop(while: \.isWhitespace)
                return Member(
                    name: String(part[..<colon]), form: Self.form(form.hasPrefix("?") ? form.dropFirst() : form),
                    isOptional: form.hasPrefix("?"))
            })
    }

    private static func form(_ text: Substring) -> Form {
        if text.hasPrefix("[]") { return .list(form(text.dropFirst(2))) }
        if text.hasPrefix("(") { return .words(parts(text.dropFirst().dropLast()).map(String.init)) }
        return switch text {
        case "string": .text
        case "int": .whole
        case "float": .real
        case "bool": .truth
        case "object": .open
        default: .named(String(text))
        }
    }

    /// What stands between the commas that are in no inner parenthesis.
    private static func parts(_ text: Substring) -> [Substring] {
        var depth = 0
        return text.split { character in
            if character == "(" { depth += 1 }
            if character == ")" { depth -= 1 }
            return character == "," && depth == 0
        }.map { part in
            let start = part.drop(while: \.isWhitespace)
            return start.lastIndex { !$0.isWhitespace }.map { start[...$0] } ?? start
        }.filter { !$0.isEmpty }
    }
}
