/// A mapping of names to values in a configuration file. Valid only inside the closure it was passed to.
///
/// Each call requests one setting by name. Every requested name becomes known to the section.
public final class ConfigurationSection {
    /// The location of the section, such as `homeAgent` or `securityAssociations[2]`; empty for the whole file.
    public let path: String
    let collector: MistakeCollector
    private let node: YAMLNode
    /// Every name that was requested, some more than once.
    private var known: [String] = []
    /// Whether the section repeats settings of another one by a YAML merge key, which is not supported: what is missing is not, then.
    private(set) var hasMergeKey = false
    /// The elements of sequences with mistakes.
    private var elementsOfSequences: [Int: [YAMLNode]] = [:]

    /// - Parameter node: A mapping.
    init(_ node: YAMLNode, path: String, collector: MistakeCollector) {
        self.path = path
        self.node = node
        self.collector = collector
        for (key, _) in node.pairs {
            if key.kind != .scalar {
                collector.add(key.position, "a setting's name is not a plain word", "expected 'name: value'")
            } else if Self.isMergeKey(key) {
                hasMergeKey = true
                refuseMergeKey(key)
            }
        }
    }

    private static func isMergeKey(_ key: YAMLNode) -> Bool { key.isPlain && key.hasText("<<") }

    private func refuseMergeKey(_ key: YAMLNode) {
        collector.add(
            key.position, "'<<' (a YAML merge key) is not supported",
            "repeat the settings here, or give a single value an anchor")
    }

    // MARK: - Settings

    /// A required setting.
    public func value<Value>(_ name: String, _ type: ConfigurationType<Value>) -> Value {
        guard let entry = entry(name) else {
            missing(name, "add '\(name):' with \(type.expectation)")
            return type.standIn
        }
        return read(entry, named: fullName(name), type)
    }

    /// An optional setting with a default.
    public func value<Value>(_ name: String, _ type: ConfigurationType<Value>, default value: Value) -> Value {
        optional(name, type) ?? value
    }

    /// An optional setting; nil if absent.
    public func optional<Value>(_ name: String, _ type: ConfigurationType<Value>) -> Value? {
        entry(name).map { read($0, named: fullName(name), type) }
    }

    /// The same, for a type whose stand-in is nil.
    public func optional<Value>(_ name: String, _ type: ConfigurationType<Value?>) -> Value? {
        entry(name).flatMap { read($0, named: fullName(name), type) }
    }

    /// A list of values. If absent it is empty, which is a mistake if `atLeastOne` is set.
    public func list<Value>(_ name: String, _ type: ConfigurationType<Value>, atLeastOne: Bool = false) -> [Value] {
        guard let nodes = nodes(name, of: type.expectation, "such as [\(type.example ?? "value")]", atLeastOne) else { return [] }
        return nodes.elements.enumerated().map { index, node in read(node, named: "\(fullName(name))[\(index)]", type) }
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
        guard entry.kind == .mapping else {
            let remedy = "expected indented lines, each with \(nameType.expectation), a colon, and \(valueType.expectation)"
            collector.add(entry.position, "\(fullName(name)) is not a section", remedy)
            return []
        }
        var pairs: [(name: Name, value: Value)] = []
        for (key, node) in entry.pairs {
            guard !Self.isMergeKey(key) else {
                refuseMergeKey(key)
                continue
            }
            pairs.append((read(key, named: fullName(name), nameType), read(node, named: fullName(name), valueType)))
        }
        return pairs
    }

    /// A nested section; nil if absent.
    public func section(_ name: String) -> ConfigurationSection? {
        guard let section = entry(name).flatMap({ section(of: $0, path: fullName(name)) }) else { return nil }
        collector.sections.append(section)
        return section
    }

    /// A list of sections. If absent it is empty, which is a mistake if `atLeastOne` is set.
    public func sections(_ name: String, atLeastOne: Bool = false) -> [ConfigurationSection] {
        var sections: [ConfigurationSection] = []
        forEachSection(name, atLeastOne: atLeastOne) { sections.append($0) }
        collector.sections += sections
        return sections
    }

    /// A list of sections, each of which `body` reads whole: for lists that may be long, because no section outlives its turn.
    public func sections<Value>(
        _ name: String, atLeastOne: Bool = false, _ body: (ConfigurationSection) -> Value
    ) -> [Value] {
        var values: [Value] = []
        forEachSection(name, atLeastOne: atLeastOne) { section in
            values.append(body(section))
            section.refuseUnknownNames()
        }
        return values
    }

    private func forEachSection(_ name: String, atLeastOne: Bool, _ body: (ConfigurationSection) -> Void) {
        guard let nodes = nodes(name, of: "a section", "of lines that begin with '- '", atLeastOne) else { return }
        let path = fullName(name)
        for (index, node) in nodes.elements.enumerated() {
            if let section = section(of: node, path: "\(path)[\(index)]") { body(section) }
        }
    }

    /// True if a mistake has been recorded anywhere in the file, so that values may be stand-ins.
    public var hasMistakes: Bool { !collector.mistakes.isEmpty }

    /// True if the file has this setting. Makes the name known.
    public func has(_ name: String) -> Bool { entry(name) != nil }

    // MARK: - Mistakes that only the caller can detect

    /// Records a mistake about the setting, or about the section if the setting is absent.
    public func mistake(about name: String? = nil, _ problem: String, _ remedy: String) {
        collector.add(name.flatMap { position(of: $0) } ?? node.position, problem, remedy)
    }

    /// Records that a required setting is absent.
    public func missing(_ name: String, _ remedy: String) {
        if !hasMergeKey { mistake("'\(fullName(name))' is missing", remedy) }
    }

    /// Records what is valid but probably not meant, or not wise. Programs print it and go on.
    func warning(about name: String, _ problem: String, _ remedy: String) {
        collector.warn(position(of: name) ?? node.position, problem, remedy)
    }

    /// The position of the setting's value; nil if it is absent.
    func position(of name: String) -> ConfigurationPosition? { find(name)?.position }

    /// Records a mistake at the position of a path such as `homeAgent.homeNetworks[1]` below this section, or as close to it as the file
    /// allows.
    public func mistake(atPath path: String, _ problem: String, _ remedy: String) {
        var place = node
        for step in path.split(whereSeparator: { $0 == "." || $0 == "[" || $0 == "]" }) {
            let next: YAMLNode?
            switch place.kind {
            case .mapping: next = place.pairs.first { $0.key.hasText(String(step)) }?.value
            case .sequence:
                let elements = elements(of: place)
                next = Int(step).flatMap { elements.indices.contains($0) ? elements[$0] : nil }
            default: next = nil
            }
            guard let next else { break }
            place = next
        }
        collector.add(place.position, problem, remedy)
    }

    // MARK: - Inside

    /// The elements of a sequence, found once: a long list may have a mistake in each.
    private func elements(of sequence: YAMLNode) -> [YAMLNode] {
        if let elements = elementsOfSequences[sequence.index] { return elements }
        let elements = Array(sequence.elements)
        elementsOfSequences[sequence.index] = elements
        return elements
    }

    func fullName(_ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }

    /// The value of a setting, whose name becomes known.
    func entry(_ name: String) -> YAMLNode? {
        known.append(name)
        return find(name)
    }

    /// The value of a setting. Sections are short, so looking at each name is faster than a table of them.
    private func find(_ name: String) -> YAMLNode? { node.pairs.first { $0.key.hasText(name) }?.value }

    /// Records every name of the section that was not requested as a mistake.
    func refuseUnknownNames() {
        for (key, _) in node.pairs where key.kind == .scalar && !Self.isMergeKey(key) && !known.contains(where: key.hasText) {
            let name = key.string ?? ""
            let place = path.isEmpty ? "this file" : path
            let remedy: String
            if let near = NearestWord.of(known, to: name) {
                remedy = "did you mean '\(near)'?"
            } else if known.isEmpty {
                remedy = "remove it"
            } else {
                remedy = "expected one of " + Set(known).sorted().joined(separator: ", ")
            }
            // A name that is no word may be a secret in the wrong place.
            let shown = Self.isWord(name) ? quoted(name) : "a name (not shown)"
            collector.add(key.position, "\(shown) is not a setting of \(place)", remedy)
        }
    }

    private static func isWord(_ name: String) -> Bool {
        name.utf8.count <= 40
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
    }

    private func nodes(
        _ name: String, of expectation: @autoclosure () -> String, _ form: @autoclosure () -> String, _ atLeastOne: Bool
    ) -> YAMLNode? {
        guard let entry = entry(name) else {
            if atLeastOne { missing(name, "add '\(name):' with a list, each element \(expectation())") }
            return nil
        }
        guard entry.kind == .sequence else {
            collector.add(entry.position, "\(fullName(name)) is not a list", "expected a list \(form())")
            return nil
        }
        if entry.count == 0 && atLeastOne {
            collector.add(entry.position, "\(fullName(name)) is empty", "expected at least one element: \(expectation())")
        }
        return entry
    }

    private func section(of node: YAMLNode, path: String) -> ConfigurationSection? {
        guard node.kind == .mapping else {
            // The value is not shown: it may be a key.
            let found = node.string.map { $0.isEmpty ? "is empty" : "is a single value, not a section" }
            collector.add(node.position, "\(path) \(found ?? "is not a section")", "expected indented lines 'name: value'")
            return nil
        }
        return ConfigurationSection(node, path: path, collector: collector)
    }

    /// - Parameter name: The setting's full name, needed only for a mistake.
    func read<Value>(_ node: YAMLNode, named name: @autoclosure () -> String, _ type: ConfigurationType<Value>) -> Value {
        guard let text = node.string else {
            collector.add(node.position, "\(name()) is not a single value", "expected \(type.expectation)")
            return type.standIn
        }
        guard !node.isPlain || !["", "~", "null"].contains(text) else {
            collector.add(node.position, "\(name()) has no value", "expected \(type.expectation)")
            return type.standIn
        }
        guard let value = type.parse(text) else {
            let shown = type.isHidden ? "the value (not shown)" : quoted(text)
            let meant = type.isHidden ? nil : type.meanings(of: text)
            collector.add(node.position, "\(name()): \(shown) is invalid", "expected \(type.expectation)" + (meant ?? ""))
            return type.standIn
        }
        if type.isSecret { collector.holdsSecret = true }
        return value
    }
}
