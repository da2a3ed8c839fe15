/// The types, replies and errors declared in a varlink description. They are read from its text, so that each record is described only
/// once.
package struct InterfaceTypes: Sendable {
    /// The kinds of value a member can have.
    package indirect enum Form: Hashable, Sendable {
        case text, whole, real, truth
        /// An object whose members are not described here.
        case open
        case words([String])
        case named(String)
        case list(Form)
    }

    package struct Member: Hashable, Sendable {
        package let name: String
        package let form: Form
        package let isOptional: Bool

        package init(name: String, form: Form, isOptional: Bool) {
            self.name = name
            self.form = form
            self.isOptional = isOptional
        }
    }

    package enum Shape: Hashable, Sendable {
        case object([Member])
        case words([String])
    }

    /// By name.
    package let types: [String: Shape]
    /// The comment above each type.
    package let comments: [String: String]
    /// What each method returns, by the method's name.
    package let replies: [String: [Member]]
    /// What each error carries, by the error's name.
    package let errors: [String: [Member]]

    package init(_ text: String) {
        var types: [String: Shape] = [:]
        var comments: [String: String] = [:]
        var replies: [String: [Member]] = [:]
        var errors: [String: [Member]] = [:]
        var comment: [String] = []
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.drop(while: \.isWhitespace) }[...]
        while let line = lines.popFirst() {
            if line.hasPrefix("#") {
                comment.append(String(line.dropFirst().drop(while: \.isWhitespace)))
                continue
            }
            defer { comment = [] }
            guard let keyword = ["type ", "method ", "error "].first(where: line.hasPrefix) else { continue }
            var declaration = String(line.dropFirst(keyword.count))
            while Self.depth(declaration) > 0, let next = lines.popFirst() { declaration += " " + next }
            guard let opening = declaration.firstIndex(of: "(") else { continue }
            let name = declaration[..<opening].filter { !$0.isWhitespace }
            // For a method, use what it returns.
            let body = declaration.firstRange(of: "->").map { declaration[$0.upperBound...] } ?? declaration[opening...]
            guard let open = body.firstIndex(of: "("), let close = body.lastIndex(of: ")") else { continue }
            let shape = Self.type(body[body.index(after: open)..<close])
            switch (keyword, shape) {
            case ("type ", _):
                types[name] = shape
                if !comment.isEmpty { comments[name] = comment.joined(separator: " ") }
            case ("method ", .object(let members)): replies[name] = members
            case ("error ", .object(let members)): errors[name] = members
            case ("method ", .words): replies[name] = []
            default: errors[name] = []
            }
        }
        self.types = types
        self.comments = comments
        self.replies = replies
        self.errors = errors
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

    /// The parts between commas that are not inside inner parentheses.
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
