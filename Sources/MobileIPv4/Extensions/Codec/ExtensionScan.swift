/// What an agent must know about a message's extensions before it decides anything, collected in one pass.
///
/// Extensions that the receiving role understands are kept, in message order; the others are only counted. Except for the NAI, nothing is
/// copied out of the datagram: `first` finds where an extension is, `read` decodes its contents. Both look only in the part of the message
/// that the reader names (`MessagePart`).
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
    /// Where the message ends.
    let messageEnd: Int
    /// The first extension 131, and where it ends.
    private var firstNAI: NetworkAccessIdentifier?
    private var firstNAIEnd = 0

    /// Reads all extensions from `offset` to the end of the datagram.
    ///
    /// Throws `unknownCriticalExtension` at the first extension of types 0…127 that `understanding` does not cover, `extensionOverrun` when
    /// the datagram ends too early, `tooManyExtensions` for more than `capacity`, and `malformedExtension` for an authentication extension
    /// without an SPI or an invalid NAI.
    public init(
        _ datagram: RawSpan, from offset: Int, understanding: borrowing ExtensionUnderstanding
    ) throws(MessageError) {
        messageEnd = datagram.byteCount
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
            guard firstNAI == nil else { break }
            firstNAI = identifier
            firstNAIEnd = located.end
        default: break
        }
    }

    /// The extension at this index in message order, 0 to `count - 1`.
    public subscript(index: Int) -> LocatedExtension { found[index] }

    /// The mobile node's NAI if it stands in `part`, which begins at the start of the message.
    public func nai(in part: MessagePart) -> NetworkAccessIdentifier? { firstNAIEnd <= part.end ? firstNAI : nil }

    /// The first extension of a type in `part`, with this Sub-Type if one is given.
    public func first(_ type: ExtensionType, subtype: UInt8? = nil, in part: MessagePart) -> LocatedExtension? {
        for index in 0..<count
        where found[index].type == type && (subtype == nil || found[index].subtype == subtype) && part.contains(found[index]) {
            return found[index]
        }
        return nil
    }

    /// How often a type occurs, with this Sub-Type if one is given. Most types may occur once.
    ///
    /// - Parameter part: where to look; nil for the whole message.
    public func count(of type: ExtensionType, subtype: UInt8? = nil, in part: MessagePart? = nil) -> Int {
        var number = 0
        for index in 0..<count where found[index].type == type && (subtype == nil || found[index].subtype == subtype) {
            if part?.contains(found[index]) ?? true { number += 1 }
        }
        return number
    }

    /// How many extensions stand outside the part in which the reader looks for their type.
    ///
    /// - Parameter place: that part; nil for a type that the reader does not act on, or counts elsewhere.
    public func countMisplaced(_ place: (ExtensionType) -> MessagePart?) -> UInt64 {
        var number: UInt64 = 0
        for index in 0..<count {
            if let part = place(found[index].type), !part.contains(found[index]) { number += 1 }
        }
        return number
    }

    /// How many MN-AAA authentication extensions there are; more than one makes the message poorly formed.
    public var mobileAAACount: Int {
        count(of: .generalizedAuthentication, subtype: GeneralizedAuthenticationSubtype.mobileAAA.rawValue)
    }

    /// Decodes the first extension of a type in `part`; nil when there is none. Throws `malformedExtension` when its layout is wrong.
    ///
    /// - Parameter datagram: the datagram that was scanned.
    public func read<Extension: MobileIPExtension>(
        _: Extension.Type, in part: MessagePart, of datagram: RawSpan
    ) throws(MessageError) -> Extension? {
        guard let located = first(Extension.type, in: part) else { return nil }
        return try Extension(located, in: datagram)
    }

    /// Every vendor extension (38 and 134) in message order, wherever it stands: an unknown critical one refuses the message at any
    /// position (RFC 3115 §3), as an unknown type of 0…127 does.
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
