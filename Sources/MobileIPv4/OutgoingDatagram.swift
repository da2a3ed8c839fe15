/// A UDP datagram that an agent or a mobile node wants sent. A destination of 255.255.255.255 means the link the message it answers came from.
public struct OutgoingDatagram: Hashable, Sendable {
    /// The local endpoint to send from.
    public var source: TransportEndpoint
    /// Where it goes.
    public var destination: TransportEndpoint
    /// The UDP payload.
    public var payload: [UInt8]

    public init(source: TransportEndpoint, destination: TransportEndpoint, payload: [UInt8]) {
        self.source = source
        self.destination = destination
        self.payload = payload
    }
}
