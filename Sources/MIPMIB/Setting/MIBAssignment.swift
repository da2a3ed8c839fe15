/// One varbind of a SetRequest: an instance and its new value.
public struct MIBAssignment: Sendable {
    /// What a manager sent as the value.
    public enum Content: Hashable, Sendable {
        /// A value of a type that the modules use. Gauge32 and Unsigned32 are the same type on the wire; either case represents both.
        case value(MIBValue)
        /// A value of the right type with a wrong encoding, such as an integer of more than 32 bits.
        case malformed
        /// A value of a type that no object of the modules has, such as an object identifier.
        case foreign
    }

    /// OID of the instance.
    public let oid: [UInt]
    /// What was sent as its value.
    public let content: Content

    public init(oid: [UInt], content: Content) {
        self.oid = oid
        self.content = content
    }

    /// Assigns a value.
    public init(_ oid: [UInt], _ value: MIBValue) { self.init(oid: oid, content: .value(value)) }
}

/// An SNMP error status in the response to a SetRequest. The raw value is its number (RFC 3416 §3).
public enum MIBSetStatus: Int32, Hashable, Sendable, CaseIterable {
    case generalError = 5
    case noAccess = 6
    case wrongType = 7
    case wrongLength = 8
    case wrongEncoding = 9
    case wrongValue = 10
    case noCreation = 11
    case inconsistentValue = 12
    case resourceUnavailable = 13
    case commitFailed = 14
    case undoFailed = 15
    case notWritable = 17
    case inconsistentName = 18
}

/// Why a set of assignments cannot be carried out.
public struct MIBSetError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The position of the assignment at fault, counted from 0.
    public let position: Int
    /// The error status for a manager.
    public let status: MIBSetStatus
    /// What is wrong and what is expected, in one sentence; for the log, since SNMP carries no text. Never a key.
    public let reason: String

    public init(position: Int, status: MIBSetStatus, reason: String) {
        self.position = position
        self.status = status
        self.reason = reason
    }

    public var description: String { "varbind \(position + 1): \(status): \(reason)" }
}
