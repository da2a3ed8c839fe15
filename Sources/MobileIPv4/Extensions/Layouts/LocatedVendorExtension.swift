/// Where a vendor extension (38 or 134) lies in a datagram, and whose it is (RFC 3115 §2).
public struct LocatedVendorExtension: Hashable, Sendable {
    /// True for the critical one (38), which may not be passed over by who does not know it.
    public let isCritical: Bool
    /// Vendor and type; nil when the extension is too short to hold both.
    public let kind: VendorExtensionKind?
    /// Offset of its type octet.
    public let start: Int

    init?(_ located: LocatedExtension, in datagram: RawSpan) {
        switch located.type {
        case .criticalVendorSpecific: isCritical = true
        case .normalVendorSpecific: isCritical = false
        default: return nil
        }
        start = located.start
        // Two reserved octets stand before the vendor in 134; the header of 38 has room for its own.
        let offset = located.data.lowerBound + (isCritical ? 0 : 2)
        if offset + 6 <= located.end {
            kind = VendorExtensionKind(vendor: datagram.uint32(at: offset), type: datagram.uint16(at: offset + 4))
        } else {
            kind = nil
        }
    }

    /// True when the kind is one of these.
    public func isKnown(_ known: Set<VendorExtensionKind>) -> Bool {
        guard let kind, let type = kind.type else { return false }
        return known.covers(vendor: kind.vendor, type: type)
    }
}
