public import MobileIPv4

/// The value of an instance in its SNMP base type.
public enum MIBValue: Hashable, Sendable {
    case integer(Int32)
    case unsigned(UInt32)
    case gauge(UInt32)
    case counter(UInt32)
    /// Hundredths of a second.
    case timeTicks(UInt32)
    case ipAddress(IPv4Address)
    case octets([UInt8])

    /// Counter32 of a 64-bit count: its low 32 bits.
    static func counter(low counter: UInt64) -> MIBValue { .counter(UInt32(truncatingIfNeeded: counter)) }

    /// Gauge32 and Unsigned32 stop at their end instead of wrapping.
    static func gauge(clamping value: some BinaryInteger) -> MIBValue { .gauge(UInt32(clamping: value)) }

    static func truth(_ value: Bool) -> MIBValue { .integer(value ? 1 : 2) }

    /// An unsigned quantity in an Integer32 column: the same 32 bits (the identifications of RFC 2006).
    static func integer(bits value: UInt32) -> MIBValue { .integer(Int32(bitPattern: value)) }
}
