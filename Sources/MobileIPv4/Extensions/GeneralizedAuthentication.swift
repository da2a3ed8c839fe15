extension ExtensionType {
    /// Generalized authentication; the Sub-Type names the pair of entities (36, RFC 4721 §5).
    public static let generalizedAuthentication = ExtensionType(rawValue: 36)
}

/// An authenticator whose Sub-Type names the two entities that share the key (36, RFC 4721 §5).
public struct GeneralizedAuthentication: MobileIPExtension {
    public static let type = ExtensionType.generalizedAuthentication
    public static let name = "Generalized Authentication"
    public static let form = ExtensionForm.long
    public static let subtypes: [UInt8]? = [
        GeneralizedAuthenticationSubtype.mobileAAA, .foreignForeign, .mobileGatewayForeign, .mobilePreviousAccessRouter,
    ].map(\.rawValue)

    /// The two entities that share the key.
    public var owner: GeneralizedAuthenticationSubtype
    /// SPI and authenticator.
    public var data: AuthenticationData

    public init(_ owner: GeneralizedAuthenticationSubtype, _ data: AuthenticationData) {
        self.owner = owner
        self.data = data
    }

    public var subtype: UInt8 { owner.rawValue }

    public init(_ fields: inout ExtensionFields, in datagram: RawSpan) throws(MessageError) {
        owner = GeneralizedAuthenticationSubtype(rawValue: try fields.requiredSubtype())
        data = try AuthenticationData(&fields, in: datagram)
    }

    public func appendData(to octets: inout [UInt8]) { data.append(to: &octets) }
}
