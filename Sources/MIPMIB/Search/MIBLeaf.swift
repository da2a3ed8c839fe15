/// An accessible object with its search functions.
struct MIBLeaf: Sendable {
    let object: MIBObject
    /// The instance with these sub-identifiers after the object's own.
    let get: @Sendable (MIBView, Span<UInt>) -> MIBValue?
    /// The first instance after these sub-identifiers (or at them, when inclusive); appends its own to the name.
    let next: @Sendable (MIBView, Span<UInt>, Bool, inout [UInt]) -> MIBValue?
}

extension MIBLeaf {
    /// A scalar, whose one instance is 0.
    static func scalar(
        _ suffix: [UInt], _ name: String, _ syntax: MIBSyntax, _ summary: String,
        access: MIBAccess = .readOnly,
        _ value: @escaping @Sendable (MIBView) -> MIBValue?
    ) -> MIBLeaf {
        MIBLeaf(
            object: MIBObject(name: name, suffix: suffix, syntax: syntax, access: access, summary: summary, index: []),
            get: { view, subidentifiers in
                subidentifiers.count == 1 && subidentifiers[0] == 0 ? value(view) : nil
            },
            next: { view, subidentifiers, inclusive, name in
                let isBefore = subidentifiers.isEmpty || inclusive && subidentifiers.count == 1 && subidentifiers[0] == 0
                guard isBefore, let value = value(view) else { return nil }
                name.append(0)
                return value
            })
    }
}
