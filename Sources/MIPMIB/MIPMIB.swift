/// MIP-MIB as data: every accessible object once, in the order of its OID, with ordered search over a picture of an agent.
public struct MIPMIB: Sendable {
    /// What a GET finds.
    public enum Lookup: Hashable, Sendable {
        case value(MIBValue)
        /// The object is known, this instance is not there (RFC 3416 §4.2.1).
        case noSuchInstance
        /// No object has this OID.
        case noSuchObject
    }

    private let leaves: [MIBLeaf]

    /// Builds the table of objects; the same every time.
    public init() {
        leaves = (SystemGroup.leaves + SecurityGroup.leaves + ForeignAgentGroup.leaves + HomeAgentGroup.leaves)
            .sorted { $0.object.suffix.lexicographicallyPrecedes($1.object.suffix) }
    }

    /// Every object served, in the order of OIDs.
    public var objects: [MIBObject] { leaves.map(\.object) }

    /// The instance with exactly this OID.
    public func get(_ oid: Span<UInt>, in view: MIBView) -> Lookup {
        guard let leaf = leaf(atOrBefore: oid), Self.match(leaf.object, oid) == .inside else { return .noSuchObject }
        let start = MIBObject.root.count + leaf.object.suffix.count
        return leaf.get(view, oid.extracting(start..<oid.count)).map(Lookup.value) ?? .noSuchInstance
    }

    /// The first instance after `oid`, or at it when `inclusive`; nil when there is none in this module.
    ///
    /// - Parameter name: receives the OID of the instance; its content before the call is discarded.
    public func next(after oid: Span<UInt>, inclusive: Bool, in view: MIBView, name: inout [UInt]) -> MIBValue? {
        var index = leafIndex(atOrBefore: oid) ?? 0
        while index < leaves.count {
            let leaf = leaves[index]
            index += 1
            name.removeAll(keepingCapacity: true)
            name.append(contentsOf: MIBObject.root)
            name.append(contentsOf: leaf.object.suffix)
            switch Self.match(leaf.object, oid) {
            case .inside:
                let rest = oid.extracting(name.count..<oid.count)
                if let value = leaf.next(view, rest, inclusive, &name) { return value }
            case .before:
                let nothing = oid.extracting(0..<0)
                if let value = leaf.next(view, nothing, true, &name) { return value }
            case .after:
                continue
            }
        }
        return nil
    }

    private enum Match {
        /// The OID begins with the object's.
        case inside
        /// The OID is smaller than every instance of the object.
        case before
        /// The OID is greater than every instance of the object.
        case after
    }

    private static func match(_ object: MIBObject, _ oid: Span<UInt>) -> Match {
        let length = MIBObject.root.count + object.suffix.count
        for position in 0..<length {
            guard position < oid.count else { return .before }
            let own = position < MIBObject.root.count ? MIBObject.root[position] : object.suffix[position - MIBObject.root.count]
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
