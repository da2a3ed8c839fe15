/// The sequence number of agent advertisements (RFC 5944 §2.3.2): counts from 0 to 0xffff and then continues at 256, so that a number below
/// 256 after a higher one indicates a restart.
public struct AdvertisementSequence: RawRepresentable, Hashable, Sendable {
    public let rawValue: UInt16
    public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// The first advertisement after a start.
    public static let first = AdvertisementSequence(rawValue: 0)

    /// The number of the next advertisement.
    public var next: AdvertisementSequence { AdvertisementSequence(rawValue: rawValue == .max ? 256 : rawValue + 1) }

    /// True when an agent that last sent `previous` and now sends this number must have restarted in between (RFC 5944 §2.3.2): the number
    /// fell without rolling over to 256 or above.
    public func indicatesRestart(after previous: AdvertisementSequence) -> Bool {
        rawValue < previous.rawValue && rawValue < 256
    }
}
