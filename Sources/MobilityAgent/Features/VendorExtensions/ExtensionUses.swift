import AgentModel
import MobileIPv4

/// What the roles of an agent have done with vendor and experimental extensions. Anyone can send these in any number: the table is bounded,
/// and a row is published at most once a second.
///
/// Half of the rows are for kinds that were first seen in authenticated messages, half for all others, so that nobody unknown takes the
/// rows of those who are known. Of either half, kinds that the configuration does not know have at most a half, and kinds that it knows
/// only by their vendor a quarter: anyone can invent kinds, and those that it names have what is left.
struct ExtensionUses {
    /// Most rows of either half: in all, for unknown kinds, and for kinds that are known only by their vendor.
    static let halfLimit = ExtensionUse.rowLimit / 2
    static let unknownLimit = halfLimit / 2
    static let byVendorLimit = halfLimit / 4
    /// How long a row is not published again, in nanoseconds.
    static let interval: Int64 = 1_000_000_000

    private struct Key: Hashable {
        let role: AgentRole
        let kind: ExtensionKind
    }

    struct Row {
        fileprivate(set) var use: ExtensionUse
        /// When it was last published, in `Moment.uptime`.
        fileprivate var published: Int64
    }

    /// How many rows of a half are in use: in all, and those of kinds that the configuration did not name when they were made.
    private struct Half {
        private var count = 0
        private var unknownCount = 0
        private var byVendorCount = 0

        /// Takes a row for one more kind; false if there is none left.
        mutating func take(_ knowledge: ExtensionKnowledge) -> Bool {
            guard count < ExtensionUses.halfLimit else { return false }
            switch knowledge {
            case .named: break
            case .byVendor:
                guard byVendorCount < ExtensionUses.byVendorLimit else { return false }
                byVendorCount += 1
            case .unknown:
                guard unknownCount < ExtensionUses.unknownLimit else { return false }
                unknownCount += 1
            }
            count += 1
            return true
        }
    }

    private(set) var rows = SlotTable<Row>()
    private var slots: [Key: Int] = [:]
    /// Rows that name what they count and were first seen in authenticated messages, and the others.
    private var authentic = Half()
    private var unverified = Half()
    /// The rows that have changed since they were published.
    private var unpublished = DeadlineQueue()

    /// When the next row is due to be published, in nanoseconds of `Moment.uptime`; nil while all are. May be earlier than that.
    var nextDeadline: Int64? { unpublished.next }

    /// Counts one extension or message. Returns the row if it is to be published at once.
    ///
    /// - Parameters:
    ///   - knowledge: How the configuration knows this kind.
    ///   - isAuthentic: Whether it was verified who sent the message.
    ///   - source: The IP source address of the message.
    ///   - time: The agent's clock at `now`.
    mutating func note(
        _ kind: ExtensionKind, _ knowledge: ExtensionKnowledge, isAuthentic: Bool, role: AgentRole, outcome: ExtensionOutcome,
        from source: IPv4Address, at now: Moment, time: Timestamp
    ) -> ExtensionUse? {
        let (slot, isNew) = place(of: kind, knowledge, isAuthentic: isAuthentic, role)
        // The rows for all others have both known and unknown ones.
        rows[slot].use.isKnown = knowledge != .unknown && rows[slot].use.vendor != ExtensionUse.others.vendor
        rows[slot].use.seen += 1
        switch outcome {
        case .accepted: rows[slot].use.accepted += 1
        case .skipped: rows[slot].use.skipped += 1
        case .refused: rows[slot].use.refused += 1
        }
        rows[slot].use.lastSource = source
        rows[slot].use.lastSeen = time
        guard isNew || now.uptime - rows[slot].published >= Self.interval else {
            unpublished.schedule(slot, at: rows[slot].published + Self.interval)
            return nil
        }
        return publish(slot, at: now)
    }

    /// A row that is due to be published; nil when there is none.
    mutating func popDue(at now: Moment) -> ExtensionUse? {
        guard let slot = unpublished.popDue(now.uptime) else { return nil }
        return publish(slot, at: now)
    }

    /// Shifts every time by this many milliseconds.
    mutating func shiftTimes(by milliseconds: Int64) {
        for slot in 0..<rows.end where rows.contains(slot) {
            rows[slot].use.lastSeen = rows[slot].use.lastSeen.adding(milliseconds: milliseconds)
        }
    }

    private mutating func publish(_ slot: Int, at now: Moment) -> ExtensionUse {
        unpublished.cancel(slot)
        rows[slot].published = now.uptime
        return rows[slot].use
    }

    /// The row of a kind, or if there is no room for it that of all others of its type.
    private mutating func place(
        of kind: ExtensionKind, _ knowledge: ExtensionKnowledge, isAuthentic: Bool, _ role: AgentRole
    ) -> (slot: Int, isNew: Bool) {
        if let slot = slots[Key(role: role, kind: kind)] { return (slot, false) }
        var kind = kind
        if kind != kind.others {
            let hasRow = isAuthentic ? authentic.take(knowledge) : unverified.take(knowledge)
            if !hasRow { kind = kind.others }
        }
        let key = Key(role: role, kind: kind)
        if let slot = slots[key] { return (slot, false) }
        let slot = rows.insert(Row(use: kind.row(role), published: 0))
        slots[key] = slot
        return (slot, true)
    }
}

extension SharedAgentState {
    /// Counts one vendor or experimental extension, or an experimental message, that a role has received.
    ///
    /// - Parameters:
    ///   - knowledge: How the configuration knows this kind.
    ///   - isAuthentic: Whether it was verified who sent the message.
    ///   - source: The IP source address of the message.
    mutating func note(
        _ kind: ExtensionKind, _ knowledge: ExtensionKnowledge, isAuthentic: Bool, role: AgentRole, outcome: ExtensionOutcome,
        from source: IPv4Address, at now: Moment, _ effects: inout AgentEffects
    ) {
        let row = extensionUses.note(
            kind, knowledge, isAuthentic: isAuthentic, role: role, outcome: outcome, from: source, at: now, time: time(now))
        if let row { effects.changes.append(.extensionUse(row)) }
    }

    /// Publishes the rows whose publication had to wait.
    mutating func publishExtensionUses(at now: Moment, _ effects: inout AgentEffects) {
        while let row = extensionUses.popDue(at: now) { effects.changes.append(.extensionUse(row)) }
    }
}
