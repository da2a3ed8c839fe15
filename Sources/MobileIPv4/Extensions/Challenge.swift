extension ExtensionType {
    /// MN-FA challenge (132, RFC 4721 §4).
    public static let challenge = ExtensionType(rawValue: 132)
}

/// A foreign agent's challenge, in its reply or in the request that answers it (132, RFC 4721 §4).
public struct Challenge: FittingExtension {
    public static let type = ExtensionType.challenge
    public static let name = "MN-FA Challenge"

    /// The challenge, at most 255 octets. RFC 4721 requires 4 or more; a received one may be shorter.
    public let octets: [UInt8]

    /// The shortest challenge, in octets, that can be relied on to differ from the last one (RFC 4721 §4).
    public static let minimumLength = 4

    /// Takes the first 255 octets.
    public init(_ octets: [UInt8]) { self.octets = octets.count > 255 ? Array(octets.prefix(255)) : octets }

    public init(_ fields: inout ExtensionFields, in datagram: RawSpan) throws(MessageError) {
        octets = try fields.rest(in: datagram)
    }

    public func appendData(to octets: inout [UInt8]) { octets.append(contentsOf: self.octets) }
}
