public import AgentModel

/// What a home agent has done for one identity under all its home addresses (`haRegCounterTable`).
///
/// Counts include those of home addresses whose rows the agent has dropped since, so that none goes back while the identity has a row.
public struct MobileNodeTotal: Hashable, Sendable {
    /// Counts that are added up.
    struct Counts: Hashable, Sendable {
        var requestsReceived: UInt64 = 0
        var accepted: UInt64 = 0
        var denied: UInt64 = 0
        /// Whole seconds of service that has ended.
        var serviceTime: UInt64 = 0

        mutating func add(_ row: MobileNodeService) {
            requestsReceived &+= row.requestsReceived
            accepted &+= row.accepted
            denied &+= row.denied
            serviceTime &+= row.serviceTime
        }

        mutating func add(_ other: Counts) {
            requestsReceived &+= other.requestsReceived
            accepted &+= other.accepted
            denied &+= other.denied
            serviceTime &+= other.serviceTime
        }

        mutating func subtract(_ row: MobileNodeService) {
            requestsReceived &-= row.requestsReceived
            accepted &-= row.accepted
            denied &-= row.denied
            serviceTime &-= row.serviceTime
        }
    }

    /// The sums of the rows that exist, and what was counted in rows that no longer do.
    private var present = Counts()
    private(set) var departed = Counts()
    /// How many home addresses have a row.
    public private(set) var addresses = 0
    /// How many of them are being served, and the sum of the times since which they are, in milliseconds.
    private var servedCount: Int64 = 0
    private var servedSince: Int64 = 0
    /// Since when the identity has continuously had a binding, with whatever home address; nil while it has none.
    public private(set) var servingSince: Timestamp?
    /// When a request was last accepted.
    public private(set) var recentAccepted: Timestamp?
    /// When a request was last denied.
    public private(set) var recentDenied: Timestamp?
    /// The code of that denial.
    public private(set) var recentDeniedCode: UInt8?

    /// Requests in the identity's name that reached the agent.
    public var requestsReceived: UInt64 { present.requestsReceived &+ departed.requestsReceived }
    /// Replies with code 0 or 1.
    public var accepted: UInt64 { present.accepted &+ departed.accepted }
    /// Replies with codes 128 to 159.
    public var denied: UInt64 { present.denied &+ departed.denied }

    /// The total of an identity with one row.
    public init(_ row: MobileNodeService) { add(row) }

    /// Seconds of service so far, including the current service; those of all home addresses added up.
    ///
    /// - Parameter now: the agent's clock; nil to leave out the current service.
    public func serviceTime(at now: Timestamp?) -> UInt64 {
        let ended = present.serviceTime &+ departed.serviceTime
        guard let now, servedCount > 0 else { return ended }
        // Both may wrap around; their difference is right nevertheless.
        let current = servedCount &* now.milliseconds &- servedSince
        return ended &+ UInt64(max(0, current / 1000))
    }

    /// Adds the row of another home address.
    mutating func add(_ row: MobileNodeService) {
        addresses += 1
        present.add(row)
        begin(row.servingSince)
        note(row)
    }

    /// A row was dropped; what it counted remains.
    mutating func remove(_ row: MobileNodeService, at time: Timestamp) {
        addresses -= 1
        depart(row, at: time)
        end(row.servingSince)
    }

    /// A row has changed.
    mutating func replace(_ old: MobileNodeService, with new: MobileNodeService, at time: Timestamp) {
        if new.isNewRow(after: old) {
            depart(old, at: time)
        } else {
            present.subtract(old)
        }
        present.add(new)
        if old.servingSince != new.servingSince {
            end(old.servingSince)
            begin(new.servingSince)
        }
        note(new)
    }

    /// Takes over what an earlier snapshot knew, apart from the rows that existed then.
    ///
    /// - Parameter isContinuous: whether a service has lasted since.
    mutating func inherit(_ earlier: MobileNodeTotal, isContinuous: Bool) {
        departed.add(earlier.departed)
        if isContinuous, let since = earlier.servingSince { servingSince = servingSince.map { min($0, since) } ?? since }
        if let time = earlier.recentAccepted { note(accepted: time) }
        if let time = earlier.recentDenied { note(denied: time, earlier.recentDeniedCode) }
    }

    /// Adds what was counted in a row of an earlier snapshot that no longer exists.
    mutating func inherit(_ row: MobileNodeService, at time: Timestamp) {
        keep(row, at: time)
        note(row)
    }

    /// Moves all times, because the agent's clock was set.
    mutating func shiftTimes(by step: Int64) {
        servedSince &+= servedCount &* step
        servingSince.shift(by: step)
        recentAccepted.shift(by: step)
        recentDenied.shift(by: step)
    }

    private mutating func depart(_ row: MobileNodeService, at time: Timestamp) {
        present.subtract(row)
        keep(row, at: time)
    }

    private mutating func keep(_ row: MobileNodeService, at time: Timestamp) {
        departed.add(row)
        // The agent will not report this service as ended.
        if let since = row.servingSince { departed.serviceTime &+= UInt64(max(0, time.milliseconds(since: since) / 1000)) }
    }

    private mutating func begin(_ since: Timestamp?) {
        guard let since else { return }
        servedCount += 1
        servedSince &+= since.milliseconds
        servingSince = servingSince.map { min($0, since) } ?? since
    }

    private mutating func end(_ since: Timestamp?) {
        guard let since else { return }
        servedCount -= 1
        servedSince &-= since.milliseconds
        if servedCount == 0 { servingSince = nil }
    }

    private mutating func note(_ row: MobileNodeService) {
        if let time = row.recentAccepted { note(accepted: time) }
        if let time = row.recentDenied { note(denied: time, row.recentDeniedCode) }
    }

    private mutating func note(accepted time: Timestamp) {
        if recentAccepted.map({ $0 < time }) ?? true { recentAccepted = time }
    }

    private mutating func note(denied time: Timestamp, _ code: UInt8?) {
        if recentDenied.map({ $0 < time }) ?? true { (recentDenied, recentDeniedCode) = (time, code) }
    }
}

extension MobileNodeService {
    /// Whether a later row of the same address is a new one, whose predecessor's removal was not reported separately: its counts are smaller.
    func isNewRow(after old: MobileNodeService) -> Bool {
        requestsReceived < old.requestsReceived || accepted < old.accepted || denied < old.denied
    }
}
