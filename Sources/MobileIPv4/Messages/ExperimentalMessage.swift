/// The fixed part of an Experimental Message, the type octet alone (RFC 4064 §3).
///
/// The RFC leaves open what follows it. Only extensions are understood, because an authenticator, which the RFC demands, could not
/// be found among other contents: a receiver scans from `fixedSize` on, and discards the message if the scan throws or no
/// authentication extension verifies. Which experiment it belongs to is said by the experimental extensions in it.
public struct ExperimentalMessage: Hashable, Sendable {
    /// The size of the fixed part in octets; the extensions begin at this offset.
    public static let fixedSize = 1

    public init() {}

    /// Decodes the fixed part at the start of a UDP payload.
    public init(decoding datagram: RawSpan) throws(MessageError) {
        guard datagram.byteCount >= Self.fixedSize else {
            throw .truncated(expected: Self.fixedSize, actual: datagram.byteCount)
        }
        let type = datagram.octet(at: 0)
        guard type == MessageType.experimental.rawValue else { throw .unexpectedType(type) }
    }

    /// Appends the octet.
    public func encode(into octets: inout [UInt8]) { octets.append(MessageType.experimental.rawValue) }
}
