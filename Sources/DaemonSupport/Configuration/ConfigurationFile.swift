public import Foundation
import Persistence

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
    /// A file that contains a secret is refused if `FileTrust` does not permit it, and so is a daemon's without secrets: whoever can write it
    /// decides who has which rights.
    ///
    /// - Parameters:
    ///   - caller: A further user whose files are trusted: for commands under sudo, the user who called sudo.
    ///   - looksAtPlaces: Whether the program is a daemon: places that it will use must be usable by this process
    ///     (`ConfigurationSection.socket`), and the file must be trusted.
    ///   - starts: Whether the daemon is about to start, and not only checks the file.
    ///   - warnings: Called at most once, if the file is valid, with the first warnings and the number of all.
    /// - Throws: All mistakes, if there are any. A file that is missing, unreadable or not YAML is a mistake too.
    public static func read<Value>(
        _ path: String, caller: uid_t? = nil, looksAtPlaces: Bool = false, starts: Bool = false,
        warnings: (_ first: [ConfigurationMistake], _ count: Int) -> Void = { _, _ in }, _ body: (ConfigurationSection) -> Value
    ) throws(ConfigurationMistakes) -> Value {
        let collector = MistakeCollector(file: path)
        switch TextFile.read(path, sizeLimit: sizeLimit) {
        case .success(let (text, status)):
            return try read(text, collector, warnings, body) {
                let isSecret = collector.holdsSecret
                if isSecret || looksAtPlaces,
                    let (problem, remedy) = FileTrust.problem(
                        status, path: path, what: isSecret ? "this file with secrets" : "this file", isSecret: isSecret,
                        caller: caller)
                {
                    collector.add(nil, problem, remedy)
                }
                if looksAtPlaces { for place in collector.places { place.look(collector, starts: starts) } }
            }
        case .failure(let problem):
            collector.add(problem.position, problem.text, problem.remedy)
            throw collector.sorted
        }
    }

    /// Reads configuration that is already in memory.
    ///
    /// - Parameter name: The file name to show in messages. Key files are looked up relative to its folder.
    public static func read<Value>(
        text: String, named name: String,
        warnings: (_ first: [ConfigurationMistake], _ count: Int) -> Void = { _, _ in }, _ body: (ConfigurationSection) -> Value
    ) throws(ConfigurationMistakes) -> Value {
        try read(text, MistakeCollector(file: name), warnings, body) {}
    }

    private static func read<Value>(
        _ text: String, _ collector: MistakeCollector, _ warnings: ([ConfigurationMistake], Int) -> Void,
        _ body: (ConfigurationSection) -> Value, finally check: () -> Void
    ) throws(ConfigurationMistakes) -> Value {
        guard let root = parse(text, collector)?.root else { throw collector.sorted }
        guard root.kind == .mapping else {
            collector.add(root.position, "the file is not a list of settings", "expected lines of the form 'name: value'")
            throw collector.sorted
        }
        let section = ConfigurationSection(root, path: "", collector: collector)
        collector.sections.append(section)
        let value = body(section)
        for section in collector.sections { section.refuseUnknownNames() }
        // A section keeps the collector, and both would stay for ever.
        collector.sections = []
        check()
        guard collector.mistakes.isEmpty else { throw collector.sorted }
        if collector.warningCount > 0 { warnings(collector.warnings, collector.warningCount) }
        return value
    }

    private static func parse(_ text: String, _ collector: MistakeCollector) -> YAMLTree? {
        let form = "expected YAML: lines of the form 'name: value', indented with spaces"
        var text = text
        let result: Result<YAMLTree?, YAMLProblem> = text.withUTF8 { bytes in
            do throws(YAMLProblem) { return .success(try YAMLReader.read(bytes)) } catch { return .failure(error) }
        }
        switch result {
        case .success(let tree?): return tree
        case .success(nil): collector.add(nil, "the file has no settings", form)
        case .failure(let error):
            collector.add(error.position, error.remedy == nil ? "invalid YAML: \(error.text)" : error.text, error.remedy ?? form)
        }
        return nil
    }
}

extension ConfigurationPosition {
    /// The position immediately after this text.
    init(after text: some StringProtocol) {
        var (line, column) = (1, 1)
        for scalar in text.unicodeScalars {
            if scalar == "\n" { (line, column) = (line + 1, 1) } else { column += 1 }
        }
        self.init(line: line, column: column)
    }
}
