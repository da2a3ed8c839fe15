public import MobileIPv4

/// A vendor extension that a mobile node puts into its requests (RFC 3115).
public struct NodeVendorExtension: Hashable, Sendable {
    /// The recipient.
    public enum Addressee: String, Hashable, Sendable, CaseIterable, Codable {
        /// Placed before the mobile-home authenticator, which covers it.
        case homeAgent
        /// Placed after everything that is forwarded to the home agent; sent only through a foreign agent.
        case foreignAgent
    }

    /// True for an extension that must not be skipped (38), false for one that may be (134).
    public var isCritical: Bool
    /// The recipient.
    public var addressee: Addressee
    /// Vendor, type and value.
    public var content: VendorSpecific

    /// - Parameter content: the value is limited to 247 octets if the extension is not critical; a longer one is not sent.
    public init(isCritical: Bool, addressee: Addressee, content: VendorSpecific) {
        self.isCritical = isCritical
        self.addressee = addressee
        self.content = content
    }

    func append(to octets: inout [UInt8]) {
        // An extension that does not fit its length field cannot be sent; encoding then leaves the octets unchanged.
        if isCritical {
            try? CriticalVendorSpecific(content).encode(into: &octets)
        } else {
            try? NormalVendorSpecific(content).encode(into: &octets)
        }
    }
}
