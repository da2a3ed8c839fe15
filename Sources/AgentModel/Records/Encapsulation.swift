/// How datagrams are carried through a tunnel (`mipEncapsulationSupported`).
public enum Encapsulation: String, Hashable, Sendable, CaseIterable, Codable {
    /// IP in IP, protocol 4 (RFC 2003).
    case ipInIp
    /// Generic routing encapsulation, protocol 47 (RFC 2784).
    case gre
    /// Minimal encapsulation, protocol 55 (RFC 2004).
    case minEnc
}
