import AgentModel

/// A time that someone wrote in a condition: in RFC 3339, in the form that tables show, or the beginning of either, such as `2026-11`.
struct TimeOperand: Sendable {
    /// The times that begin with the text: from `start` to immediately before `end`.
    private let start: Timestamp
    private let end: Timestamp
    /// Whether it has seconds and nothing finer, as tables do: rows are then compared as tables show them.
    private let isSecond: Bool

    /// Nil if the text is not a time. Without a zone it is in UTC.
    init?(_ text: String) {
        var rest = Array(text.utf8)[...]
        func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
        func number(_ count: Int) -> Int64? {
            let digits = rest.prefix(count)
            guard digits.count == count, digits.allSatisfy(isDigit) else { return nil }
            rest = rest.dropFirst(count)
            return digits.reduce(0) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) }
        }
        func skip(_ characters: String) -> Bool {
            guard let first = rest.first, characters.utf8.contains(first) else { return false }
            rest = rest.dropFirst()
            return true
        }
        guard let year = number(4) else { return nil }
        // Year, month, day, hour, minute, second.
        var parts: [Int64] = [year, 1, 1, 0, 0, 0]
        var given = 1
        for separator in ["-", "-", "T ", ":", ":"] {
            guard skip(separator) else { break }
            guard let part = number(2) else { return nil }
            parts[given] = part
            given += 1
        }
        var fraction: [UInt8] = []
        if given == 6, skip(".") {
            fraction = Array(rest.prefix(while: isDigit))
            guard (1...9).contains(fraction.count) else { return nil }
            rest = rest.dropFirst(fraction.count)
        }
        var ahead: Int64 = 0
        if given > 3, !skip("Z"), let sign = rest.first, skip("+-") {
            guard let hours = number(2), skip(":"), let minutes = number(2) else { return nil }
            ahead = (sign == UInt8(ascii: "-") ? -1 : 1) * (hours * 60 + minutes) * 60_000
        }
        guard rest.isEmpty, let whole = Self.time(parts) else { return nil }
        var thousandths: Int64 = 0
        for place in 0..<3 {
            thousandths = thousandths * 10 + (place < fraction.count ? Int64(fraction[place] - UInt8(ascii: "0")) : 0)
        }
        let first = whole.adding(milliseconds: thousandths - ahead)
        start = first
        isSecond = given == 6 && fraction.isEmpty
        switch given {
        case 1: end = Self.time([year + 1, 1, 1, 0, 0, 0]) ?? Timestamp(milliseconds: .max)
        case 2:
            let next = parts[1] == 12 ? [year + 1, 1] : [year, parts[1] + 1]
            end = Self.time(next + [1, 0, 0, 0]) ?? Timestamp(milliseconds: .max)
        case 3: end = first.adding(milliseconds: 86_400_000)
        case 4: end = first.adding(milliseconds: 3_600_000)
        case 5: end = first.adding(milliseconds: 60_000)
        default:
            let length: Int64 = fraction.isEmpty ? 1000 : fraction.count == 1 ? 100 : fraction.count == 2 ? 10 : 1
            end = first.adding(milliseconds: length)
        }
    }

    /// Whether the time begins with the text.
    func contains(_ time: Timestamp) -> Bool { start <= time && time < end }

    /// How the time compares with the beginning of those that the text stands for: negative if it is earlier, 0 if it is the same.
    func order(of time: Timestamp) -> Int {
        let shown = isSecond ? time.milliseconds - (time.milliseconds % 1000 + 1000) % 1000 : time.milliseconds
        return shown < start.milliseconds ? -1 : shown > start.milliseconds ? 1 : 0
    }

    private static func time(_ parts: [Int64]) -> Timestamp? {
        func text(_ number: Int64, _ width: Int) -> String {
            String(repeating: "0", count: max(0, width - "\(number)".count)) + "\(number)"
        }
        let date = "\(text(parts[0], 4))-\(text(parts[1], 2))-\(text(parts[2], 2))"
        return Timestamp("\(date)T\(text(parts[3], 2)):\(text(parts[4], 2)):\(text(parts[5], 2))Z")
    }
}
