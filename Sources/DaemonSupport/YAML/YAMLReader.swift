import CYaml

/// Why a text is no YAML document, and where.
struct YAMLProblem: Error {
    var position: ConfigurationPosition?
    var text: String
    /// What to do; nil for the general form of a document.
    var remedy: String?
}

/// Makes a `YAMLTree` from the events of libyaml. Depth of nesting, aliases and documents are limited here or there.
struct YAMLReader {
    /// How many nodes aliases may stand for in addition to those in the file: a few lines could otherwise stand for any number.
    static let maximumAliasedNodes = 1_000_000

    private struct Container {
        let index: Int
        let anchor: String?
        /// Aliased nodes before it.
        let aliased: Int
        var children = 0
    }

    private var records: [YAMLTree.Record] = []
    private var text: [UInt8] = []
    private var open: [Container] = []
    /// The node of each anchor, and the number of nodes that an alias of it stands for.
    private var anchors: [String: (index: Int, nodes: Int)] = [:]
    private var aliased = 0
    private var documents = 0

    /// The tree of a text in UTF-8; nil if it has no document.
    static func read(_ bytes: UnsafeBufferPointer<UInt8>) throws(YAMLProblem) -> YAMLTree? {
        // The parser refers to itself, so it needs an address of its own.
        let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
        defer { parser.deallocate() }
        guard yaml_parser_initialize(parser) == 1 else { throw YAMLProblem(text: "there is not enough memory") }
        defer { yaml_parser_delete(parser) }
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
        var reader = YAMLReader()
        var event = yaml_event_t()
        while true {
            guard yaml_parser_parse(parser, &event) == 1 else { throw YAMLProblem(parser.pointee, of: bytes) }
            defer { yaml_event_delete(&event) }
            if event.type == YAML_STREAM_END_EVENT { break }
            try reader.take(event)
        }
        return reader.records.isEmpty ? nil : YAMLTree(reader.records, text: reader.text)
    }

    private mutating func take(_ event: yaml_event_t) throws(YAMLProblem) {
        switch event.type {
        case YAML_DOCUMENT_START_EVENT:
            documents += 1
            guard documents == 1 else {
                throw YAMLProblem(
                    position: Self.position(event), text: "a second document begins here",
                    remedy: "expected one document in a file")
            }
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            let (start, length) = (text.count, scalar.length)
            if let value = scalar.value { text.append(contentsOf: UnsafeBufferPointer(start: value, count: length)) }
            let index = add(.scalar, event, isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE, start, length)
            if let anchor = scalar.anchor { anchors[Self.string(anchor)] = (index, 1) }
        case YAML_ALIAS_EVENT:
            guard let anchor = event.data.alias.anchor, let target = anchors[Self.string(anchor)] else {
                throw YAMLProblem(position: Self.position(event), text: "found undefined alias")
            }
            aliased += target.nodes
            guard aliased <= Self.maximumAliasedNodes else {
                throw YAMLProblem(
                    position: Self.position(event), text: "aliases stand for more than \(Self.maximumAliasedNodes) values",
                    remedy: "repeat the settings, or use fewer aliases")
            }
            add(.alias, event, target.index)
        case YAML_SEQUENCE_START_EVENT: begin(.sequence, event, anchor: event.data.sequence_start.anchor)
        case YAML_MAPPING_START_EVENT: begin(.mapping, event, anchor: event.data.mapping_start.anchor)
        case YAML_SEQUENCE_END_EVENT: end()
        case YAML_MAPPING_END_EVENT: if let index = end() { try refuseRepeatedNames(index) }
        default: break
        }
    }

    @discardableResult
    private mutating func add(
        _ kind: YAMLTree.Kind, _ event: yaml_event_t, isPlain: Bool = false, _ first: Int = 0, _ second: Int = 0
    ) -> Int {
        if !open.isEmpty { open[open.count - 1].children += 1 }
        let mark = event.start_mark
        records.append(
            YAMLTree.Record(
                kind, line: Int(clamping: mark.line), column: Int(clamping: mark.column), isPlain: isPlain, first, second))
        return records.count - 1
    }

    private mutating func begin(_ kind: YAMLTree.Kind, _ event: yaml_event_t, anchor: UnsafeMutablePointer<yaml_char_t>?) {
        let index = add(kind, event)
        open.append(Container(index: index, anchor: anchor.map(Self.string), aliased: aliased))
    }

    @discardableResult
    private mutating func end() -> Int? {
        guard let container = open.popLast() else { return nil }
        records[container.index].first = UInt32(clamping: records.count)
        records[container.index].second = UInt32(clamping: container.children)
        if let anchor = container.anchor {
            anchors[anchor] = (container.index, records.count - container.index + aliased - container.aliased)
        }
        return container.index
    }

    /// A setting that is given twice would have two values.
    private func refuseRepeatedNames(_ index: Int) throws(YAMLProblem) {
        let count = Int(records[index].second) / 2
        guard count > 1 else { return }
        // Most sections are short, and comparing each with each needs no memory.
        var names: [ArraySlice<UInt8>: Int] = [:]
        var earlier: [Int] = []
        var key = index + 1
        for _ in 0..<count {
            let record = records[key].kind == .alias ? records[Int(records[key].first)] : records[key]
            if record.kind == .scalar {
                let name = text[Int(record.first)..<Int(record.first + record.second)]
                let first =
                    count > 16
                    ? names.updateValue(names[name] ?? key, forKey: name)
                    : earlier.first { self.name(at: $0) == name }
                if let first {
                    throw YAMLProblem(
                        position: records[first].position,
                        text: "\(quoted(String(decoding: name, as: UTF8.self))) is given more than once in this section",
                        remedy: "keep one of them")
                }
                if count <= 16 { earlier.append(key) }
            }
            key = following(following(key))
        }
    }

    private func name(at key: Int) -> ArraySlice<UInt8> {
        let record = records[key].kind == .alias ? records[Int(records[key].first)] : records[key]
        return text[Int(record.first)..<Int(record.first + record.second)]
    }

    private func following(_ index: Int) -> Int {
        switch records[index].kind {
        case .sequence, .mapping: Int(records[index].first)
        case .scalar, .alias: index + 1
        }
    }

    private static func string(_ text: UnsafeMutablePointer<yaml_char_t>) -> String { String(cString: text) }

    private static func position(_ event: yaml_event_t) -> ConfigurationPosition {
        ConfigurationPosition(line: Int(clamping: event.start_mark.line) + 1, column: Int(clamping: event.start_mark.column) + 1)
    }
}

extension YAMLProblem {
    /// The error that the parser has stopped with.
    fileprivate init(_ parser: yaml_parser_t, of bytes: UnsafeBufferPointer<UInt8>) {
        guard let problem = parser.problem.map({ String(cString: $0) }) else {
            self.init(text: "there is not enough memory")
            return
        }
        if parser.error == YAML_READER_ERROR {
            let before = String(decoding: bytes.prefix(Int(clamping: parser.problem_offset)), as: UTF8.self)
            self.init(position: ConfigurationPosition(after: before), text: problem)
        } else {
            let context = parser.context.map { " " + String(cString: $0) } ?? ""
            let mark = parser.problem_mark
            self.init(
                position: ConfigurationPosition(line: Int(clamping: mark.line) + 1, column: Int(clamping: mark.column) + 1),
                text: problem + context)
        }
    }
}
