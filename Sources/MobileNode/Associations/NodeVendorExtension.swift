public import MobileIPv4

/// A vendor extension that a mobile node puts into its requests (RFC 3115).
public struct NodeVendorExtension: Hashable, Sendable {
    /// Whom it is meant for.
    public enum Addressee: String, Hashable, Sendable, CaseIterable, Codable {
        /// In front of the mobile-home authenticator, which covers it.
        case homeAgent
        /// Behind all that goes on to the home agent; sent only through a foreign agent.
        case foreignAgent
    }

    /// True for one that may not be passed over (38), false for one that may (134).
    public var isCritical: Bool
    /// Whom it is meant for.
    public var addressee: Addressee
    /// Vendor, type and value.
    public var content: VendorSpecific

    /// - Parameter content: of at most 247 octets of value when not critical; a longer one is not sent.
    public init(isCritical: Bool, addressee: Addressee, content: VendorSpecific) {
        self.isCritical = isCritical
        self.addressee = addressee
        self.content = content
    }

    func append(to octets: inout [UInt8]) {
        // What does not fit its length field cannot travel; encoding leaves the octets as they were.
        if isCritical {
            try? CriticalVendorSpecific(content).encode(into: &octets)
        } else {
            try? NormalVendorSpecific(content).encode(into: &octets)
        }
    }
}
