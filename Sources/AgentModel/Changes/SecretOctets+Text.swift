import MobileIPv4

extension SecretOctets {
    /// Two hexadecimal digits for each byte, for the way to the agent and for its own state file; nowhere else.
    package var hexadecimal: String { withOctets { Hexadecimal.text($0) } }

    /// Reads what `hexadecimal` prints, in either case; nil for anything else.
    package init?(hexadecimal text: String) {
        guard let octets = Hexadecimal.octets(text) else { return nil }
        self.init(octets)
    }
}
