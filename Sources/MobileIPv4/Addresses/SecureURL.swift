extension String {
    /// Whether it is an `https` URL with a host, and without a user name or characters that a URL must not have (RFC 3986 §2).
    ///
    /// It arrives from the network and is shown to people: it contains only visible ASCII characters.
    package var isSecureURL: Bool {
        let scheme = "https://"
        guard prefix(scheme.count).lowercased() == scheme else { return false }
        let excluded = "\"<>\\^`{|}".utf8
        let rest = utf8.dropFirst(scheme.utf8.count)
        guard rest.allSatisfy({ (0x21...0x7E).contains($0) && !excluded.contains($0) }) else { return false }
        let authority = rest.prefix { !"/?#".utf8.contains($0) }
        return authority.first?.isLetterOrDigit == true && !authority.contains(UInt8(ascii: "@"))
    }
}

extension UInt8 {
    /// Whether it is an ASCII letter or digit.
    fileprivate var isLetterOrDigit: Bool {
        (0x30...0x39).contains(self) || (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self)
    }
}
