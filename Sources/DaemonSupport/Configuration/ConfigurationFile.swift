import Yams

/// A YAML configuration file. Reading it reports every mistake at once, each with its position in the file, for the person who wrote it.
///
/// ```swift
/// let configuration = try ConfigurationFile.read(path) { root in
///     Settings(name: root.value("name", .text), port: root.value("port", .port, default: 434))
/// }
/// ```
/// A missing or invalid setting is recorded as a mistake and replaced by a stand-in value, so that `body` needs no branches. A result that
/// contains stand-ins is discarded. Names that `body` never requested are mistakes as well.
public enum ConfigurationFile {
    /// Maximum file size, in bytes.
    static let sizeLimit = 64 << 20

    /// Reads the file and lets `body` make a value from it.
    ///
    /// - Throws: All mistakes, if there are any. A file that is missing, unreadable or not YAML is a mistake too.
    public static func read<Value>(
        _ path: String, _ body: (ConfigurationSection) -> Value
    ) throws(ConfigurationMistakes) -> Value {
        let collector = MistakeCollector(file: path)
        switch TextFile.read(path, sizeLimit: sizeLimit) {
        case .success(let text): return try read(text, collector, body)
        case .failure(let problem):
            collector.add(problem.position, problem.text, problem.remedy)
            throw collector.sorted
        }
    }

    /// Reads configuration that is already in memory.
    ///
    /// - Parameter name: The file name to show in messages. Key files are looked up relative to its folder.
    public static func read<Value>(
        text: String, named name: String, _ body: (ConfigurationSection) -> Value
    ) throws(ConfigurationMistakes) -> Value {
        try read(text, MistakeCollector(file: name), body)
    }

    private static func read<Value>(
        _ text: String, _ collector: MistakeCollector, _ body: (ConfigurationSection) -> Value
    ) throws(ConfigurationMistakes) -> Value {
        guard let root = compose(text, collector) else { throw collector.sorted }
        guard case .mapping(let mapping) = root else {
            collector.add(root.position, "the file is not a list of settings", "expected lines of the form 'name: value'")
            throw collector.sorted
        }
        let section = ConfigurationSection(mapping, at: root.position, path: "", collector: collector)
        let value = body(section)
        for section in collector.sections { section.refuseUnknownNames() }
        guard collector.mistakes.isEmpty else { throw collector.sorted }
        return value
    }

    private static func compose(_ text: String, _ collector: MistakeCollector) -> Node? {
        let form = "expected YAML: lines of the form 'name: value', indented with spaces"
        do {
            // The basic resolver leaves every scalar a string. Types are determined by the reader, and the resolver's regular expressions
            // would make reading a file with many associations slow.
            if let node = try Yams.compose(yaml: text, .basic) { return node }
            collector.add(nil, "the file has no settings", form)
        } catch let error as YamlError {
            switch error {
            case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
                .composer(let context, let problem, let mark, _):
                let detail = context.map { " " + $0.text } ?? ""
                collector.add(ConfigurationPosition(mark), "invalid YAML: \(problem)\(detail)", form)
            case .reader(let problem, let offset, _, _):
                let position = offset.map { ConfigurationPosition(after: text.prefix($0)) }
                collector.add(position, "invalid YAML: \(problem)", form)
            case .duplicatedKeysInMapping(let names, let context):
                let name = names.first ?? ""
                collector.add(
                    ConfigurationPosition(context.mark), "\(quoted(name)) is given more than once in this section",
                    "keep one of them")
            default:
                collector.add(nil, "invalid YAML: \(error)", form)
            }
        } catch {
            collector.add(nil, "invalid YAML: \(error)", form)
        }
        return nil
    }
}

extension ConfigurationPosition {
    init(_ mark: Mark) { self.init(line: mark.line, column: mark.column) }

    /// The position immediately after this text.
    init(after text: some StringProtocol) {
        var (line, column) = (1, 1)
        for scalar in text.unicodeScalars {
            if scalar == "\n" { (line, column) = (line + 1, 1) } else { column += 1 }
        }
        self.init(line: line, column: column)
    }
}

extension Node {
    var position: ConfigurationPosition? { mark.map(ConfigurationPosition.init) }
}
