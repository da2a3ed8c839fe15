import AgentModel

/// A row with times by the agent's clock, which all move when that clock is set.
protocol DatedRow {
    /// Adds this many milliseconds to every time in the row.
    mutating func shiftTimes(by milliseconds: Int64)
}

extension Timestamp {
    mutating func shift(by milliseconds: Int64) { self = adding(milliseconds: milliseconds) }
}

extension Timestamp? {
    mutating func shift(by milliseconds: Int64) { self = self?.adding(milliseconds: milliseconds) }
}

extension Binding: DatedRow {
    mutating func shiftTimes(by milliseconds: Int64) {
        created.shift(by: milliseconds)
        renewed.shift(by: milliseconds)
        expires.shift(by: milliseconds)
    }
}

extension Visitor: DatedRow {
    mutating func shiftTimes(by milliseconds: Int64) {
        created.shift(by: milliseconds)
        expires.shift(by: milliseconds)
    }
}

extension PendingRegistration: DatedRow {
    mutating func shiftTimes(by milliseconds: Int64) {
        sent.shift(by: milliseconds)
        expires.shift(by: milliseconds)
    }
}

extension SecurityAssociation: DatedRow {
    mutating func shiftTimes(by milliseconds: Int64) { use?.lastUsed.shift(by: milliseconds) }
}

extension SecurityViolation: DatedRow {
    mutating func shiftTimes(by milliseconds: Int64) { recentTime.shift(by: milliseconds) }
}

extension MobileNodeService: DatedRow {
    mutating func shiftTimes(by milliseconds: Int64) {
        servingSince.shift(by: milliseconds)
        recentAccepted.shift(by: milliseconds)
        recentDenied.shift(by: milliseconds)
    }
}

extension MobileNodeStatus: DatedRow {
    mutating func shiftTimes(by milliseconds: Int64) {
        recentAdvertisement?.received.shift(by: milliseconds)
        homeAgentMessage?.received.shift(by: milliseconds)
        foreignAgentMessage?.received.shift(by: milliseconds)
        foreignAgentError?.received.shift(by: milliseconds)
        hostConfiguration?.received.shift(by: milliseconds)
    }
}

extension MobilityTunnel: DatedRow {
    mutating func shiftTimes(by milliseconds: Int64) { since.shift(by: milliseconds) }
}

extension AdvertisingInterface: DatedRow {
    mutating func shiftTimes(by milliseconds: Int64) { recent.shift(by: milliseconds) }
}

extension NodeRegistration: DatedRow {
    mutating func shiftTimes(by milliseconds: Int64) {
        sent.shift(by: milliseconds)
        expires.shift(by: milliseconds)
    }
}

extension KnownForeignAgent: DatedRow {
    mutating func shiftTimes(by milliseconds: Int64) {
        heard.shift(by: milliseconds)
        expires.shift(by: milliseconds)
    }
}

extension Exchange: DatedRow {
    mutating func shiftTimes(by milliseconds: Int64) {
        started.shift(by: milliseconds)
        nextTry.shift(by: milliseconds)
        ended.shift(by: milliseconds)
    }
}

extension ExtensionUse: DatedRow {
    mutating func shiftTimes(by milliseconds: Int64) { lastSeen.shift(by: milliseconds) }
}

extension EndedRegistration: DatedRow {
    mutating func shiftTimes(by milliseconds: Int64) {
        created.shift(by: milliseconds)
        ended.shift(by: milliseconds)
    }
}

extension OrderedTable where Row: DatedRow {
    /// Moves the times of all rows.
    mutating func shiftTimes(by milliseconds: Int64) { changeRows { $0.shiftTimes(by: milliseconds) } }
}
