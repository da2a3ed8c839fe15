/// The nodes of a YAML document, as small as possible: a configuration may list hundreds of thousands of associations.
///
/// A node takes 16 bytes and, if it is a scalar, its text. Nodes are in the order of the file, so that the nodes of a container follow it.
final class YAMLTree {
    enum Kind: UInt32 { case scalar, sequence, mapping, alias }

    struct Record {
        /// Two bits for the kind, one for a plain scalar, and the line, counted from 0.
        private let head: UInt32
        /// Counted from 0, in Unicode scalars.
        private let column: UInt32
        /// Of a scalar, where its text begins and its length in bytes; of a container, the index of the next node that is not in it, and
        /// the number of its children; of an alias, the index of the node it stands for.
        var first: UInt32
        var second: UInt32

        init(_ kind: Kind, line: Int, column: Int, isPlain: Bool = false, _ first: Int = 0, _ second: Int = 0) {
            head = kind.rawValue << 30 | (isPlain ? 1 << 29 : 0) | UInt32(clamping: min(line, 1 << 29 - 1))
            self.column = UInt32(clamping: column)
            self.first = UInt32(clamping: first)
            self.second = UInt32(clamping: second)
        }

        var kind: Kind { Kind(rawValue: head >> 30) ?? .scalar }
        var isPlain: Bool { head >> 29 & 1 != 0 }
        var position: ConfigurationPosition {
            ConfigurationPosition(line: Int(head & (1 << 29 - 1)) + 1, column: Int(clamping: UInt64(column) + 1))
        }
    }

    fileprivate let records: [Record]
    fileprivate let text: [UInt8]

    init(_ records: [Record], text: [UInt8]) {
        self.records = records
        self.text = text
    }

    /// The node of the whole document.
    var root: YAMLNode { node(0) }

    /// The node at an index, or, for an alias, the node it stands for.
    fileprivate func node(_ index: Int) -> YAMLNode {
        YAMLNode(tree: self, index: records[index].kind == .alias ? Int(records[index].first) : index)
    }

    /// The index of the node that follows a node and all nodes in it.
    fileprivate func end(_ index: Int) -> Int {
        switch records[index].kind {
        case .sequence, .mapping: Int(records[index].first)
        case .scalar, .alias: index + 1
        }
    }
}

/// A scalar, sequence or mapping of a `YAMLTree`.
struct YAMLNode {
    fileprivate let tree: YAMLTree
    /// The place in the tree, which no other node has.
    let index: Int

    private var record: YAMLTree.Record { tree.records[index] }

    var kind: YAMLTree.Kind { record.kind }
    var position: ConfigurationPosition { record.position }

    /// The text of a scalar; nil for anything else.
    var string: String? {
        guard kind == .scalar else { return nil }
        return String(decoding: tree.text[Int(record.first)..<Int(record.first + record.second)], as: UTF8.self)
    }

    /// Whether a scalar is written without quotes.
    var isPlain: Bool { record.isPlain }

    /// Whether this is a scalar with this text.
    func hasText(_ text: String) -> Bool {
        let record = record
        guard record.kind == .scalar, Int(record.second) == text.utf8.count else { return false }
        var index = Int(record.first)
        for byte in text.utf8 {
            guard tree.text[index] == byte else { return false }
            index += 1
        }
        return true
    }

    /// The number of elements of a sequence or pairs of a mapping.
    var count: Int { kind == .mapping ? Int(record.second) / 2 : Int(record.second) }

    /// The elements of a sequence; none of anything else.
    var elements: Children { Children(tree: tree, position: index + 1, end: kind == .sequence ? tree.end(index) : index + 1) }

    /// The pairs of a mapping, in the order of the file; none of anything else.
    var pairs: Pairs {
        Pairs(children: Children(tree: tree, position: index + 1, end: kind == .mapping ? tree.end(index) : index + 1))
    }

    struct Children: Sequence, IteratorProtocol {
        fileprivate let tree: YAMLTree
        fileprivate var position: Int
        fileprivate let end: Int

        mutating func next() -> YAMLNode? {
            guard position < end else { return nil }
            defer { position = tree.end(position) }
            return tree.node(position)
        }
    }

    struct Pairs: Sequence, IteratorProtocol {
        fileprivate var children: Children

        mutating func next() -> (key: YAMLNode, value: YAMLNode)? {
            guard let key = children.next(), let value = children.next() else { return nil }
            return (key, value)
        }
    }
}
