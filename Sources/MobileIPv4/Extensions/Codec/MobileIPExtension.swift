/// An extension to a registration message as a typed value: number, form, layout, decoding and encoding of one type (RFC 5944 §1.8).
///
/// Each type of the protocol has its own file with one conforming value. Reserved fields are sent as 0 and ignored on reception, so
/// decoding and re-encoding gives the same bytes if the sender set them to 0. Where and how often an extension may occur is checked by the
/// agents.
public protocol MobileIPExtension: Hashable, Sendable {
    /// The type octet.
    static var type: ExtensionType { get }
    /// IANA's name for the type.
    static var name: String { get }
    /// How the octets after the type octet are arranged.
    static var form: ExtensionForm { get }
    /// The Sub-Types defined for it; nil for a type without Sub-Types, and for one whose Sub-Types no registry defines.
    static var subtypes: [UInt8]? { get }

    /// The Sub-Type octet, for forms that have one; 0 otherwise.
    var subtype: UInt8 { get }

    /// Decodes the data after the header. Throws `malformedExtension` when it does not have the layout given by the type's RFC; leftover
    /// octets are malformed as well.
    init(_ fields: inout ExtensionFields, in datagram: RawSpan) throws(MessageError)

    /// Appends the data that follows the header and the Sub-Type.
    func appendData(to octets: inout [UInt8])

    /// True when this value is sent with a four-octet header.
    var isLong: Bool { get }
}

extension MobileIPExtension {
    public static var form: ExtensionForm { .short }
    public static var subtypes: [UInt8]? { nil }
    public var subtype: UInt8 { 0 }
    public var isLong: Bool { Self.form == .long }

    /// Decodes the extension that a cursor found in `datagram`; it must be of this type. Throws `malformedExtension` when the data does not
    /// have the layout given by the type's RFC.
    public init(_ located: LocatedExtension, in datagram: RawSpan) throws(MessageError) {
        var fields = try ExtensionFields(located, in: datagram)
        guard located.type == Self.type else { throw fields.malformed }
        try self.init(&fields, in: datagram)
        try fields.finish()
    }

    /// Appends the extension: type octet, header and data. Throws and leaves `octets` unchanged when the data is too long for its form.
    public func encode(into octets: inout [UInt8]) throws(ExtensionTooLong) {
        let start = octets.count
        octets.append(Self.type.rawValue)
        if isLong {
            octets.append(subtype)
            octets.append(bigEndian: 0 as UInt16)
            appendData(to: &octets)
            let field: UInt16 = try lengthField(octets.count - start - 4, &octets, from: start)
            octets[start + 2] = UInt8(truncatingIfNeeded: field >> 8)
            octets[start + 3] = UInt8(truncatingIfNeeded: field)
        } else {
            octets.append(0)
            if Self.form.hasSubtypeInData { octets.append(subtype) }
            appendData(to: &octets)
            let field: UInt8 = try lengthField(octets.count - start - 2, &octets, from: start)
            octets[start + 1] = field
        }
    }

    private func lengthField<Field: FixedWidthInteger>(
        _ length: Int, _ octets: inout [UInt8], from start: Int
    ) throws(ExtensionTooLong) -> Field {
        if let field = Field(exactly: length) { return field }
        octets.removeSubrange(start...)
        throw ExtensionTooLong(type: Self.type, dataLength: length, limit: Int(Field.max))
    }
}

/// An extension whose values always fit its Length field, so that appending one cannot fail.
public protocol FittingExtension: MobileIPExtension {}

extension Array where Element == UInt8 {
    /// Appends an extension with its header.
    public mutating func append(extension value: some FittingExtension) {
        do throws(ExtensionTooLong) {
            try value.encode(into: &self)
        } catch {
            assertionFailure("\(error)")
        }
    }
}
