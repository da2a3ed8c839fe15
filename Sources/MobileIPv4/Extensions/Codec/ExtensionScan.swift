/// What an agent must know about a message's extensions before it decides anything, collected in one pass.
///
/// Extensions that the receiving role understands are kept, in message order; the others are only counted. Except for the NAI, nothing is
/// copied out of the datagram: `first` finds where an extension is, `read` decodes its contents.
public struct ExtensionScan: Sendable {
    /// The most understood extensions that a message may have. A registration has at most about ten.
    public static let capacity = 32

    private var found = InlineArray<32, LocatedExtension>(repeating: LocatedExtension())
    /// How many extensions are understood, and therefore kept.
    public private(set) var count = 0
    /// How many extensions of types 128…255 were skipped because they are not understood.
    public private(set) var skipped = 0

    /// The first Mobile-Home authentication extension (32).
    public private(set) var mobileHome: LocatedAuthentication?
    /// The first Mobile-Foreign authentication extension (33) after an authorization-enabling extension.
    public private(set) var mobileForeign: LocatedAuthentication?
    /// The first Mobile-Foreign authentication extension at any position: in a foreign agent's own denial nothing precedes it.
    public private(set) var anyMobileForeign: LocatedAuthentication?
    /// The first Foreign-Home authentication extension (34).
    public private(set) var foreignHome: LocatedAuthentication?
    /// The first MN-AAA authentication extension (36, Sub-Type 1).
    public private(set) var mobileAAA: LocatedAuthentication?
    /// The end of the last authorization-enabling extension (MHAE or MN-AAA): what precedes it comes from the mobile node and is forwarded
    /// unchanged (RFC 5944 §3.7.2.2).
    public private(set) var authorizationEnablingEnd: Int?
    /// The mobile node's NAI: the first extension 131.
    public private(set) var nai: NetworkAccessIdentifier?

    /// Reads all extensions from `offset` to the end of the datagram.
    ///
    /// Throws `unknownCriticalExtension` at the first extension of types 0…127 that `understanding` does not cover, `extensionOverrun` when
    /// the datagram ends too early, `tooManyExtensions` for more than `capacity`, and `malformedExtension` for an authentication extension
    /// without an SPI or an invalid NAI.
    public init(
        _ datagram: RawSpan, from offset: Int, understanding: borrowing ExtensionUnderstanding
    ) throws(MessageError) {
        var cursor = ExtensionCursor(offset: offset)
        while let type = cursor.nextType(in: datagram) {
            // In this case it does not matter whether the rest can be read.
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

    /// The extension at this index in message order, 0 to `count - 1`.
    public subscript(index: Int) -> LocatedExtension { found[index] }

    /// The first extension of a type, with this Sub-Type if one is given.
    public func first(_ type: ExtensionType, subtype: UInt8? = nil) -> LocatedExtension? {
        for index in 0..<count where found[index].type == type && (subtype == nil || found[index].subtype == subtype) {
            return found[index]
        }
        return nil
    }

    /// How often a type occurs, with this Sub-Type if one is given. Most types may occur once.
    public func count(of type: ExtensionType, subtype: UInt8? = nil) -> Int {
        var number = 0
        for index in 0..<count where found[index].type == type && (subtype == nil || found[index].subtype == subtype) {
            number += 1
        }
        return number
    }

    /// How many MN-AAA authentication extensions there are; more than one makes the message poorly formed.
    public var mobileAAACount: Int {
        count(of: .generalizedAuthentication, subtype: GeneralizedAuthenticationSubtype.mobileAAA.rawValue)
    }

    /// Decodes the first extension of a type; nil when there is none. Throws `malformedExtension` when its layout is wrong.
    ///
    /// - Parameter datagram: the datagram that was scanned.
    public func read<Extension: MobileIPExtension>(
        _: Extension.Type, in datagram: RawSpan
    ) throws(MessageError) -> Extension? {
        guard let located = first(Extension.type) else { return nil }
        return try Extension(located, in: datagram)
    }

    /// Every vendor extension (38 and 134) in message order.
    ///
    /// - Parameter datagram: the datagram that was scanned.
    public func vendorExtensions(in datagram: RawSpan) -> [LocatedVendorExtension] {
        var vendors: [LocatedVendorExtension] = []
        for index in 0..<count {
            if let vendor = LocatedVendorExtension(found[index], in: datagram) { vendors.append(vendor) }
        }
        return vendors
    }
}
