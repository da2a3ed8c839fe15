/// The 64-bit Identification field, used for replay protection (RFC 5944 §5.7). Network byte order on the wire.
public struct Identification: Hashable, Sendable {
    /// All 64 bits; the high word is sent first.
    public var rawValue: UInt64

    public init(rawValue: UInt64) { self.rawValue = rawValue }
    /// Combines the two words; the high word comes first on the wire.
    public init(high: UInt32, low: UInt32) { rawValue = UInt64(high) << 32 | UInt64(low) }

    /// NTP seconds with timestamps, the home agent's nonce with nonces (`…RegIDHigh`).
    public var high: UInt32 { UInt32(truncatingIfNeeded: rawValue >> 32) }
    /// NTP fraction or a random number with timestamps, the mobile node's nonce with nonces (`…RegIDLow`).
    public var low: UInt32 { UInt32(truncatingIfNeeded: rawValue) }

    /// Seconds from 1900-01-01 (NTP) to 1970-01-01 (Unix).
    public static let ntpEpochOffset: Int64 = 2_208_988_800

    /// The NTP form of a time given in nanoseconds since 1970 (RFC 5944 §5.7.1). Era 0 wraps in 2036, as NTP does.
    public init(unixNanoseconds: Int64) {
        let (seconds, nanoseconds) = unixNanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
        let wholeSeconds = nanoseconds < 0 ? seconds - 1 : seconds
        let remainder = UInt64(nanoseconds < 0 ? nanoseconds + 1_000_000_000 : nanoseconds)
        let high = UInt32(truncatingIfNeeded: wholeSeconds &+ Self.ntpEpochOffset)
        self.init(high: high, low: UInt32(truncatingIfNeeded: (remainder << 32) / 1_000_000_000))
    }

    /// Signed distance `self - other` in seconds, both read as NTP times; correct across the wrap of 2036.
    public func seconds(since other: Identification) -> Double {
        Double(Int64(bitPattern: rawValue &- other.rawValue)) / 4_294_967_296
    }

    /// True if this is after `other` in NTP time, across the wrap of 2036 as well.
    public func isLater(than other: Identification) -> Bool { Int64(bitPattern: rawValue &- other.rawValue) > 0 }
}

extension Identification: TextCodable {
    /// Sixteen lower-case hexadecimal digits, for example `e90b5a8012345678`.
    public var description: String {
        var text: [UInt8] = []
        appendText(to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    public init?(_ description: String) { self.init(text: Array(description.utf8).span) }

    /// Parses sixteen hexadecimal digits from ASCII octets.
    @usableFromInline package init?(text: Span<UInt8>) {
        guard text.count == 16 else { return nil }
        var value: UInt64 = 0
        for index in text.indices {
            guard let digit = Hexadecimal.value(of: text[index]) else { return nil }
            value = value << 4 | UInt64(digit)
        }
        rawValue = value
    }

    /// Appends the sixteen digits in ASCII.
    @usableFromInline package func appendText(to text: inout [UInt8]) {
        for shift in stride(from: UInt64(60), through: 0, by: -4) {
            text.append(Hexadecimal.digit(UInt8(truncatingIfNeeded: rawValue >> shift)))
        }
    }

    /// The expected form of the text.
    public static var textForm: String { "an identification of 16 hexadecimal digits such as e90b5a8012345678" }
}
