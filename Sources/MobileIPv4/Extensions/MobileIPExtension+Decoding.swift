extension MobileIPExtension {
    /// Reads the extension that a cursor found in `datagram`. Throws `malformedExtension` when the data is not laid out as the RFC of
    /// its type has it.
    public init(_ located: LocatedExtension, in datagram: RawSpan) throws(MessageError) {
        var fields = try FieldCursor(located, in: datagram)
        let subtype = located.subtype ?? 0
        switch located.type {
        case .mobileHomeAuthentication: self = .mobileHomeAuthentication(try .init(&fields, in: datagram))
        case .mobileForeignAuthentication: self = .mobileForeignAuthentication(try .init(&fields, in: datagram))
        case .foreignHomeAuthentication: self = .foreignHomeAuthentication(try .init(&fields, in: datagram))
        case .generalizedAuthentication:
            self = .generalizedAuthentication(.init(rawValue: subtype), try .init(&fields, in: datagram))
        case .criticalVendorSpecific: self = .criticalVendorSpecific(try .init(&fields, in: datagram))
        case .normalVendorSpecific:
            try fields.skip(2)
            self = .normalVendorSpecific(try .init(&fields, in: datagram))
        case .mobileForeignKeyRequest: self = .mobileForeignKeyRequest(try .init(subtype, &fields, in: datagram))
        case .mobileForeignKeyReply: self = .mobileForeignKeyReply(try .init(subtype, &fields, in: datagram))
        case .mobileHomeKeyRequest: self = .mobileHomeKeyRequest(try .init(subtype, &fields, in: datagram))
        case .mobileHomeKeyReply: self = .mobileHomeKeyReply(try .init(subtype, &fields, in: datagram))
        case .udpTunnelRequest: self = .udpTunnelRequest(try .init(&fields, in: datagram))
        case .udpTunnelReply: self = .udpTunnelReply(try .init(&fields, in: datagram))
        case .foreignAgentError:
            guard try fields.octet(in: datagram) == 0 else { throw fields.malformed }
            self = .foreignAgentError(ReplyCode(rawValue: try fields.octet(in: datagram)))
        case .gatewayForeignAgent: self = .gatewayForeignAgent(try fields.address(in: datagram))
        case .proxyNonSkippable:
            self = .proxyNonSkippable(SubtypedParameter(subtype: subtype, value: try fields.rest(in: datagram)))
        case .greKey:
            guard subtype == 0 else { throw fields.malformed }
            self = .greKey(try fields.uint32(in: datagram))
        case .encapsulatingDeliveryStyle: self = .encapsulatingDeliveryStyle
        case .mobileNodeNAI: self = .mobileNodeNAI(try fields.networkAccessIdentifier(in: datagram))
        case .challenge: self = .challenge(try fields.rest(in: datagram, atLeast: Self.minimumChallengeLength))
        case .naiCarrying:
            let owner = NAICarrying.Owner(rawValue: try fields.octet(in: datagram))
            self = .naiCarrying(NAICarrying(owner: owner, nai: try fields.networkAccessIdentifier(in: datagram)))
        case .revocationSupport: self = .revocationSupport(try .init(&fields, in: datagram))
        case .dynamicHomeAgent: self = .dynamicHomeAgent(try .init(located, &fields, in: datagram))
        case .hierarchicalForeignAgent: self = .hierarchicalForeignAgent(try fields.address(in: datagram))
        case .replayProtectionStyle: self = .replayProtectionStyle(try .init(&fields, in: datagram))
        case .regionalLifetime:
            try fields.skip(2)
            self = .regionalLifetime(try fields.uint32(in: datagram))
        case .messageString:
            let author = MessageString.Author(rawValue: try fields.octet(in: datagram))
            self = .messageString(MessageString(author: author, text: try fields.text(in: datagram)))
        case .proxySkippable: self = .proxySkippable(try .init(&fields, in: datagram))
        case .mobileNetwork: self = .mobileNetwork(try .init(&fields, in: datagram))
        case .dualStack: self = .dualStack(try .init(&fields, in: datagram))
        default: self = .unknown(located.type, try fields.rest(in: datagram))
        }
        try fields.finish()
    }

    /// Reads every extension from `offset` to the end of the datagram; padding leaves no value.
    public static func decodeAll(in datagram: RawSpan, from offset: Int) throws(MessageError) -> [MobileIPExtension] {
        var cursor = ExtensionCursor(offset: offset)
        var values: [MobileIPExtension] = []
        while let located = try cursor.next(in: datagram) { values.append(try MobileIPExtension(located, in: datagram)) }
        return values
    }
}

extension AuthenticationData {
    fileprivate init(_ fields: inout FieldCursor, in datagram: RawSpan) throws(MessageError) {
        spi = SecurityParameterIndex(rawValue: try fields.uint32(in: datagram))
        authenticator = try fields.rest(in: datagram)
    }
}

extension VendorSpecific {
    fileprivate init(_ fields: inout FieldCursor, in datagram: RawSpan) throws(MessageError) {
        vendor = try fields.uint32(in: datagram)
        vendorType = try fields.uint16(in: datagram)
        value = try fields.rest(in: datagram)
    }
}

extension KeyGenerationRequest {
    fileprivate init(_ subtype: UInt8, _ fields: inout FieldCursor, in datagram: RawSpan) throws(MessageError) {
        self.subtype = subtype
        mobileNodeSPI = SecurityParameterIndex(rawValue: try fields.uint32(in: datagram))
    }
}

extension KeyGenerationReply {
    fileprivate init(_ subtype: UInt8, _ fields: inout FieldCursor, in datagram: RawSpan) throws(MessageError) {
        self.subtype = subtype
        lifetime = try fields.uint32(in: datagram)
        aaaSPI = SecurityParameterIndex(rawValue: try fields.uint32(in: datagram))
        agentSPI = SecurityParameterIndex(rawValue: try fields.uint32(in: datagram))
        algorithm = try fields.uint16(in: datagram)
        replayMethod = try fields.uint16(in: datagram)
        nonce = try fields.rest(in: datagram, atLeast: Self.minimumNonceLength)
    }
}

extension UDPTunnelRequest {
    fileprivate init(_ fields: inout FieldCursor, in datagram: RawSpan) throws(MessageError) {
        guard try fields.octet(in: datagram) == 0 else { throw fields.malformed }
        try fields.skip(1)
        flags = Flags(rawValue: try fields.octet(in: datagram))
        encapsulation = try fields.octet(in: datagram)
        reserved = try fields.uint16(in: datagram)
    }
}

extension UDPTunnelReply {
    fileprivate init(_ fields: inout FieldCursor, in datagram: RawSpan) throws(MessageError) {
        guard try fields.octet(in: datagram) == 0 else { throw fields.malformed }
        code = try fields.octet(in: datagram)
        isForced = try fields.uint16(in: datagram) & 0x8000 != 0
        keepaliveInterval = try fields.uint16(in: datagram)
    }
}

extension RevocationSupport {
    fileprivate init(_ fields: inout FieldCursor, in datagram: RawSpan) throws(MessageError) {
        informsMobileNode = try fields.uint16(in: datagram) & 0x8000 != 0
        timestamp = try fields.uint32(in: datagram)
    }
}

extension DynamicHomeAgent {
    fileprivate init(_ located: LocatedExtension, _ fields: inout FieldCursor, in datagram: RawSpan) throws(MessageError) {
        guard let subtype = located.subtype, let purpose = Purpose(rawValue: subtype) else { throw fields.malformed }
        self.purpose = purpose
        // The long form's header has four octets; the short form's Sub-Type is its third.
        isShortForm = located.data.lowerBound - located.start == 3
        address = try fields.address(in: datagram)
    }
}

extension ReplayProtectionStyle {
    fileprivate init(_ fields: inout FieldCursor, in datagram: RawSpan) throws(MessageError) {
        style = try fields.uint16(in: datagram)
        initialIdentification = fields.remaining == 0 ? nil : Identification(rawValue: try fields.uint64(in: datagram))
    }
}

extension MobileNetwork {
    fileprivate init(_ fields: inout FieldCursor, in datagram: RawSpan) throws(MessageError) {
        switch try fields.octet(in: datagram) {
        case 0:
            kind = .request
            prefixLength = try fields.octet(in: datagram)
        case let acknowledgment where acknowledgment <= 2:
            let code = try fields.octet(in: datagram)
            kind = acknowledgment == 1 ? .explicitAcknowledgment(code: code) : .implicitAcknowledgment(code: code)
            prefixLength = try fields.octet(in: datagram)
            try fields.skip(1)
        default: throw fields.malformed
        }
        prefix = try fields.address(in: datagram)
    }
}

extension SubtypedParameter {
    fileprivate init(_ fields: inout FieldCursor, in datagram: RawSpan) throws(MessageError) {
        subtype = try fields.octet(in: datagram)
        value = try fields.rest(in: datagram)
    }
}
