import MobileIPv4

/// An Ethernet address of six octets.
package struct LinkLayerAddress: Hashable, Sendable {
    /// The octets in order, most significant first; the upper 16 bits are 0.
    package let rawValue: UInt64

    package static let octetCount = 6
    package static let broadcast = LinkLayerAddress(0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF)
    package static let zero = LinkLayerAddress(0, 0, 0, 0, 0, 0)

    package init(_ a: UInt8, _ b: UInt8, _ c: UInt8, _ d: UInt8, _ e: UInt8, _ f: UInt8) {
        rawValue =
            UInt64(a) << 40 | UInt64(b) << 32 | UInt64(c) << 24 | UInt64(d) << 16 | UInt64(e) << 8 | UInt64(f)
    }

    /// Nil unless there are exactly six octets.
    package init?(_ octets: some Collection<UInt8>) {
        guard octets.count == Self.octetCount else { return nil }
        rawValue = octets.reduce(0) { $0 << 8 | UInt64($1) }
    }

    package var octets: [UInt8] { (0..<6).map { UInt8(truncatingIfNeeded: rawValue >> UInt64(40 - 8 * $0)) } }

    /// True for the address of one station.
    package var isUnicast: Bool { rawValue >> 40 & 1 == 0 && rawValue != 0 }
}

extension LinkLayerAddress: LosslessStringConvertible, CustomStringConvertible {
    /// Reads six pairs of hexadecimal digits with colons between them.
    package init?(_ description: String) {
        let parts = description.split(separator: ":", omittingEmptySubsequences: false)
        let octets = parts.compactMap { $0.utf8.count == 2 ? Hexadecimal.octets($0)?.first : nil }
        guard parts.count == Self.octetCount, octets.count == Self.octetCount else { return nil }
        self.init(octets)
    }

    package var description: String {
        octets.map { Hexadecimal.text(CollectionOfOne($0)) }.joined(separator: ":")
    }
}
