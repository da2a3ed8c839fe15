import MobileIPv4

/// Stores a record's time in six bytes, so that a million records take less memory. Covers the years 0000 to 8918; a time outside that
/// range is stored as the nearest time within it.
@propertyWrapper
public struct StoredTimestamp: Hashable, Sendable {
    private var milliseconds: Milliseconds48

    /// Stores this time, or the nearest one that can be stored.
    public init(wrappedValue: Timestamp) { milliseconds = Milliseconds48(wrappedValue) }

    /// The time.
    public var wrappedValue: Timestamp {
        get { milliseconds.timestamp }
        set { milliseconds = Milliseconds48(newValue) }
    }
}

/// Stores an optional time of a record in six bytes; see `StoredTimestamp`.
@propertyWrapper
public struct StoredOptionalTimestamp: Hashable, Sendable {
    private var milliseconds: Milliseconds48

    /// Stores this time, the nearest one that can be stored, or none.
    public init(wrappedValue: Timestamp?) { milliseconds = wrappedValue.map { Milliseconds48($0) } ?? .none }

    /// The time; nil when there is none.
    public var wrappedValue: Timestamp? {
        get { milliseconds == .none ? nil : milliseconds.timestamp }
        set { milliseconds = newValue.map { Milliseconds48($0) } ?? .none }
    }
}

/// Milliseconds since the year 0 in 48 bits, split so that they need no eight-byte alignment.
private struct Milliseconds48: Hashable, Sendable {
    private let low: UInt16
    private let middle: UInt16
    private let high: UInt16

    /// 0000-01-01T00:00:00Z in milliseconds since 1970.
    private static let yearZero: Int64 = -62_167_219_200_000
    /// No time at all.
    static let none = Milliseconds48(bits: 0xFFFF_FFFF_FFFF)

    private init(bits: UInt64) {
        low = UInt16(truncatingIfNeeded: bits)
        middle = UInt16(truncatingIfNeeded: bits >> 16)
        high = UInt16(truncatingIfNeeded: bits >> 32)
    }

    init(_ time: Timestamp) {
        let (difference, overflows) = time.milliseconds.subtractingReportingOverflow(Self.yearZero)
        self.init(bits: overflows ? 0xFFFF_FFFF_FFFE : UInt64(min(max(difference, 0), 0xFFFF_FFFF_FFFE)))
    }

    var timestamp: Timestamp {
        Timestamp(milliseconds: Int64(high) << 32 | Int64(middle) << 16 | Int64(low)).adding(milliseconds: Self.yearZero)
    }
}
