/// How datagrams are carried through a tunnel (`mipEncapsulationSupported`).
public enum Encapsulation: String, Hashable, Sendable, CaseIterable, Codable {
    /// IP in IP, protocol 4 (RFC 2003).
    case ipInIp
    /// Generic routing encapsulation, protocol 47 (RFC 2784).
    case gre
    /// Minimal encapsulation, protocol 55 (RFC 2004).
    case minEnc
}

extension Encapsulation: Comparable {
    /// MipEncapsulation of MIPV4-EXT-MIB: ipInIp(1), gre(2), minEnc(3).
    public var number: Int32 {
        switch self {
        case .ipInIp: 1
        case .gre: 2
        case .minEnc: 3
        }
    }

    /// Ordered by number, as in an index.
    public static func < (a: Self, b: Self) -> Bool { a.number < b.number }
}
