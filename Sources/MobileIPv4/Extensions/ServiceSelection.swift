extension ExtensionType {
    /// Service selection (151, RFC 5446).
    public static let serviceSelection = ExtensionType(rawValue: 151)
}

/// The service for which a mobile node registers (151, RFC 5446 §3). A request has at most one; without one it asks for the default
/// service of its home agent.
public struct ServiceSelection: FittingExtension {
    public static let type = ExtensionType.serviceSelection
    public static let name = "Service Selection"

    /// The service; its own length limit ensures that it fits.
    public var service: ServiceIdentifier

    public init(_ service: ServiceIdentifier) { self.service = service }

    public init(_ fields: inout ExtensionFields, in datagram: RawSpan) throws(MessageError) {
        guard let service = ServiceIdentifier(octets: try fields.rest(in: datagram)) else { throw fields.malformed }
        self.service = service
    }

    public func appendData(to octets: inout [UInt8]) { octets.append(contentsOf: service.octets) }
}
