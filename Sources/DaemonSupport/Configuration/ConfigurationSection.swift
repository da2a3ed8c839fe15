import Yams

/// A mapping of names to values in a configuration file. Valid only inside the closure it was passed to.
///
/// Each call requests one setting by name. Every requested name becomes known to the section.
public final class ConfigurationSection {
    struct Entry {
        let name: String
        let namePosition: ConfigurationPosition?
        let node: Node
    }

    /// The location of the section, such as `homeAgent` or `securityAssociations[2]`; empty for the whole file.
    public let path: String
    let collector: MistakeCollector
    private let position: ConfigurationPosition?
    private var entries: [String: Entry] = [:]
    private var known: Set<String> = []

    init(_ mapping: Node.Mapping, at position: ConfigurationPosition?, path: String, collector: MistakeCollector) {
        self.path = path
        self.position = position
        self.collector = collector
        for (key, node) in mapping {
            guard case .scalar(let scalar) = key else {
                collector.add(key.position, "a setting's name is not a plain word", "expected 'name: value'")
                continue
            }
            entries[scalar.string] = Entry(name: scalar.string, namePosition: key.position, node: node)
        }
        collector.sections.append(self)
    }

    // MARK: - Settings

    /// A required setting.
    public func value<Value>(_ name: String, _ type: ConfigurationType<Value>) -> Value {
        guard let entry = entry(name) else {
            mistake("'\(fullName(name))' is missing", "add '\(name):' with \(type.expectation)")
            return type.standIn
        }
        return read(entry.node, named: fullName(name), type)
    }

    /// An optional setting with a default.
    public func value<Value>(_ name: String, _ type: ConfigurationType<Value>, default value: Value) -> Value {
        optional(name, type) ?? value
    }

    /// An optional setting; nil if absent.
    public func optional<Value>(_ name: String, _ type: ConfigurationType<Value>) -> Value? {
        entry(name).map { read($0.node, named: fullName(name), type) }
    }

    /// The same, for a type whose stand-in is nil.
    public func optional<Value>(_ name: String, _ type: ConfigurationType<Value?>) -> Value? {
        entry(name).flatMap { read($0.node, named: fullName(name), type) }
    }

    /// A list of values. If absent it is empty, which is a mistake if `atLeastOne` is set.
    public func list<Value>(_ name: String, _ type: ConfigurationType<Value>, atLeastOne: Bool = false) -> [Value] {
        guard let nodes = nodes(name, of: type.expectation, "such as [\(type.example ?? "value")]", atLeastOne) else { return [] }
        return nodes.enumerated().map { read($1, named: "\(fullName(name))[\($0)]", type) }
    }

    /// The same, for a type whose stand-in is nil.
    public func list<Value>(_ name: String, _ type: ConfigurationType<Value?>, atLeastOne: Bool = false) -> [Value] {
        let values: [Value?] = list(name, type, atLeastOne: atLeastOne)
        return values.compactMap { $0 }
    }

    /// A mapping whose names are data, in the order of the file. Empty if absent.
    public func pairs<Name, Value>(
        _ name: String, _ nameType: ConfigurationType<Name>, _ valueType: ConfigurationType<Value>
    ) -> [(name: Name, value: Value)] {
        guard let entry = entry(name) else { return [] }
        guard case .mapping(let mapping) = entry.node else {
            let remedy = "expected indented lines, each with \(nameType.expectation), a colon, and \(valueType.expectation)"
            collector.add(entry.node.position, "\(fullName(name)) is not a section", remedy)
            return []
        }
        return mapping.map { key, node in
            let path = fullName(name)
            return (read(key, named: path, nameType), read(node, named: path, valueType))
        }
    }

    /// A nested section; nil if absent.
    public func section(_ name: String) -> ConfigurationSection? {
        entry(name).flatMap { section(of: $0.node, path: fullName(name)) }
    }

    /// A list of sections. If absent it is empty, which is a mistake if `atLeastOne` is set.
    public func sections(_ name: String, atLeastOne: Bool = false) -> [ConfigurationSection] {
        let nodes = nodes(name, of: "a section", "of lines that begin with '- '", atLeastOne) ?? []
        return nodes.enumerated().compactMap { section(of: $1, path: "\(fullName(name))[\($0)]") }
    }

    /// True if a mistake has been recorded anywhere in the file, so that values may be stand-ins.
    public var hasMistakes: Bool { !collector.mistakes.isEmpty }

    /// True if the file has this setting. Makes the name known.
    public func has(_ name: String) -> Bool { entry(name) != nil }

    // MARK: - Mistakes that only the caller can detect

    /// Records a mistake about the setting, or about the section if the setting is absent.
    public func mistake(about name: String? = nil, _ problem: String, _ remedy: String) {
        collector.add(name.flatMap { entries[$0]?.node.position } ?? position, problem, remedy)
    }

    /// Records a mistake at the position of a path such as `homeAgent.homeNetworks[1]` below this section, or as close to it as the file
    /// allows.
    public func mistake(atPath path: String, _ problem: String, _ remedy: String) {
        var place = position
        var node: Node?
        for step in path.split(whereSeparator: { $0 == "." || $0 == "[" || $0 == "]" }) {
            let next: Node?
            switch node {
            case nil where place == position: next = entries[String(step)]?.node
            case .mapping(let mapping): next = mapping.first { $0.key.scalar?.string == String(step) }?.value
            case .sequence(let sequence): next = Int(step).flatMap { sequence.indices.contains($0) ? sequence[$0] : nil }
            default: next = nil
            }
            guard let next else { break }
            (node, place) = (next, next.position ?? place)
        }
        collector.add(place, problem, remedy)
    }

    // MARK: - Inside

    func fullName(_ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }

    func entry(_ name: String) -> Entry? {
        known.insert(name)
        return entries[name]
    }

    func refuseUnknownNames() {
        for entry in entries.values where !known.contains(entry.name) {
            let place = path.isEmpty ? "this file" : path
            let remedy: String
            if let near = NearestWord.of(known, to: entry.name) {
                remedy = "did you mean '\(near)'?"
            } else if known.isEmpty {
                remedy = "remove it"
            } else {
                remedy = "expected one of " + known.sorted().joined(separator: ", ")
            }
            collector.add(entry.namePosition, "\(quoted(entry.name)) is not a setting of \(place)", remedy)
        }
    }

    private func nodes(_ name: String, of expectation: String, _ form: String, _ atLeastOne: Bool) -> Node.Sequence? {
        guard let entry = entry(name) else {
            if atLeastOne { mistake("'\(fullName(name))' is missing", "add '\(name):' with a list, each element \(expectation)") }
            return nil
        }
        guard case .sequence(let sequence) = entry.node else {
            collector.add(entry.node.position, "\(fullName(name)) is not a list", "expected a list \(form)")
            return nil
        }
        if sequence.isEmpty && atLeastOne {
            collector.add(entry.node.position, "\(fullName(name)) is empty", "expected at least one element: \(expectation)")
        }
        return sequence
    }

    private func section(of node: Node, path: String) -> ConfigurationSection? {
        guard case .mapping(let mapping) = node else {
            let found = node.scalar.map { $0.string.isEmpty ? "is empty" : "\(quoted($0.string)) is not a section" }
            collector.add(node.position, "\(path) \(found ?? "is not a section")", "expected indented lines 'name: value'")
            return nil
        }
        return ConfigurationSection(mapping, at: node.position, path: path, collector: collector)
    }

    func read<Value>(_ node: Node, named name: String, _ type: ConfigurationType<Value>) -> Value {
        guard case .scalar(let scalar) = node else {
            collector.add(node.position, "\(name) is not a single value", "expected \(type.expectation)")
            return type.standIn
        }
        let isNull = scalar.style == .plain && ["", "~", "null"].contains(scalar.string)
        guard !isNull else {
            collector.add(node.position, "\(name) has no value", "expected \(type.expectation)")
            return type.standIn
        }
        guard let value = type.parse(scalar.string) else {
            let shown = type.isSecret ? "the value (not shown)" : quoted(scalar.string)
            collector.add(node.position, "\(name): \(shown) is invalid", "expected \(type.expectation)")
            return type.standIn
        }
        return value
    }
}
