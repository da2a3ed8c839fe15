/// What an agent must know of a message's extensions before it decides anything, gathered in one pass.
///
/// Kept are those that the receiving role understands, in their order; of the others only the number is. Apart from the NAI nothing is
/// copied out of the datagram: a place is looked up with `first`, its contents are read with `read`.
public struct ExtensionScan: Sendable {
    /// The most extensions a message may have that are understood. A registration has hardly ten.
    public static let capacity = 32

    private var found = InlineArray<32, LocatedExtension>(repeating: LocatedExtension())
    /// How many extensions are understood, and kept.
    public private(set) var count = 0
    /// Extensions of types 128…255 that are not understood, which were passed over.
    public private(set) var skipped = 0

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
    /// The mobile node's NAI: the first extension 131.
    public private(set) var nai: NetworkAccessIdentifier?

    /// Reads all extensions from `offset` to the end of the datagram.
    ///
    /// Throws `unknownCriticalExtension` at the first of types 0…127 that `understanding` does not cover, `extensionOverrun` where the
    /// datagram ends too early, `tooManyExtensions` for more than `capacity`, and `malformedExtension` for an authentication extension
    /// without SPI or an invalid NAI.
    public init(
        _ datagram: RawSpan, from offset: Int, understanding: borrowing ExtensionUnderstanding
    ) throws(MessageError) {
        var cursor = ExtensionCursor(offset: offset)
        while let type = cursor.nextType(in: datagram) {
            // Whether the rest could be read does not matter then.
            if !type.isSkippable && !understanding.covers(type) {
                throw .unknownCriticalExtension(type: type.rawValue, offset: cursor.offset)
            }
            guard let located = try cursor.next(in: datagram) else { return }
            guard understanding.covers(located) else {
                if !type.isSkippable { throw .unknownCriticalExtension(type: type.rawValue, offset: located.start) }
                skipped += 1
                continue
            }
            guard count < Self.capacity else { throw .tooManyExtensions(limit: Self.capacity) }
            try note(located, in: datagram)
            found[count] = located
            count += 1
        }
    }

    private mutating func note(_ located: LocatedExtension, in datagram: RawSpan) throws(MessageError) {
        switch located.type {
        case .mobileHomeAuthentication:
            let authentication = try LocatedAuthentication(located, in: datagram)
            if mobileHome == nil { mobileHome = authentication }
            authorizationEnablingEnd = located.end
        case .generalizedAuthentication:
            let authentication = try LocatedAuthentication(located, in: datagram)
            guard located.subtype == GeneralizedAuthenticationSubtype.mobileAAA.rawValue else { break }
            if mobileAAA == nil { mobileAAA = authentication }
            authorizationEnablingEnd = located.end
        case .mobileForeignAuthentication:
            let authentication = try LocatedAuthentication(located, in: datagram)
            if anyMobileForeign == nil { anyMobileForeign = authentication }
            if mobileForeign == nil && authorizationEnablingEnd != nil { mobileForeign = authentication }
        case .foreignHomeAuthentication:
            let authentication = try LocatedAuthentication(located, in: datagram)
            if foreignHome == nil { foreignHome = authentication }
        case .mobileNodeNAI:
            let identifier = try MobileNodeNAI(located, in: datagram).nai
            if nai == nil { nai = identifier }
        default: break
        }
    }

    /// The extension at this place in the order of the message, 0 to `count - 1`.
    public subscript(index: Int) -> LocatedExtension { found[index] }

    /// The first extension of a type, with this Sub-Type where one is named.
    public func first(_ type: ExtensionType, subtype: UInt8? = nil) -> LocatedExtension? {
        for index in 0..<count where found[index].type == type && (subtype == nil || found[index].subtype == subtype) {
            return found[index]
        }
        return nil
    }

    /// How often a type occurs, with this Sub-Type where one is named. Most may occur once.
    public func count(of type: ExtensionType, subtype: UInt8? = nil) -> Int {
        var number = 0
        for index in 0..<count where found[index].type == type && (subtype == nil || found[index].subtype == subtype) {
            number += 1
        }
        return number
    }

    /// How many MN-AAA authentications there are; more than one is poorly formed.
    public var mobileAAACount: Int {
        count(of: .generalizedAuthentication, subtype: GeneralizedAuthenticationSubtype.mobileAAA.rawValue)
    }

    /// Reads the first extension of a type; nil when there is none. Throws `malformedExtension` when it is not laid out as it must be.
    ///
    /// - Parameter datagram: the one that this scan was made of.
    public func read<Extension: MobileIPExtension>(
        _: Extension.Type, in datagram: RawSpan
    ) throws(MessageError) -> Extension? {
        guard let located = first(Extension.type) else { return nil }
        return try Extension(located, in: datagram)
    }

    /// Every vendor extension (38 and 134) in order.
    ///
    /// - Parameter datagram: the one that this scan was made of.
    public func vendorExtensions(in datagram: RawSpan) -> [LocatedVendorExtension] {
        var vendors: [LocatedVendorExtension] = []
        for index in 0..<count {
            if let vendor = LocatedVendorExtension(found[index], in: datagram) { vendors.append(vendor) }
        }
        return vendors
    }
}
