import MobileIPv4

/// The identifications from `first` to `last`, both included. A range is shorter than half an NTP era, 68 years.
struct IdentificationRange: Hashable {
    private(set) var first: Identification
    private(set) var last: Identification

    init(_ only: Identification) { (first, last) = (only, only) }

    init(from first: Identification, to last: Identification) { (self.first, self.last) = (first, last) }

    func contains(_ identification: Identification) -> Bool {
        !first.isLater(than: identification) && !identification.isLater(than: last)
    }

    /// Extends the range to include this one.
    mutating func include(_ other: IdentificationRange) {
        if first.isLater(than: other.first) { first = other.first }
        if other.last.isLater(than: last) { last = other.last }
    }
}

/// The timestamps that a mobile node has used up (RFC 5944 §5.7.1).
///
/// As long as the clock does not step, a timestamp must be later than the last accepted one. After a step, that rule would lock out a node
/// that was accepted while the clock was ahead. So the latest timestamps, accepted or denied, are remembered one by one, and those
/// before them as a range; after a step these are refused and any other one is judged by the clock alone.
///
/// The range also includes timestamps between the first and the last one that the node never used: while the clock runs through a range
/// that was left by a step, the node is refused with 133.
struct ReplayMemory {
    /// How many of the latest timestamps are remembered one by one.
    static let latestLimit = 4
    /// How many ranges are remembered from before the last step. With more steps, the ranges closest to each other become one.
    static let pastLimit = 4

    /// The number of steps of the clock that had been noticed when a timestamp was last used up.
    private(set) var epoch: UInt32
    private var latest = InlineArray<4, UInt64>(repeating: 0)
    /// How many elements of `latest` are in use; the oldest is first.
    private var latestCount: UInt8 = 0
    /// How many of these, from the first on, were used before the epoch began.
    private var inheritedCount: UInt8 = 0
    /// The last accepted timestamp of the epoch, or the time of the start if it is unknown which ones were accepted before.
    private(set) var floor: Identification?
    /// The timestamps of the epoch that are no longer in `latest`.
    private(set) var older: IdentificationRange?
    /// Timestamps of earlier epochs that are no longer in `latest`.
    private(set) var past: [IdentificationRange] = []

    init(epoch: UInt32) { self.epoch = epoch }

    /// The memory of an agent that was started before.
    init(
        epoch: UInt32, latest: [Identification], inherited: Int, floor: Identification?, older: IdentificationRange?,
        past: [IdentificationRange]
    ) {
        self.epoch = epoch
        for identification in latest.suffix(Self.latestLimit) {
            self.latest[Int(latestCount)] = identification.rawValue
            latestCount += 1
        }
        inheritedCount = UInt8(min(max(inherited, 0), Int(latestCount)))
        self.floor = floor
        self.older = older
        self.past = Array(past.suffix(Self.pastLimit))
    }

    /// True if nothing is known of what the node has used up.
    var isEmpty: Bool { latestCount == 0 && floor == nil && past.isEmpty }

    /// The latest timestamps, the oldest first.
    var latestUsed: [Identification] { (0..<Int(latestCount)).map { Identification(rawValue: latest[$0]) } }

    /// How many of `latestUsed` are from earlier epochs.
    var inherited: Int { Int(inheritedCount) }

    /// True if the node has not used this timestamp up, as far as this is remembered.
    ///
    /// - Parameter epoch: How many steps of the clock have been noticed.
    func permits(_ given: Identification, epoch: UInt32) -> Bool {
        if epoch == self.epoch, let floor, !given.isLater(than: floor) { return false }
        if let older, older.contains(given) { return false }
        for index in 0..<Int(latestCount) where latest[index] == given.rawValue { return false }
        return past.isEmpty || !past.contains { $0.contains(given) }
    }

    /// What has been used up until this time, as one range; nil if nothing has.
    func used(until clock: Identification) -> IdentificationRange? {
        let singles = latestUsed.map { IdentificationRange($0) }
        var all: IdentificationRange?
        for range in singles + past + (older.map { [$0] } ?? []) where !range.first.isLater(than: clock) {
            let part = IdentificationRange(from: range.first, to: range.last.isLater(than: clock) ? clock : range.last)
            if all == nil { all = part } else { all?.include(part) }
        }
        return all
    }

    /// Remembers a timestamp that was accepted or denied.
    mutating func use(_ given: Identification, accepted: Bool, epoch: UInt32) {
        begin(epoch)
        if accepted { floor = given }
        if latestCount == Self.latestLimit {
            forgetOldest()
        }
        latest[Int(latestCount)] = given.rawValue
        latestCount += 1
    }

    /// Requires timestamps to be later than this one, because later ones may have been used up that are not remembered.
    mutating func require(laterThan time: Identification) {
        if floor.map({ time.isLater(than: $0) }) ?? true { floor = time }
    }

    /// The clock has stepped since the last use: everything remembered is from before.
    mutating func begin(_ epoch: UInt32) {
        guard epoch != self.epoch else { return }
        self.epoch = epoch
        floor = nil
        inheritedCount = latestCount
        if let older { add(older) }
        older = nil
    }

    private mutating func forgetOldest() {
        let oldest = IdentificationRange(Identification(rawValue: latest[0]))
        for index in 1..<Self.latestLimit { latest[index - 1] = latest[index] }
        latestCount -= 1
        if inheritedCount > 0 {
            inheritedCount -= 1
            add(oldest)
        } else if older == nil {
            older = oldest
        } else {
            older?.include(oldest)
        }
    }

    private mutating func add(_ range: IdentificationRange) {
        past.append(range)
        guard past.count > Self.pastLimit else { return }
        // Those next to each other in time are mostly next to each other here too.
        func gap(_ index: Int) -> Double {
            let (a, b) = (past[index], past[index + 1])
            return max(a.first.seconds(since: b.last), b.first.seconds(since: a.last))
        }
        let index = (0..<past.count - 1).min { gap($0) < gap($1) } ?? 0
        past[index].include(past[index + 1])
        past.remove(at: index + 1)
    }
}
