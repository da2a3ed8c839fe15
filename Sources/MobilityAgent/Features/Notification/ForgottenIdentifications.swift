import MobileIPv4

/// The Identifications that forgotten senders have used up, as a few ranges of time. Ranges apart from each other, because the clock was
/// set between them, remain apart: what lies between them was not used.
struct ForgottenIdentifications {
    /// The most ranges. With more, the two closest to each other become one.
    static let limit = 8
    /// Ranges at most this many seconds apart are one.
    private static let gap: Double = 3600

    private(set) var ranges: [IdentificationRange] = []

    func contains(_ identification: Identification) -> Bool { ranges.contains { $0.contains(identification) } }

    mutating func add(_ range: IdentificationRange) {
        ranges.append(range)
        while let (first, second, distance) = closest, distance <= Self.gap || ranges.count > Self.limit {
            ranges[first].include(ranges[second])
            ranges.remove(at: second)
        }
    }

    /// The two ranges closest to each other, and the seconds between them.
    private var closest: (Int, Int, Double)? {
        var closest: (Int, Int, Double)?
        for second in ranges.indices {
            for first in 0..<second {
                let (a, b) = (ranges[first], ranges[second])
                let distance = max(a.first.seconds(since: b.last), b.first.seconds(since: a.last))
                if distance < closest?.2 ?? .infinity { closest = (first, second, distance) }
            }
        }
        return closest
    }
}
