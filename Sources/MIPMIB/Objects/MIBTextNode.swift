/// The definition of a node in the MIB texts, as found by `scripts/generate-mib-nodes`. How this product serves an object is in
/// `MIBObject`.
package struct MIBTextNode: Sendable {
    package let node: MIBNode
    package let module: MIBModule
    package let name: String
    package let oid: [UInt]
    /// `node`, `scalar`, `table`, `row`, `column`, `notification`, `group` or `compliance`.
    package let kind: String
    /// MAX-ACCESS and syntax of a scalar or column; nil for anything else.
    package let access: MIBAccess?
    package let syntax: MIBSyntax?
    /// Nil if a node has none.
    package let status: MIBStatus?
    /// The index objects of a row, or of the row that it augments; the objects of a notification.
    package let related: [MIBNode]
    /// The row to which a column belongs.
    package let row: MIBNode?
    /// What a number counts; empty if the module does not say.
    package let units: String

    /// Every node of both modules, in the order of `MIBNode`.
    package static let all: [MIBTextNode] = {
        let conventions = MIBSyntax.conventions
        let lines = words(mibNodeTable, columns: 8)
        let places = Dictionary(uniqueKeysWithValues: lines.enumerated().map { ($1[1], $0) })
        var row: MIBNode?
        return lines.enumerated().compactMap { place, words in
            guard let module = MIBModule(rawValue: words[0]), let node = MIBNode(rawValue: Int16(place)) else { return nil }
            let (name, kind, detail) = (words[1], words[3], words[6])
            // A row is followed by its columns.
            if kind == "row" { row = node }
            let isObject = kind == "scalar" || kind == "column"
            let isList = kind == "row" || kind == "notification"
            return MIBTextNode(
                node: node, module: module, name: name, oid: words[2].utf8.split(separator: UInt8(ascii: ".")).map(number),
                kind: kind, access: MIBAccess(rawValue: words[4]),
                syntax: isObject ? MIBSyntax(detail, conventions: conventions) : nil, status: MIBStatus(rawValue: words[5]),
                related: isList
                    ? detail.split(separator: ",").compactMap { places[String($0)].flatMap { MIBNode(rawValue: Int16($0)) } }
                    : [],
                row: kind == "column" ? row : nil, units: words.count > 7 ? words[7] : "")
        }
    }()

    /// The lines of a table as words; the last column contains the rest of its line.
    static func words(_ table: String, columns: Int) -> [[String]] {
        table.utf8.split(separator: UInt8(ascii: "\n")).map { line in
            line.split(separator: UInt8(ascii: " "), maxSplits: columns - 1).map { String(Substring($0)) }
        }
    }

    private static func number(_ digits: Substring.UTF8View) -> UInt {
        digits.reduce(0) { $0 * 10 + UInt($1 - UInt8(ascii: "0")) }
    }
}

extension MIBNode {
    /// The definition of the node in the text.
    package var text: MIBTextNode { MIBTextNode.all[Int(rawValue)] }
    /// The descriptor, spelt as in the module.
    package var name: String { text.name }
    package var oid: [UInt] { text.oid }

    /// The node with a descriptor.
    package init?(named name: String) {
        guard let node = Self.byName[name] else { return nil }
        self = node
    }

    private static let byName = Dictionary(uniqueKeysWithValues: MIBTextNode.all.map { ($0.name, $0.node) })
}
