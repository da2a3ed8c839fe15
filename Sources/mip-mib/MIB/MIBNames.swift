import MIPMIB

/// A node of the MIB modules.
struct NamedNode: Sendable {
    let module: String
    let name: String
    let oid: [UInt32]
    /// `node`, `scalar`, `table`, `row`, `column`, `notification`, `group` or `compliance`.
    let kind: String
    /// What a number counts; empty where the module does not say.
    let units: String
    /// What the object table knows of it; nil for what is no object.
    let object: MIBObject?

    var qualifiedName: String { "\(module)::\(name)" }
}

/// Names and numbers of the MIB modules, without their files.
struct MIBNames: Sendable {
    /// In the order of OIDs.
    let nodes: [NamedNode]
    private let byName: [String: Int]

    init() {
        let objects = Dictionary(uniqueKeysWithValues: MIPMIB().objects.map { ($0.name, $0) })
        nodes = MIBTextNode.all.map { node in
            NamedNode(
                module: node.module.rawValue, name: node.name, oid: node.oid.map(UInt32.init), kind: node.kind,
                units: node.units, object: objects[node.name])
        }.sorted { $0.oid.lexicographicallyPrecedes($1.oid) }
        byName = Dictionary(uniqueKeysWithValues: nodes.enumerated().map { ($1.name, $0) })
    }

    func node(named name: String) -> NamedNode? { byName[name].map { nodes[$0] } }

    /// The node with the longest OID that this one begins with.
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
            // What shares nothing with the OID shares nothing before either.
            if candidate.oid.first != oid.first { return nil }
        }
        return nil
    }

    /// The columns of a table, in their order; empty for anything else.
    func columns(of table: NamedNode) -> [NamedNode] {
        nodes.filter { $0.kind == "column" && $0.oid.starts(with: table.oid) && $0.oid.count == table.oid.count + 2 }
    }

    /// The OID of `name`, `MODULE::name`, `name.1.2` or `1.3.6.1…`, with or without a dot before it.
    ///
    /// - Throws: `CommandFailure` of wrong use, with names that are near.
    func oid(of text: String) throws -> [UInt32] {
        let bare = text.hasPrefix(".") ? text.dropFirst() : text[...]
        let parts = bare.split(separator: ".", omittingEmptySubsequences: false)
        if let numbers = Self.numbers(parts), !numbers.isEmpty { return numbers }
        guard let first = parts.first else { throw CommandFailure.usage("'\(text)' is neither a name nor an OID") }
        let name = String(first.split(separator: ":").last ?? "")
        guard let node = node(named: name) else {
            let near = nodes.filter { $0.name.lowercased().contains(name.lowercased()) }.prefix(8).map(\.name)
            throw CommandFailure.usage(
                "MIP-MIB and MIPV4-EXT-MIB have no '\(name)'"
                    + (near.isEmpty ? "; 'mip-mib translate' lists what they have" : "; near are \(near.joined(separator: ", "))")
            )
        }
        guard let suffix = Self.numbers(parts.dropFirst()) else {
            throw CommandFailure.usage("'\(text)': what follows the name must be numbers with dots between")
        }
        return node.oid + suffix
    }

    private static func numbers(_ parts: some Collection<Substring>) -> [UInt32]? {
        let numbers = parts.compactMap { UInt32($0) }
        return numbers.count == parts.count ? numbers : nil
    }
}
