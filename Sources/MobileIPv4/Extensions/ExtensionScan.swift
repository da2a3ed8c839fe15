/// What an agent must know of a message's extensions before it decides anything, gathered in one pass.
///
/// Only the NAI is copied out; everything else stays in the datagram and is found by its offsets. Of extensions that may occur
/// once the first is kept.
public struct ExtensionScan: Sendable {
    /// The first Mobile-Home authentication extension (32).
    public private(set) var mobileHome: LocatedAuthentication?
    /// The first Mobile-Foreign authentication extension (33) behind an authorization-enabling extension.
    public private(set) var mobileForeign: LocatedAuthentication?
    /// The first Mobile-Foreign authentication extension wherever it stands: a foreign agent's own denial has nothing before it.
    public private(set) var anyMobileForeign: LocatedAuthentication?
    /// The first Foreign-Home authentication extension (34).
    public private(set) var foreignHome: LocatedAuthentication?
    /// The first MN-AAA authentication extension (36, Sub-Type 1).
    public private(set) var mobileAAA: LocatedAuthentication?
    /// End of the last authorization-enabling extension (MHAE or MN-AAA): what lies before is the mobile node's and is passed on
    /// unchanged (RFC 5944 §3.7.2.2).
    public private(set) var authorizationEnablingEnd: Int?

    /// How often each occurred, wherever it stood. More than one is poorly formed.
    public private(set) var mobileHomeCount = 0
    /// How many Mobile-Foreign authentications there are; more than one is poorly formed.
    public private(set) var mobileForeignCount = 0
    /// How many Foreign-Home authentications there are.
    public private(set) var foreignHomeCount = 0
    /// How many MN-AAA authentications there are.
    public private(set) var mobileAAACount = 0

    /// How many MN-FA challenges (132) there are. More than one is poorly formed.
    public private(set) var challengeCount = 0
    /// How many vendor extensions (38 and 134) there are.
    public private(set) var vendorSpecificCount = 0

    /// The mobile node's NAI (131).
    public private(set) var nai: NetworkAccessIdentifier?
    /// Unknown extensions of types 128…255, which were passed over.
    public private(set) var skippedUnknown = 0
    /// All extensions, known or not, padding left out.
    public private(set) var count = 0

    /// MN-FA challenge (132).
    public private(set) var challenge: LocatedExtension?
    /// Encapsulating delivery style (130).
    public private(set) var encapsulatingDeliveryStyle: LocatedExtension?
    /// The first critical vendor-specific extension (38).
    public private(set) var criticalVendorSpecific: LocatedExtension?
    /// The first normal vendor-specific extension (134).
    public private(set) var normalVendorSpecific: LocatedExtension?
    /// UDP tunnel request (144).
    public private(set) var udpTunnelRequest: LocatedExtension?
    /// UDP tunnel reply (44).
    public private(set) var udpTunnelReply: LocatedExtension?
    /// GRE key (48).
    public private(set) var greKey: LocatedExtension?
    /// Foreign agent error (45).
    public private(set) var foreignAgentError: LocatedExtension?
    /// Revocation support (137).
    public private(set) var revocationSupport: LocatedExtension?
    /// Dynamic home agent (139).
    public private(set) var dynamicHomeAgent: LocatedExtension?

    /// Reads all extensions from `offset` to the end of the datagram.
    ///
    /// Throws `unknownCriticalExtension` at the first unknown type of 0…127, `extensionOverrun` where the datagram ends too early,
    /// and `malformedExtension` for an authentication extension without SPI or an NAI that is none.
    public init(_ datagram: RawSpan, from offset: Int) throws(MessageError) {
        var cursor = ExtensionCursor(offset: offset)
        while let type = cursor.nextType(in: datagram) {
            if !type.isKnown && !type.isSkippable {
                throw .unknownCriticalExtension(type: type.rawValue, offset: cursor.offset)
            }
            guard let located = try cursor.next(in: datagram) else { return }
            count += 1
            if type.isKnown { try note(located, in: datagram) } else { skippedUnknown += 1 }
        }
    }

    private mutating func note(_ located: LocatedExtension, in datagram: RawSpan) throws(MessageError) {
        switch located.type {
        case .mobileHomeAuthentication:
            let authentication = try LocatedAuthentication(located, in: datagram)
            mobileHomeCount += 1
            if mobileHome == nil { mobileHome = authentication }
            authorizationEnablingEnd = located.end
        case .generalizedAuthentication:
            let authentication = try LocatedAuthentication(located, in: datagram)
            guard located.subtype == GeneralizedAuthenticationSubtype.mobileAAA.rawValue else { break }
            mobileAAACount += 1
            if mobileAAA == nil { mobileAAA = authentication }
            authorizationEnablingEnd = located.end
        case .mobileForeignAuthentication:
            let authentication = try LocatedAuthentication(located, in: datagram)
            mobileForeignCount += 1
            if anyMobileForeign == nil { anyMobileForeign = authentication }
            if mobileForeign == nil && authorizationEnablingEnd != nil { mobileForeign = authentication }
        case .foreignHomeAuthentication:
            let authentication = try LocatedAuthentication(located, in: datagram)
            foreignHomeCount += 1
            if foreignHome == nil { foreignHome = authentication }
        case .mobileNodeNAI:
            let text = datagram.withUnsafeBytes { NetworkAccessIdentifier(octets: $0[located.data]) }
            guard let text else { throw .malformedExtension(type: located.type.rawValue, offset: located.start) }
            if nai == nil { nai = text }
        case .challenge:
            challengeCount += 1
            Self.keep(located, in: &challenge)
        case .encapsulatingDeliveryStyle: Self.keep(located, in: &encapsulatingDeliveryStyle)
        case .criticalVendorSpecific:
            vendorSpecificCount += 1
            Self.keep(located, in: &criticalVendorSpecific)
        case .normalVendorSpecific:
            vendorSpecificCount += 1
            Self.keep(located, in: &normalVendorSpecific)
        case .udpTunnelRequest: Self.keep(located, in: &udpTunnelRequest)
        case .udpTunnelReply: Self.keep(located, in: &udpTunnelReply)
        case .greKey: Self.keep(located, in: &greKey)
        case .foreignAgentError: Self.keep(located, in: &foreignAgentError)
        case .revocationSupport: Self.keep(located, in: &revocationSupport)
        case .dynamicHomeAgent: Self.keep(located, in: &dynamicHomeAgent)
        default: break
        }
    }

    private static func keep(_ located: LocatedExtension, in field: inout LocatedExtension?) {
        if field == nil { field = located }
    }
}
