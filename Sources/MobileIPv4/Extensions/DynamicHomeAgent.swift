extension ExtensionType {
    /// Dynamic home agent (139, RFC 4433).
    public static let dynamicHomeAgent = ExtensionType(rawValue: 139)
}

/// A requested home agent, or the one to which a node is redirected (139, RFC 4433 §3.4).
public struct DynamicHomeAgent: FittingExtension {
    public static let type = ExtensionType.dynamicHomeAgent
    public static let name = "Dynamic Home Agent"
    public static let form = ExtensionForm.longOrShort
    public static let subtypes: [UInt8]? = [Purpose.requested, .redirected].map(\.rawValue)

    /// Sub-Type: what the address is for.
    public enum Purpose: UInt8, Hashable, Sendable {
        /// In a request: the home agent to which the request goes.
        case requested = 1
        /// In a reply with code 143: the home agent to ask instead.
        case redirected = 2
    }

    /// What the address is for.
    public var purpose: Purpose
    /// The address of that home agent.
    public var address: IPv4Address
    /// RFC 4433 defines the long form; some senders use the short form, which is understood as well.
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
