public import MobileIPv4

extension RegistrationFlags {
    /// The encapsulation these flags request: GRE takes precedence over minimal; IP in IP if neither is set (RFC 5944 §3.3).
    public var encapsulation: Encapsulation { contains(.gre) ? .gre : contains(.minEnc) ? .minEnc : .ipInIp }
}
