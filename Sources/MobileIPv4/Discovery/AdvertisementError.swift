/// Why an ICMP message could not be read as an Agent Advertisement (RFC 1256 §5.2 and RFC 5944 §2.1).
public enum AdvertisementError: Error, Hashable, Sendable {
    /// Shorter than its header or its addresses, or not type 9 with code 0 or 16.
    case notAnAdvertisement
    case badChecksum
    /// An extension that runs past the end, or whose length or content its RFC does not allow.
    case malformedExtension(type: UInt8)
    /// An unknown extension of types 0 to 127: the whole message is dropped (RFC 5944 §1.8).
    case unknownCriticalExtension(type: UInt8)
    /// Neither F nor H, B or R without F, or F without a care-of address (RFC 5944 §2.1.1).
    case contradictoryFlags(AdvertisementFlags)
}
