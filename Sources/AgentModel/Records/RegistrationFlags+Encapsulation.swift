public import MobileIPv4

extension RegistrationFlags {
    /// The encapsulation that these flags ask for: GRE before minimal, IP in IP without either (RFC 5944 §3.3).
    public var encapsulation: Encapsulation { contains(.gre) ? .gre : contains(.minEnc) ? .minEnc : .ipInIp }
}
