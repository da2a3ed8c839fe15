extension ExtensionType {
    /// Dynamic home agent (139, RFC 4433).
    public static let dynamicHomeAgent = ExtensionType(rawValue: 139)
}

/// A home agent asked for or assigned (139, RFC 4433 §3.4).
public struct DynamicHomeAgent: FittingExtension {
    public static let type = ExtensionType.dynamicHomeAgent
    public static let name = "Dynamic Home Agent"
    public static let form = ExtensionForm.longOrShort
    public static let subtypes: [UInt8]? = [Purpose.requested, .redirected].map(\.rawValue)

    /// Sub-Type: what the address is for.
    public enum Purpose: UInt8, Hashable, Sendable {
        case requested = 1
        case redirected = 2
    }

    /// Whether the address is asked for or offered.
    public var purpose: Purpose
    /// The home agent meant.
    public var address: IPv4Address
    /// RFC 4433 lays the extension out in the long form; senders of the short form exist and are understood.
    public var isShortForm: Bool

    public init(purpose: Purpose, address: IPv4Address, isShortForm: Bool = false) {
        self.purpose = purpose
        self.address = address
        self.isShortForm = isShortForm
    }

    public var subtype: UInt8 { purpose.rawValue }
    public var isLong: Bool { !isShortForm }

    public init(_ fields: inout ExtensionFields, in datagram: RawSpan) throws(MessageError) {
        guard let purpose = Purpose(rawValue: try fields.requiredSubtype()) else { throw fields.malformed }
        self.purpose = purpose
        isShortForm = !fields.isLong
        address = try fields.address(in: datagram)
    }

    public func appendData(to octets: inout [UInt8]) { octets.append(bigEndian: address.rawValue) }
}
