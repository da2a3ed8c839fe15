/// A UDP datagram to send for an agent or a mobile node. The destination 255.255.255.255 means the link on which the message that it
/// answers arrived.
public struct OutgoingDatagram: Hashable, Sendable {
    /// The local endpoint to send from.
    public var source: TransportEndpoint
    /// The endpoint to send to.
    public var destination: TransportEndpoint
    /// The UDP payload.
    public var payload: [UInt8]

    public init(source: TransportEndpoint, destination: TransportEndpoint, payload: [UInt8]) {
        self.source = source
        self.destination = destination
        self.payload = payload
    }
}
