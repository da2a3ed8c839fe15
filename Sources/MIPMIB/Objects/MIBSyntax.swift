/// The SMI syntax of an object, with what its MIB module says of the values.
public enum MIBSyntax: Hashable, Sendable {
    /// Integer32, with its range where the module narrows it.
    case integer32(ClosedRange<Int32>?)
    /// INTEGER with named values.
    case enumeration([NamedNumber])
    /// BITS; bit 0 is the most significant of the first octet (RFC 2578 §7.1.4).
    case bits([NamedNumber])
    case unsigned32
    case gauge32
    case counter32
    /// SNMPv2-TC TimeStamp: sysUpTime when something happened.
    case timeStamp
    case ipAddress
    /// OCTET STRING with the sizes allowed.
    case octetString(ClosedRange<Int>)
    /// SNMPv2-TC TruthValue: true(1), false(2).
    case truthValue
    /// SNMPv2-TC RowStatus.
    case rowStatus

    /// A label of an enumeration or of a bit.
    public struct NamedNumber: Hashable, Sendable {
        /// The name of the number in the MIB module.
        public let label: String
        /// The number on the wire.
        public let number: Int

        public init(_ label: String, _ number: Int) {
            self.label = label
            self.number = number
        }
    }
}

/// MAX-ACCESS of an object (RFC 2578 §7.3).
public enum MIBAccess: String, Hashable, Sendable {
    case notAccessible = "not-accessible"
    case readOnly = "read-only"
    case readWrite = "read-write"
    case readCreate = "read-create"
}
