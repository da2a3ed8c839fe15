/// The case of ASCII letters. Domain names, and hence realms, are compared without regard to it; other letters of a realm are
/// compared as they are, since their case depends on a language (RFC 7542 §3).
package enum ASCIICase {
    package static func isCapital(_ octet: UInt8) -> Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(octet) }

    /// The small letter of a capital; any other octet as it is.
    package static func small(_ octet: UInt8) -> UInt8 { isCapital(octet) ? octet | 0x20 : octet }
}
