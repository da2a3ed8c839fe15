extension ExtensionType {
    /// Experimental, non-skippable (127, RFC 4064).
    public static let nonSkippableExperimental = ExtensionType(rawValue: 127)
}

/// An extension of an experiment that must not be skipped (127, RFC 4064 §4.1). This is its form on port 434; in an advertisement
/// it is short and has no Sub-Type (§4.2).
public struct NonSkippableExperimental: MobileIPExtension {
    public static let type = ExtensionType.nonSkippableExperimental
    public static let name = "Experimental, non-skippable"
    public static let form = ExtensionForm.long

    /// Distinguishes experiments, which agree on it among themselves.
    public var subtype: UInt8
    /// The octets after the header, in the experiment's own layout; may be empty.
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
