/// One start of an agent, as its state store keeps it. Times are in milliseconds.
public struct AgentStart: Codable, Hashable, Sendable {
    /// Counts the starts with this store, from 1.
    public var number: UInt64
    /// Identifies the boot of the machine; empty if unknown.
    public var bootID: String
    /// The machine's uptime clock, which never steps, when `Moment.uptime` was 0.
    public var bootTime: Int64
    /// The wall clock when `Moment.uptime` was 0, as it was set then, since 1970.
    public var startTime: Int64
    /// By how much the wall clock has been set since then.
    public var clockCorrection: Int64
    /// How many steps of the wall clock had been noticed, by this start and those before it.
    public var clockEpoch: UInt32
    /// What this start added to times in records of earlier starts, by their numbers.
    public var corrections: [UInt64: Int64]
    /// The wall clock when this was last written, since 1970.
    public var lastSeen: Int64
    /// Whether everything was saved when the agent ended.
    public var isComplete: Bool

    /// The first start, until `AgentHistory` numbers it.
    ///
    /// - Parameters:
    ///   - clockCorrection: By how much the wall clock has been set since the agent started.
    ///   - clockEpoch: How many steps that were.
    public init(bootID: String, bootTime: Int64, startTime: Int64, clockCorrection: Int64 = 0, clockEpoch: UInt32 = 0) {
        number = 1
        self.bootID = bootID
        self.bootTime = bootTime
        self.startTime = startTime
        self.clockCorrection = clockCorrection
        self.clockEpoch = clockEpoch
        corrections = [:]
        lastSeen = startTime &+ clockCorrection
        isComplete = false
    }

    /// The wall clock when `Moment.uptime` was 0, as it was set last.
    fileprivate var correctedStart: Int64 { startTime &+ clockCorrection }
}

/// The starts of an agent up to the present one: what the times in records mean now.
public struct AgentHistory: Sendable {
    /// The present start.
    public private(set) var present: AgentStart
    private let latest: AgentStart?

    /// A smaller difference is not a step, in milliseconds.
    private static let leastStep: UInt64 = 100

    /// - Parameter earlier: The starts that the store has records of, in any order.
    public init(_ present: AgentStart, after earlier: [AgentStart]) {
        self.present = present
        latest = earlier.max { $0.number < $1.number }
        guard let latest else { return }
        self.present.number = latest.number &+ 1
        self.present.clockEpoch &+= latest.clockEpoch &+ (hasStepped(since: latest) ? 1 : 0)
        let correction = correction(since: latest)
        self.present.corrections = latest.corrections.mapValues { $0 &+ correction }
        self.present.corrections[latest.number] = correction
    }

    /// True if the records may lack what was accepted last: the last start did not end in order.
    public var isIncomplete: Bool { latest?.isComplete == false }

    /// When an agent was last known to run before this start, by the present clock and in milliseconds since 1970; nil for the first start.
    public var lastRun: Int64? {
        latest.map { $0.lastSeen &+ correction(since: $0) &- $0.clockCorrection }
    }

    /// What the wall clock showed when an earlier start was last known to run, in milliseconds since 1970; nil for the first start.
    var lastSeen: Int64? { latest?.lastSeen }

    /// The milliseconds to add to a time that this start has written, so that it is right by the present clock; nil for an unknown start.
    public func correction(ofStart number: UInt64) -> Int64? { present.corrections[number] }

    /// Forgets starts that have written none of the records; returns their numbers.
    public mutating func forget(allBut numbers: Set<UInt64>) -> [UInt64] {
        let unused = present.corrections.keys.filter { !numbers.contains($0) }
        for number in unused { present.corrections[number] = nil }
        return unused
    }

    /// The wall clock was set by this many milliseconds.
    public mutating func clockStepped(by milliseconds: Int64) {
        present.clockCorrection &+= milliseconds
        present.clockEpoch &+= 1
    }

    /// The wall clock, in milliseconds since 1970, as the record of the present start is to have it.
    public mutating func see(_ wallClock: Int64) { present.lastSeen = wallClock }

    /// The record of the present start when everything is saved.
    public var completed: AgentStart {
        var start = present
        start.isComplete = true
        return start
    }

    /// Within one boot of the machine, the uptime clock shows how much the wall clock has been set. After another boot, the wall clock is
    /// believed, but not to be earlier than the last time written: then no time has passed meanwhile.
    private func correction(since start: AgentStart) -> Int64 {
        guard isSameBoot(start) else { return start.clockCorrection &+ min(0, present.correctedStart &- start.lastSeen) }
        let stepped = (present.correctedStart &- present.bootTime) &- (start.startTime &- start.bootTime)
        // The clocks are read one after the other; what is no step must not move times.
        return (stepped &- start.clockCorrection).magnitude < Self.leastStep ? start.clockCorrection : stepped
    }

    private func isSameBoot(_ start: AgentStart) -> Bool { !start.bootID.isEmpty && start.bootID == present.bootID }

    private func hasStepped(since start: AgentStart) -> Bool {
        guard isSameBoot(start) else { return present.correctedStart < start.lastSeen }
        return correction(since: start) != start.clockCorrection
    }
}
