/// An accessible object with its search functions. It is a class so that a search can pass many of them without copying.
final class MIBLeaf: Sendable {
    /// Receives the full name and the value of an instance. Returns false to stop.
    typealias Visitor = (inout [UInt], MIBValue) -> Bool

    let object: MIBObject
    /// The member that the object shows.
    let member: MIBMember?
    /// The members that the index objects of its table show.
    let key: [MIBMember?]
    /// The instance with these sub-identifiers after the object's own.
    let get: @Sendable (MIBView, inout RequestedIndex) -> MIBValue?
    /// Passes the instances after these sub-identifiers (or from them on, if inclusive) to the visitor in order. The name contains the
    /// object's OID, and each instance appends its own sub-identifiers. Returns false if the visitor stopped.
    let visit: @Sendable (MIBView, inout RequestedIndex, Bool, inout [UInt], Visitor) -> Bool

    init(
        object: MIBObject, member: MIBMember?, key: [MIBMember?] = [],
        get: @escaping @Sendable (MIBView, inout RequestedIndex) -> MIBValue?,
        visit: @escaping @Sendable (MIBView, inout RequestedIndex, Bool, inout [UInt], Visitor) -> Bool
    ) {
        self.object = object
        self.member = member
        self.key = key
        self.get = get
        self.visit = visit
    }
}

extension MIBLeaf {
    /// A scalar, whose only instance is 0; the value is nil if there is no instance.
    static func scalar(
        _ node: MIBNode, _ member: MIBMember?, _ summary: String, _ value: @escaping @Sendable (MIBView) -> MIBValue?
    ) -> MIBLeaf {
        MIBLeaf(
            object: MIBObject(node, summary), member: member,
            get: { view, index in index.place(of: ScalarInstance()) == .same ? value(view) : nil },
            visit: { view, index, inclusive, name, visitor in
                let place = index.place(of: ScalarInstance())
                guard place == .after || inclusive && place == .same, let value = value(view) else { return true }
                name.append(0)
                return visitor(&name, value)
            })
    }

    /// An object that only notifications carry: it has no instance.
    static func forNotification(_ node: MIBNode, _ summary: String) -> MIBLeaf {
        MIBLeaf(object: MIBObject(node, summary), member: nil, get: { _, _ in nil }, visit: { _, _, _, _, _ in true })
    }
}

private struct ScalarInstance: MIBIndexed {
    func appendIndex(to listener: inout some IndexListener) { listener.append(0 as UInt32) }
}
