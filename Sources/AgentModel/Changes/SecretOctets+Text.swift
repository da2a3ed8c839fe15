import MobileIPv4

extension SecretOctets {
    /// Two hexadecimal digits per byte. Used only to send the key to the agent and to write the agent's own state file.
    package var hexadecimal: String { withOctets { Hexadecimal.text($0) } }

    /// Reads what `hexadecimal` prints, in either case; nil for anything else.
    package init?(hexadecimal text: String) {
        guard let octets = Hexadecimal.octets(text) else { return nil }
        self.init(octets)
    }
}
