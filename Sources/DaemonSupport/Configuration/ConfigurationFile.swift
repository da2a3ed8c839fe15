import Yams

/// A YAML configuration file, read with an eye on the person who wrote it: every mistake is found in one go and told with its place.
///
/// ```swift
/// let configuration = try ConfigurationFile.read(path) { root in
///     Settings(name: root.value("name", .text), port: root.value("port", .port, default: 434))
/// }
/// ```
/// Reading a setting that is missing or wrong notes a mistake and goes on with a stand-in, so that `body` needs no branches; a result
/// that came from stand-ins is thrown away. Names that `body` never asked for are mistakes as well.
public enum ConfigurationFile {
    /// Largest file read, in bytes.
    static let sizeLimit = 64 << 20

    /// Reads the file and has `body` make a value of it.
    ///
    /// - Throws: Every mistake, when there is one. A file that is missing, unreadable or not YAML is a mistake too.
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

    /// Reads configuration that is in memory already.
    ///
    /// - Parameter name: What stands for the file in messages; key files are sought relative to its folder.
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
            collector.add(root.position, "this is not a list of settings", "expected lines of the form 'name: value'")
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
            // The basic resolver leaves every scalar a string: types are the reader's business, and its regular expressions would
            // make a file of many associations slow.
            if let node = try Yams.compose(yaml: text, .basic) { return node }
            collector.add(nil, "the file has no settings", form)
        } catch let error as YamlError {
            switch error {
            case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
                .composer(let context, let problem, let mark, _):
                let detail = context.map { " " + $0.text } ?? ""
                collector.add(ConfigurationPosition(mark), "this is not YAML: \(problem)\(detail)", form)
            case .reader(let problem, let offset, _, _):
                let position = offset.map { ConfigurationPosition(after: text.prefix($0)) }
                collector.add(position, "this is not YAML: \(problem)", form)
            case .duplicatedKeysInMapping(let names, let context):
                let name = names.first ?? ""
                collector.add(
                    ConfigurationPosition(context.mark), "\(quoted(name)) is given more than once in this section",
                    "keep one of them")
            default:
                collector.add(nil, "this is not YAML: \(error)", form)
            }
        } catch {
            collector.add(nil, "this is not YAML: \(error)", form)
        }
        return nil
    }
}

extension ConfigurationPosition {
    init(_ mark: Mark) { self.init(line: mark.line, column: mark.column) }

    /// The place right after this text.
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
