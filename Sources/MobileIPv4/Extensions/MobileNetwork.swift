extension ExtensionType {
    /// Mobile network (148, RFC 5177).
    public static let mobileNetwork = ExtensionType(rawValue: 148)
}

/// A network that moves with its mobile router (148, RFC 5177 §4.1, §4.2).
public struct MobileNetwork: FittingExtension {
    public static let type = ExtensionType.mobileNetwork
    public static let name = "Mobile Network"
    public static let form = ExtensionForm.shortWithSubtype
    public static let subtypes: [UInt8]? = [0, 1, 2]

    /// Sub-Type: request or acknowledgment.
    public enum Kind: Hashable, Sendable {
        case request
        /// Answers a request that listed the network: 0 accepted, 1 bad prefix length, 2 unauthorized, 3 forwarding failed, 4 unassigned.
        case explicitAcknowledgment(code: UInt8)
        /// Reports a network that the request did not list; same codes.
        case implicitAcknowledgment(code: UInt8)
    }

    /// Request or acknowledgment.
    public var kind: Kind
    /// As on the wire: 0…255, although only 0…32 makes a prefix.
    public var prefixLength: UInt8
    /// The network's first address.
    public var prefix: IPv4Address

    public init(kind: Kind, prefixLength: UInt8, prefix: IPv4Address) {
        self.kind = kind
        self.prefixLength = prefixLength
        self.prefix = prefix
    }

    public var subtype: UInt8 {
        switch kind {
        case .request: 0
        case .explicitAcknowledgment: 1
        case .implicitAcknowledgment: 2
        }
    }

    public init(_ fields: inout ExtensionFields, in datagram: RawSpan) throws(MessageError) {
        switch try fields.requiredSubtype() {
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

    public func appendData(to octets: inout [UInt8]) {
        switch kind {
        case .request: octets.append(prefixLength)
        case .explicitAcknowledgment(let code), .implicitAcknowledgment(let code):
            octets.append(contentsOf: [code, prefixLength, 0])
        }
        octets.append(bigEndian: prefix.rawValue)
    }
}
