/// Where a vendor extension (38 or 134) is in a datagram, and which vendor and type it has (RFC 3115 §2).
public struct LocatedVendorExtension: Hashable, Sendable {
    /// True for a critical extension (38), which a receiver that does not know it must not skip.
    public let isCritical: Bool
    /// Vendor and type; nil when the extension is malformed: too short to hold both, or with a vendor that has more than three
    /// octets.
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
        // In 134 two reserved octets precede the vendor; in 38 the reserved octet is part of the header.
        let offset = located.data.lowerBound + (isCritical ? 0 : 2)
        if offset + 6 <= located.end, datagram.uint32(at: offset) <= VendorSpecific.lastVendor {
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

extension [LocatedVendorExtension] {
    /// The first critical one of another kind than these, which must not be skipped (RFC 3115 §3); nil without any.
    public func firstCritical(notIn known: Set<VendorExtensionKind>) -> LocatedVendorExtension? {
        first { $0.isCritical && !$0.isKnown(known) }
    }
}
