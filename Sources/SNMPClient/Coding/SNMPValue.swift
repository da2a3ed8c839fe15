/// The value of a variable binding in its SNMP base type (RFC 3416 §2), or the reason why there is none.
public enum SNMPValue: Hashable, Sendable {
    case integer(Int32)
    case octets([UInt8])
    case objectIdentifier([UInt32])
    /// Four octets in network byte order.
    case ipAddress([UInt8])
    case counter32(UInt32)
    /// Gauge32 and Unsigned32 are the same type on the wire.
    case gauge32(UInt32)
    /// Hundredths of a second.
    case timeTicks(UInt32)
    case opaque([UInt8])
    case counter64(UInt64)
    /// The placeholder for a value in a request.
    case null
    case noSuchObject
    case noSuchInstance
    case endOfMibView

    /// Whether there is a value at all.
    public var isValue: Bool {
        switch self {
        case .null, .noSuchObject, .noSuchInstance, .endOfMibView: false
        default: true
        }
    }
}

/// A name with its value.
public struct VariableBinding: Hashable, Sendable {
    /// Sub-identifiers of the instance.
    public var name: [UInt32]
    /// The value, `.null` in a request.
    public var value: SNMPValue

    public init(_ name: [UInt32], _ value: SNMPValue = .null) {
        self.name = name
        self.value = value
    }
}
