import DaemonSupport
import JSON

/// A manual page (section 1) in the language of man(7), generated from the argument parser's description of a command.
struct ManualPage: Sendable {
    /// The page's name, such as `mip-mib-bindings`.
    let name: String
    let text: String

    /// One page for each command that help shows, starting with the page of the whole program.
    static func all(in help: JSONValue) -> [ManualPage] {
        guard let command = help.object?["command"]?.object else { return [] }
        return pages(command, path: [])
    }

    private static func pages(_ command: Row, path: [String]) -> [ManualPage] {
        guard let name = command.text("commandName") else { return [] }
        let path = path + [name]
        return [page(command, path)] + subcommands(command).flatMap { pages($0, path: path) }
    }

    private static func subcommands(_ command: Row) -> [Row] {
        (command["subcommands"]?.array?.compactMap(\.object) ?? []).filter {
            $0.text("commandName") != "help" && $0["shouldDisplay"] != .bool(false)
        }
    }

    private static func page(_ command: Row, _ path: [String]) -> ManualPage {
        let name = path.joined(separator: "-")
        let arguments = (command["arguments"]?.array?.compactMap(\.object) ?? []).filter { $0["shouldDisplay"] != .bool(false) }
        var text =
            ".TH \(escaped(name.uppercased())) 1 2026-01-01 \"\(escaped("mip-mib \(MIPMIBVersion.current)"))\" \"Mobile IPv4\"\n"
        text += ".SH NAME\n\(escaped(name)) \\- \(escaped(command.text("abstract") ?? name))\n.SH SYNOPSIS\n"
        text += "\\fB\(escaped(path.joined(separator: " ")))\\fR"
        for argument in arguments { text += " " + usage(argument) }
        let inner = subcommands(command)
        text += inner.isEmpty ? "\n" : " \\fIsubcommand\\fR\n"
        let (description, examples) = parts(command.text("discussion") ?? "")
        text += ".SH DESCRIPTION\n\(paragraphs(command.text("abstract") ?? name))"
        if !description.isEmpty { text += ".PP\n\(paragraphs(description))" }
        if !inner.isEmpty {
            text += ".SH SUBCOMMANDS\n"
            for subcommand in inner {
                let own = subcommand.text("commandName") ?? ""
                text += ".TP\n\\fB\(escaped("\(name)-\(own)"))\\fR(1)\n\(escaped(subcommand.text("abstract") ?? ""))\n"
            }
        }
        if !arguments.isEmpty {
            text += ".SH OPTIONS\n"
            for argument in arguments { text += option(argument) }
        }
        if !examples.isEmpty { text += ".SH EXAMPLES\n.nf\n\(examples.map(escaped).joined(separator: "\n"))\n.fi\n" }
        let superior = path.dropLast().joined(separator: "-")
        if superior.isEmpty {
            text += ".SH \"SEE ALSO\"\n.BR mip\\-mibd (8),\n.BR snmpd (8)\n"
        } else {
            text +=
                ".SH \"EXIT STATUS\"\n0 success, 1 nothing found, unhealthy, not everyone acknowledged, or bindings could still\n"
            text += "be moved, 2 invalid arguments or configuration, 3 an agent or daemon cannot be reached,\n"
            text += "4 an agent or the API refused.\n"
            text += ".SH \"SEE ALSO\"\n.BR \(escaped(superior)) (1)\n"
        }
        return ManualPage(name: name, text: text)
    }

    // MARK: - Arguments

    private static func usage(_ argument: Row) -> String {
        var text = "\\fI\(escaped(argument.text("valueName") ?? "value"))\\fR"
        switch argument.text("kind") {
        case "positional": break
        case "flag": text = "\\fB\(names(argument).first.map(escaped) ?? "")\\fR"
        default: text = "\\fB\(names(argument).first.map(escaped) ?? "")\\fR " + text
        }
        if argument["isOptional"]?.isTrue == true { text = "[\(text)]" }
        return text + (argument["isRepeating"]?.isTrue == true ? " \\&..." : "")
    }

    private static func option(_ argument: Row) -> String {
        let value = "\\fI\(escaped(argument.text("valueName") ?? "value"))\\fR"
        var term = names(argument).map { "\\fB\(escaped($0))\\fR" }.joined(separator: ", ")
        if argument.text("kind") == "positional" { term = value }
        if argument.text("kind") == "option" { term += " \(value)" }
        var about = argument.text("abstract") ?? ""
        if let standard = argument.text("defaultValue") { about += " Default: \(standard)." }
        return ".TP\n\(term)\n\(escaped(about.isEmpty ? "No description." : about))\n"
    }

    private static func names(_ argument: Row) -> [String] {
        (argument["names"]?.array?.compactMap(\.object) ?? []).map {
            ($0.text("kind") == "long" ? "--" : "-") + ($0.text("name") ?? "")
        }.sorted { $0.count > $1.count }
    }

    // MARK: - Text

    /// Splits a discussion into its description and its examples.
    private static func parts(_ discussion: String) -> (description: String, examples: [String]) {
        var (description, examples): ([Substring], [String]) = ([], [])
        var isExample = false
        for line in discussion.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("Example") {
                isExample = true
                // A single example is on the same line.
                let alone = line.drop { $0 != ":" }.dropFirst().drop { $0 == " " }
                if !alone.isEmpty { examples.append(String(alone)) }
            } else if isExample, line.hasPrefix("  ") {
                examples.append(String(line.drop { $0 == " " }))
            } else if !isExample || !line.isEmpty {
                isExample = false
                description.append(line)
            }
        }
        while description.last?.isEmpty == true { description.removeLast() }
        return (description.joined(separator: "\n"), examples)
    }

    private static func paragraphs(_ text: String) -> String {
        var paragraphs: [[Substring]] = [[]]
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.isEmpty { paragraphs.append([]) } else { paragraphs[paragraphs.count - 1].append(line) }
        }
        return paragraphs.filter { !$0.isEmpty }.map(lines).joined(separator: ".PP\n")
    }

    /// The lines of one paragraph. man fills lines up, except those that begin with blanks, which are aligned by hand.
    private static func lines(_ paragraph: [Substring]) -> String {
        var (text, isTable) = ("", false)
        for line in paragraph {
            let isAligned = line.hasPrefix("  ")
            if isAligned != isTable { text += isAligned ? ".nf\n" : ".fi\n" }
            isTable = isAligned
            text += escaped(String(line)) + "\n"
        }
        return text + (isTable ? ".fi\n" : "")
    }

    /// Literal text for man(7): without escapes and requests, with hyphens that can be copied, and with non-ASCII characters by number.
    static func escaped(_ text: String) -> String {
        var escaped = text.first == "." || text.first == "'" ? "\\&" : ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": escaped += "\\e"
            case "-": escaped += "\\-"
            case "\"": escaped += "\\(dq"
            case "\n": escaped += " "
            // Not every terminal can show it.
            case "…": escaped += "..."
            case _ where scalar.isASCII: escaped.unicodeScalars.append(scalar)
            default:
                let digits = String(scalar.value, radix: 16, uppercase: true)
                escaped += "\\[u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "]"
            }
        }
        return escaped
    }
}
