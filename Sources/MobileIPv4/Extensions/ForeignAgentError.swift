extension ExtensionType {
    /// Foreign agent error (45, RFC 4636).
    public static let foreignAgentError = ExtensionType(rawValue: 45)
}

/// Why a foreign agent could not process a reply that it forwarded (45, RFC 4636).
public struct ForeignAgentError: FittingExtension {
    public static let type = ExtensionType.foreignAgentError
    public static let name = "FA Error"
    public static let form = ExtensionForm.shortWithSubtype
    public static let subtypes: [UInt8]? = [0]

    /// The statuses that a foreign agent reports in this way: those of RFC 4636 §3, and those whose own RFC allows it (107, RFC 3957; 109, RFC 4721).
    public static let statuses: Set<ReplyCode> = [
        .faReasonUnspecified, .faAdministrativelyProhibited, .faInsufficientResources, .faHomeAgentFailedAuthentication,
        .faPoorlyFormedReply, .faInvalidCareOfAddress, .faRegistrationTimeout, .faMissingMobileForeignKey,
        .faHomeAgentWrongChallenge,
    ]

    /// A code from the foreign agent's range.
    public var status: ReplyCode

    public init(_ status: ReplyCode) { self.status = status }

    public init(_ fields: inout ExtensionFields, in datagram: RawSpan) throws(MessageError) {
        try fields.expect(subtype: 0)
        status = ReplyCode(rawValue: try fields.octet(in: datagram))
    }

    public func appendData(to octets: inout [UInt8]) { octets.append(status.rawValue) }
}
