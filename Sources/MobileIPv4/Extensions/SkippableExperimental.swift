extension ExtensionType {
    /// Experimental, skippable (255, RFC 4064).
    public static let skippableExperimental = ExtensionType(rawValue: 255)
}

/// An extension of an experiment that may be skipped (255, RFC 4064 §4.3). This is its form on port 434; in an advertisement it
/// has no Sub-Type (§4.4).
public struct SkippableExperimental: MobileIPExtension {
    public static let type = ExtensionType.skippableExperimental
    public static let name = "Experimental, skippable"
    public static let form = ExtensionForm.shortWithSubtype

    /// Distinguishes experiments, which agree on it among themselves.
    public var subtype: UInt8
    /// The octets after the Sub-Type, in the experiment's own layout; may be empty, and has at most 254 octets to be sent.
    public var content: [UInt8]

    public init(subtype: UInt8, content: [UInt8]) {
        self.subtype = subtype
        self.content = content
    }

    public init(_ fields: inout ExtensionFields, in datagram: RawSpan) throws(MessageError) {
        subtype = try fields.requiredSubtype()
        content = try fields.rest(in: datagram)
    }

    public func appendData(to octets: inout [UInt8]) { octets.append(contentsOf: content) }
}
