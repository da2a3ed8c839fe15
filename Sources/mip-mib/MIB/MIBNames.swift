import MIPMIB
import MobileIPv4

/// A node of the MIB modules.
struct NamedNode: Sendable {
    let module: String
    let name: String
    let oid: [UInt32]
    /// `node`, `scalar`, `table`, `row`, `column`, `notification`, `group` or `compliance`.
    let kind: String
    /// The unit of a number; empty if the module gives no unit.
    let units: String
    /// The entry in the object table; nil if the node is not an object.
    let object: MIBObject?
    /// The names of the objects that a notification carries, in order; empty for any other node.
    let carried: [String]

    var qualifiedName: String { "\(module)::\(name)" }
}

/// The names and OIDs of the MIB modules, available without the module files.
struct MIBNames: Sendable {
    /// Sorted by OID.
    let nodes: [NamedNode]
    private let byName: [String: Int]

    init() {
        let objects = Dictionary(uniqueKeysWithValues: MIPMIB().objects.map { ($0.name, $0) })
        nodes = MIBTextNode.all.map { node in
            NamedNode(
                module: node.module.rawValue, name: node.name, oid: node.oid.map(UInt32.init), kind: node.kind,
                units: node.units, object: objects[node.name],
                carried: node.kind == "notification" ? node.related.map(\.text.name) : [])
        }.sorted { $0.oid.lexicographicallyPrecedes($1.oid) }
        byName = Dictionary(uniqueKeysWithValues: nodes.enumerated().map { ($1.name, $0) })
    }

    func node(named name: String) -> NamedNode? { byName[name].map { nodes[$0] } }

    /// The node with the longest OID that is a prefix of this one.
    func node(for oid: [UInt32]) -> NamedNode? {
        var (low, high) = (0, nodes.count)
        while low < high {
            let middle = (low + high) / 2
            if oid.lexicographicallyPrecedes(nodes[middle].oid) { high = middle } else { low = middle + 1 }
        }
        while low > 0 {
            low -= 1
            let candidate = nodes[low]
            if oid.starts(with: candidate.oid) { return candidate }
            // If even the first component differs, no earlier node can be a prefix of the OID.
            if candidate.oid.first != oid.first { return nil }
        }
        return nil
    }

    /// The columns of a table, in order; empty for any other node.
    func columns(of table: NamedNode) -> [NamedNode] {
        nodes.filter { $0.kind == "column" && $0.oid.starts(with: table.oid) && $0.oid.count == table.oid.count + 2 }
    }

    /// The OID of `name`, `MODULE::name`, `name.1.2` or `1.3.6.1…`, with or without a leading dot.
    ///
    /// - Throws: A usage `CommandFailure` that lists similar names.
    func oid(of text: String) throws -> [UInt32] {
        let bare = text.hasPrefix(".") ? text.dropFirst() : text[...]
        let parts = bare.split(separator: ".", omittingEmptySubsequences: false)
        if let numbers = Self.numbers(parts), !numbers.isEmpty { return numbers }
        guard let first = parts.first else { throw CommandFailure.usage("'\(text)' is invalid; expected a name or an OID") }
        let name = String(first.split(separator: ":").last ?? "")
        guard let node = node(named: name) else {
            let similar = nodes.filter { $0.name.lowercased().contains(name.lowercased()) }.prefix(8).map(\.name)
            throw CommandFailure.usage(
                "MIP-MIB and MIPV4-EXT-MIB have no '\(name)'"
                    + (similar.isEmpty
                        ? "; 'mip-mib translate' lists all names" : "; similar names: \(similar.joined(separator: ", "))")
            )
        }
        guard let suffix = Self.numbers(parts.dropFirst()) else {
            throw CommandFailure.usage("'\(text)' is invalid; expected numbers separated by dots after the name")
        }
        return node.oid + suffix
    }

    private static func numbers(_ parts: some Collection<Substring>) -> [UInt32]? {
        let numbers = parts.compactMap { DecimalNumber.parse($0, as: UInt32.self) }
        return numbers.count == parts.count ? numbers : nil
    }
}
