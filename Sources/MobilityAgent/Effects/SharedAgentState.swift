import AgentModel
import MobileIPv4

/// State that both roles of an agent share: violations, events, randomness and the agent's clock.
struct SharedAgentState {
    /// The wall clock when `Moment.uptime` was 0, as the clock is set at present.
    private(set) var startTime: Timestamp
    /// Milliseconds by which the clock has been set since the start, included in `startTime`.
    private(set) var clockCorrection: Int64 = 0
    /// How many steps of the clock have been noticed, by this start and those before it.
    var clockEpoch: UInt32 = 0
    /// `startTime` as a timestamp of a registration: what may have been accepted before the start is not later.
    private(set) var startIdentification: Identification
    var random: any RandomNumberGenerator
    var violations: ViolationTable
    var associations = AssociationTable()
    /// Messages that wait for an acknowledgment, and those of late.
    var exchanges = ExchangeTable()
    /// What the roles have done with vendor and experimental extensions.
    var extensionUses = ExtensionUses()
    var revocationClock = RevocationClock()
    var notifications: NotificationState
    var totalViolations: UInt64 = 0
    var eventsSuppressed: UInt64 = 0
    private var alarms: AlarmLimiter

    init(_ configuration: MobilityAgentConfiguration, startTime: Timestamp, random: any RandomNumberGenerator) {
        self.startTime = startTime
        startIdentification = Identification(startTime)
        notifications = NotificationState(start: startIdentification)
        self.random = random
        violations = ViolationTable(limit: configuration.maximumViolators)
        alarms = AlarmLimiter(limit: configuration.maximumAlarmsPerSecond)
    }

    /// The clock has been set.
    mutating func shiftClock(by milliseconds: Int64) {
        startTime = startTime.adding(milliseconds: milliseconds)
        clockCorrection += milliseconds
        clockEpoch &+= 1
        startIdentification = Identification(startTime)
        notifications.memory.follow(start: startIdentification)
    }

    func time(_ now: Moment) -> Timestamp { startTime.adding(milliseconds: now.uptime / 1_000_000) }

    /// Publishes an event that anyone, not only this agent's own nodes and operators, can cause, unless too many occur at once.
    ///
    /// - Parameter isKnown: whether it is about a node that the agent knows, which strangers then cannot keep from being reported.
    mutating func alarm(
        _ event: @autoclosure () -> AgentEvent, of kind: AgentEventKind, isKnown: Bool, at now: Moment,
        effects: inout AgentEffects
    ) {
        if alarms.passes(kind, isKnown: isKnown, at: now.uptime) {
            effects.changes.append(.event(event()))
        } else {
            eventsSuppressed += 1
        }
    }

    /// Counts and publishes a violation.
    mutating func report(_ violation: Violation, at now: Moment, effects: inout AgentEffects) {
        let time = time(now)
        totalViolations += 1
        let (row, evicted) = violations.record(
            violation.violator, isKnown: violation.isKnown, spi: violation.spi, identification: violation.identification,
            reason: violation.reason,
            code: violation.code, at: time)
        if let evicted { effects.changes.append(.violationRemoved(evicted)) }
        effects.changes.append(.violation(row))
        alarm(
            violation.event(at: time), of: .securityViolation, isKnown: violation.isKnown, at: now, effects: &effects)
    }
}

extension Identification {
    /// The NTP form of a time.
    init(_ time: Timestamp) {
        let (seconds, milliseconds) = time.milliseconds.quotientAndRemainder(dividingBy: 1000)
        let fraction = milliseconds < 0 ? milliseconds + 1000 : milliseconds
        self.init(
            high: UInt32(truncatingIfNeeded: (milliseconds < 0 ? seconds - 1 : seconds) &+ Identification.ntpEpochOffset),
            low: UInt32(truncatingIfNeeded: (UInt64(fraction) << 32) / 1000))
    }
}
