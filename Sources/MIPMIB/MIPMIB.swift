/// MIP-MIB and MIPV4-EXT-MIB as data: every accessible object once, in the order of its OID, with ordered search in a snapshot of an agent.
public struct MIPMIB: Sendable {
    /// The result of a GET.
    public enum Lookup: Hashable, Sendable {
        case value(MIBValue)
        /// The object is known, but this instance does not exist (RFC 3416 §4.2.1).
        case noSuchInstance
        /// No object has this OID.
        case noSuchObject
    }

    private let leaves: [MIBLeaf]
    /// The range of the leaves of each module, which are contiguous.
    private let ranges: [MIBModule: Range<Int>]

    /// Every object in OID order, including those that only notifications carry.
    public let objects: [MIBObject]

    /// Builds the table of objects, which is always the same.
    public init() {
        leaves = MIBGroups.leaves.sorted { $0.object.oid.lexicographicallyPrecedes($1.object.oid) }
        objects = leaves.map(\.object)
        var ranges: [MIBModule: Range<Int>] = [:]
        for (index, object) in objects.enumerated() {
            ranges[object.module] = (ranges[object.module]?.lowerBound ?? index)..<index + 1
        }
        self.ranges = ranges
    }

    /// The object that an OID identifies, itself or by one of its instances, and the sub-identifiers after the object's OID.
    public func object(of oid: Span<UInt>) -> (object: MIBObject, instance: [UInt])? {
        guard let leaf = leaf(atOrBefore: oid), Self.match(leaf.object, oid) == .inside else { return nil }
        return (leaf.object, (leaf.object.oid.count..<oid.count).map { oid[$0] & 0xFFFF_FFFF })
    }

    /// The object with a descriptor, spelt as in the module.
    public func object(named name: String) -> MIBObject? { objects.first { $0.name == name } }

    /// The object of a node of the MIB text; nil if the node is not a scalar or column that is served.
    package func object(_ node: MIBNode) -> MIBObject? { objects.first { $0.node == node } }

    /// The members shown by the index objects and columns of a table, in order, or by the scalars below any other node.
    package func members(below node: MIBNode) -> [MIBShownMember] {
        let own = leaves.filter { $0.object.oid.starts(with: node.oid) && $0.object.isColumn == (node.text.kind == "table") }
        let key = own.first.map { first in
            zip(first.object.index, first.key).compactMap { index, member in
                member.map { MIBShownMember(node: index.node, member: $0) }
            }
        }
        return (key ?? [])
            + own.compactMap { leaf in leaf.member.map { MIBShownMember(node: leaf.object.node, member: $0) } }
    }

    /// The instance with exactly this OID.
    public func get(_ oid: Span<UInt>, in view: MIBView) -> Lookup {
        guard let leaf = leaf(atOrBefore: oid), leaf.object.access.isReadable, Self.match(leaf.object, oid) == .inside
        else { return .noSuchObject }
        var index = RequestedIndex(oid.extracting(leaf.object.oid.count..<oid.count))
        return leaf.get(view, &index).map(Lookup.value) ?? .noSuchInstance
    }

    /// The first instance after `oid`, or at it if `inclusive`; nil if there is none.
    ///
    /// - Parameters:
    ///   - module: the module in which the search ends; nil for all modules.
    ///   - name: receives the OID of the instance; its previous content is discarded.
    public func next(
        after oid: Span<UInt>, inclusive: Bool, in view: MIBView, within module: MIBModule? = nil, name: inout [UInt]
    ) -> MIBValue? {
        var found: MIBValue?
        visit(from: oid, inclusive: inclusive, in: view, within: module, name: &name) { _, value in
            found = value
            return false
        }
        return found
    }

    /// Passes the instances after `oid`, or from it on if `inclusive`, to the visitor in order. This is much cheaper than calling `next`
    /// for each.
    ///
    /// - Parameters:
    ///   - oid: is no longer read once the visitor is called.
    ///   - module: the module in which the search ends; nil for all modules.
    ///   - name: receives the OID of each instance; its previous content is discarded.
    ///   - visitor: receives the name and the value of an instance; returns false to stop.
    public func visit(
        from oid: Span<UInt>, inclusive: Bool, in view: MIBView, within module: MIBModule? = nil, name: inout [UInt],
        _ visitor: (inout [UInt], MIBValue) -> Bool
    ) {
        let range = module.map { ranges[$0] ?? 0..<0 } ?? leaves.indices
        let first = leafIndex(atOrBefore: oid)
        for position in range.clamped(to: max(first ?? 0, range.lowerBound)..<leaves.count) {
            let leaf = leaves[position]
            name.removeAll(keepingCapacity: true)
            name.append(contentsOf: leaf.object.oid)
            // Leaves after the first are greater than `oid`; the first may have some instances that are.
            let match = position == first ? Self.match(leaf.object, oid) : .before
            if match == .after { continue }
            let length = match == .inside ? leaf.object.oid.count : oid.count
            var index = RequestedIndex(oid.extracting(length..<oid.count))
            guard leaf.visit(view, &index, inclusive || match == .before, &name, visitor) else { return }
        }
    }

    private enum Match {
        /// The OID begins with that of the object.
        case inside
        /// The OID is smaller than every instance of the object.
        case before
        /// The OID is greater than every instance of the object.
        case after
    }

    private static func match(_ object: MIBObject, _ oid: Span<UInt>) -> Match {
        for position in 0..<object.oid.count {
            guard position < oid.count else { return .before }
            let own = object.oid[position]
            if oid[position] != own { return oid[position] < own ? .before : .after }
        }
        return .inside
    }

    private func leaf(atOrBefore oid: Span<UInt>) -> MIBLeaf? { leafIndex(atOrBefore: oid).map { leaves[$0] } }

    /// The last object that is not greater than `oid`.
    private func leafIndex(atOrBefore oid: Span<UInt>) -> Int? {
        var low = 0
        var high = leaves.count
        while low < high {
            let middle = (low + high) / 2
            if Self.match(leaves[middle].object, oid) == .before { high = middle } else { low = middle + 1 }
        }
        return low == 0 ? nil : low - 1
    }
}
