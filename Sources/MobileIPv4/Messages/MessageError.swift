/// Why a datagram could not be read as a Mobile IP message.
public enum MessageError: Error, Hashable, Sendable {
    /// Shorter than the fixed part of its type.
    case truncated(expected: Int, actual: Int)
    /// The first octet is not the type that the caller expects.
    case unexpectedType(UInt8)
    /// The Length field of the extension at `offset` reaches past the end of the datagram, or its header is truncated.
    case extensionOverrun(type: UInt8, offset: Int)
    /// An extension of a known type whose length or content its RFC does not allow.
    case malformedExtension(type: UInt8, offset: Int)
    /// A type from 0…127 that the receiver does not understand: the whole message is dropped (RFC 5944 §1.8).
    case unknownCriticalExtension(type: UInt8, offset: Int)
    /// More extensions than a receiver can hold.
    case tooManyExtensions(limit: Int)
}
