/// An accessible object with its search functions.
struct MIBLeaf: Sendable {
    let object: MIBObject
    /// The instance with these sub-identifiers after the object's own.
    let get: @Sendable (MIBView, inout RequestedIndex) -> MIBValue?
    /// The first instance after these sub-identifiers (or at them, when inclusive); appends its own to the name.
    let next: @Sendable (MIBView, inout RequestedIndex, Bool, inout [UInt]) -> MIBValue?
}

extension MIBLeaf {
    /// A scalar, whose one instance is 0; nil where it has none.
    static func scalar(
        _ module: MIBModule, _ suffix: [UInt], _ name: String, _ syntax: MIBSyntax, _ summary: String,
        access: MIBAccess = .readOnly, status: MIBStatus = .current,
        _ value: @escaping @Sendable (MIBView) -> MIBValue?
    ) -> MIBLeaf {
        MIBLeaf(
            object: MIBObject(name, module, suffix, syntax, access, status, summary),
            get: { view, index in index.place(of: ScalarInstance()) == .same ? value(view) : nil },
            next: { view, index, inclusive, name in
                let place = index.place(of: ScalarInstance())
                guard place == .after || inclusive && place == .same, let value = value(view) else { return nil }
                name.append(0)
                return value
            })
    }

    /// An object that only notifications carry: it has no instance.
    static func forNotification(
        _ module: MIBModule, _ suffix: [UInt], _ name: String, _ syntax: MIBSyntax, _ summary: String
    ) -> MIBLeaf {
        MIBLeaf(
            object: MIBObject(name, module, suffix, syntax, .accessibleForNotify, .current, summary), get: { _, _ in nil },
            next: { _, _, _, _ in nil })
    }
}

private struct ScalarInstance: MIBIndexed {
    func tellIndex(to listener: inout some IndexListener) { listener.append(0 as UInt32) }
}
