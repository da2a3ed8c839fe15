import MobileIPv4

/// An experimental extension that a mobile node puts into its requests, and knows in replies (RFC 4064).
public struct NodeExperimentalExtension: Hashable, Sendable {
    /// True for an extension that must not be skipped (127), false for one that may be (255).
    public var isCritical: Bool
    /// The recipient.
    public var addressee: NodeVendorExtension.Addressee
    /// The Sub-Type, which the partners of the experiment have agreed on.
    public var subtype: UInt8
    /// What follows it.
    public var content: [UInt8]

    /// - Parameter content: limited to 254 bytes if the extension is not critical; a longer one is not sent.
    public init(isCritical: Bool, addressee: NodeVendorExtension.Addressee, subtype: UInt8, content: [UInt8]) {
        self.isCritical = isCritical
        self.addressee = addressee
        self.subtype = subtype
        self.content = content
    }

    func append(to octets: inout [UInt8]) {
        // An extension that does not fit its length field cannot be sent; encoding then leaves the octets unchanged.
        if isCritical {
            try? NonSkippableExperimental(subtype: subtype, content: content).encode(into: &octets)
        } else {
            try? SkippableExperimental(subtype: subtype, content: content).encode(into: &octets)
        }
    }

    /// Whether an extension has this type and Sub-Type.
    func isKind(of located: LocatedExtension) -> Bool {
        located.type == (isCritical ? .nonSkippableExperimental : .skippableExperimental) && located.subtype == subtype
    }
}
