package import AgentModel
public import MobileIPv4

/// The value of an instance in its SNMP base type.
public enum MIBValue: Hashable, Sendable {
    case integer(Int32)
    case unsigned(UInt32)
    case gauge(UInt32)
    case counter(UInt32)
    case counter64(UInt64)
    /// Hundredths of a second.
    case timeTicks(UInt32)
    case ipAddress(IPv4Address)
    case octets([UInt8])

    /// Counter32 of a 64-bit count: its low 32 bits.
    static func counter(low counter: UInt64) -> MIBValue { .counter(UInt32(truncatingIfNeeded: counter)) }

    /// Gauge32 and Unsigned32 stop at their maximum instead of wrapping.
    static func gauge(clamping value: some BinaryInteger) -> MIBValue { .gauge(UInt32(clamping: value)) }

    static func truth(_ value: Bool) -> MIBValue { .integer(value ? 1 : 2) }

    /// An unsigned quantity in an Integer32 column: the same 32 bits (the identifications of RFC 2006).
    static func integer(bits value: UInt32) -> MIBValue { .integer(Int32(bitPattern: value)) }

    /// A one-octet string. Each is created only once, because flags are in every row of a table.
    static func octet(_ octet: UInt8) -> MIBValue { .octets(singleOctets[Int(octet)]) }

    private static let singleOctets = (UInt8.min...UInt8.max).map { [$0] }

    /// Text of at most 255 octets, truncated before the character that does not fit.
    package static func text(_ text: String) -> MIBValue {
        guard text.utf8.count > 255 else { return .octets(Array(text.utf8)) }
        var octets = Array(text.utf8.prefix(256))
        // Go back to the first octet of the truncated character.
        while let last = octets.popLast(), last & 0xC0 == 0x80 {}
        return .octets(octets)
    }

    /// Addresses in dotted decimal notation, separated by spaces: at most 16, which fit.
    package static func addresses(_ addresses: [IPv4Address]) -> MIBValue {
        .text(addresses.map(\.description).joined(separator: " "))
    }

    /// A full network access identifier; empty if there is none.
    package static func nai(_ nai: NetworkAccessIdentifier?) -> MIBValue { .octets(nai.map { Array($0.octets) } ?? []) }

    /// The normal form of the name of a service; empty if there is none.
    static func service(_ service: ServiceIdentifier?) -> MIBValue { .text(service?.value ?? "") }

    /// DateAndTime (RFC 2579) in UTC; eight octets of zero for never.
    package static func dateAndTime(_ time: Timestamp?) -> MIBValue {
        guard let time else { return .octets(Array(repeating: 0, count: 8)) }
        let date = time.civil
        return .octets([
            UInt8(truncatingIfNeeded: date.year >> 8), UInt8(truncatingIfNeeded: date.year), date.month, date.day, date.hour,
            date.minute,
            date.second, date.tenths, UInt8(ascii: "+"), 0, 0,
        ])
    }
}
