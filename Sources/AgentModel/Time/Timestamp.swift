public import MobileIPv4

/// A point in time as records carry it: milliseconds since 1970-01-01 UTC, RFC 3339 in JSON.
public struct Timestamp: Hashable, Sendable, Comparable {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    public var milliseconds: Int64

    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    public static func < (a: Self, b: Self) -> Bool { a.milliseconds < b.milliseconds }

    /// Milliseconds from `earlier` to this time; negative if `earlier` is later.
    public func milliseconds(since earlier: Timestamp) -> Int64 { milliseconds - earlier.milliseconds }

    /// The time this many milliseconds later; earlier if negative.
    public func adding(milliseconds: Int64) -> Timestamp { Timestamp(milliseconds: self.milliseconds + milliseconds) }
}

extension Timestamp {
    /// Date and time of day in UTC, as in DateAndTime of SNMPv2-TC; anything finer than tenths of a second is cut off.
    package var civil: (year: UInt16, month: UInt8, day: UInt8, hour: UInt8, minute: UInt8, second: UInt8, tenths: UInt8) {
        let days = CivilDate.floorDivide(milliseconds, 86_400_000)
        let rest = milliseconds - days * 86_400_000
        let (year, month, day) = CivilDate.civil(fromDays: days)
        return (
            UInt16(clamping: year), UInt8(clamping: month), UInt8(clamping: day), UInt8(clamping: rest / 3_600_000),
            UInt8(clamping: rest / 60_000 % 60), UInt8(clamping: rest / 1000 % 60), UInt8(clamping: rest / 100 % 10)
        )
    }
}

extension Timestamp: TextCodable {
    /// RFC 3339 in UTC with milliseconds, for example `2026-11-23T09:12:49.000Z`. Years 0000 to 9999.
    public var description: String {
        let octets = textOctets
        return String(unsafeUninitializedCapacity: 24) { buffer in
            for index in octets.indices { buffer[index] = octets[index] }
            return octets.count
        }
    }

    /// Appends `description` in ASCII.
    @usableFromInline package func appendText(to text: inout [UInt8]) {
        let octets = textOctets
        for index in octets.indices { text.append(octets[index]) }
    }

    private var textOctets: InlineArray<24, UInt8> {
        let days = CivilDate.floorDivide(milliseconds, 86_400_000)
        let rest = milliseconds - days * 86_400_000
        let (year, month, day) = CivilDate.civil(fromDays: days)
        var octets = InlineArray<24, UInt8>(repeating: UInt8(ascii: "-"))
        func put(_ value: Int64, _ width: Int, at offset: Int) {
            // Unsigned and 32 bits wide, because that divides faster.
            var value = UInt32(truncatingIfNeeded: value)
            for position in stride(from: offset + width - 1, through: offset, by: -1) {
                octets[position] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value % 10)
                value /= 10
            }
        }
        put(min(max(year, 0), 9999), 4, at: 0)
        put(month, 2, at: 5)
        put(day, 2, at: 8)
        octets[10] = UInt8(ascii: "T")
        put(rest / 3_600_000, 2, at: 11)
        octets[13] = UInt8(ascii: ":")
        put(rest / 60_000 % 60, 2, at: 14)
        octets[16] = UInt8(ascii: ":")
        put(rest / 1000 % 60, 2, at: 17)
        octets[19] = UInt8(ascii: ".")
        put(rest % 1000, 3, at: 20)
        octets[23] = UInt8(ascii: "Z")
        return octets
    }

    /// Reads what `description` prints; the fraction may have 0 to 9 digits. Nil for other forms of RFC 3339.
    public init?(_ description: String) { self.init(text: Array(description.utf8).span) }

    /// Reads the same form from ASCII bytes.
    @usableFromInline package init?(text: Span<UInt8>) {
        guard text.count >= 20, text[text.count - 1] == UInt8(ascii: "Z"),
            text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-"), text[10] == UInt8(ascii: "T"),
            text[13] == UInt8(ascii: ":"), text[16] == UInt8(ascii: ":"),
            let year = Self.number(text, 0..<4), let month = Self.number(text, 5..<7), (1...12).contains(month),
            let day = Self.number(text, 8..<10), (1...31).contains(day), let hour = Self.number(text, 11..<13), hour < 24,
            let minute = Self.number(text, 14..<16), minute < 60, let second = Self.number(text, 17..<19), second < 61
        else { return nil }
        var fraction: Int64 = 0
        if text.count > 20 {
            let digits = 20..<(text.count - 1)
            guard text[19] == UInt8(ascii: "."), (1...9).contains(digits.count), let value = Self.number(text, digits)
            else { return nil }
            var scaled = value
            for _ in 0..<abs(3 - digits.count) { scaled = digits.count < 3 ? scaled * 10 : scaled / 10 }
            fraction = scaled
        }
        let days = CivilDate.days(fromCivil: year, month, day)
        milliseconds = ((days * 24 + hour) * 60 + minute) * 60_000 + second * 1000 + fraction
    }

    private static func number(_ text: Span<UInt8>, _ range: Range<Int>) -> Int64? {
        var value: Int64 = 0
        for index in range {
            let octet = text[index]
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(octet) else { return nil }
            value = value * 10 + Int64(octet - UInt8(ascii: "0"))
        }
        return value
    }

    /// The form of its text.
    public static var textForm: String { "an RFC 3339 time in UTC such as 2026-11-23T09:12:49.000Z" }
}

/// Days and civil dates of the proleptic Gregorian calendar.
private enum CivilDate {
    static func floorDivide(_ a: Int64, _ b: Int64) -> Int64 { a >= 0 ? a / b : -((b - 1 - a) / b) }

    static func civil(fromDays days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = days + 719_468
        let era = floorDivide(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    static func days(fromCivil year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let year = month <= 2 ? year - 1 : year
        let era = floorDivide(year, 400)
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }
}
