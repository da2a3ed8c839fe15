import AgentModel
internal import DequeModule
import MobileIPv4

/// An exchange, and while it waits for an acknowledgment what is sent.
struct ExchangeEntry {
    var row: Exchange
    var outgoing: OutgoingExchange?
}

/// The exchanges of an agent: those that wait for an acknowledgment, and the latest that have ended. Both are bounded.
struct ExchangeTable {
    /// How many that have ended are remembered.
    static let remembered = 1024
    /// Most that may wait at a time.
    static let waitingLimit = 16_384
    /// Nanoseconds between the first tries of messages to one peer, so that many together do not overrun it.
    static let spacing: Int64 = 10_000_000

    private(set) var rows = SlotTable<ExchangeEntry>()
    private var deadlines = DeadlineQueue()
    private var slots: [UInt32: Int] = [:]
    private var ended: Deque<Int> = []
    private var waitingByHomeAddress: [IPv4Address: [Int]] = [:]
    /// When the next message to a peer may begin, in `Moment.uptime`; only of peers with messages that wait.
    private var turns: [IPv4Address: Int64] = [:]
    private var lastNumber: UInt32 = 0
    private(set) var waitingCount = 0

    var nextDeadline: Int64? { waitingCount == 0 ? nil : deadlines.next }
    var hasRoom: Bool { waitingCount < Self.waitingLimit }

    subscript(slot: Int) -> ExchangeEntry {
        get { rows[slot] }
        _modify { yield &rows[slot] }
    }

    func find(_ number: UInt32) -> Int? { slots[number] }

    /// The slots of messages about a home address that wait for an acknowledgment.
    func waiting(about homeAddress: IPv4Address) -> [Int] { waitingByHomeAddress[homeAddress] ?? [] }

    /// Adds an exchange that has ended already: a message that was received.
    mutating func insert(received row: Exchange, _ effects: inout AgentEffects) -> UInt32 {
        let slot = add(ExchangeEntry(row: row), &effects)
        effects.changes.append(.exchange(rows[slot].row))
        retire(slot, &effects)
        return rows[slot].row.number
    }

    /// Adds a message to send. Its first try is due when it is the peer's turn, mostly at once, but not before `earliest`.
    @discardableResult
    mutating func insert(
        _ outgoing: OutgoingExchange, _ row: Exchange, notBefore earliest: Int64, _ effects: inout AgentEffects
    ) -> Int {
        let slot = add(ExchangeEntry(row: row, outgoing: outgoing), &effects)
        waitingCount += 1
        waitingByHomeAddress[row.homeAddress, default: []].append(slot)
        let turn = max(earliest, turns[row.peer] ?? earliest)
        turns[row.peer] = turn + Self.spacing
        deadlines.schedule(slot, at: turn)
        effects.changes.append(.exchange(rows[slot].row))
        return slot
    }

    /// Ends the revocations of a registration that has been made anew.
    ///
    /// - Parameter peer: With whom it has been made; nil for whoever they were sent to.
    mutating func cancelRevocations(
        of registration: RevokedRegistration, to peer: IPv4Address? = nil, at time: Timestamp, _ effects: inout AgentEffects
    ) {
        if waitingCount == 0 { return }
        for slot in waiting(about: registration.homeAddress) {
            guard case .revocation(let revocation)? = rows[slot].outgoing?.message, revocation.registration == registration,
                peer == nil || rows[slot].row.peer == peer
            else { continue }
            if rows[slot].row.tries == 0 { withdraw(slot, &effects) } else { end(slot, .superseded, at: time, &effects) }
        }
    }

    private mutating func add(_ entry: ExchangeEntry, _ effects: inout AgentEffects) -> Int {
        var entry = entry
        repeat { lastNumber &+= 1 } while lastNumber == 0 || slots[lastNumber] != nil
        entry.row.number = lastNumber
        let slot = rows.insert(entry)
        slots[lastNumber] = slot
        return slot
    }

    mutating func schedule(_ slot: Int, at deadline: Int64) { deadlines.schedule(slot, at: deadline) }

    /// A message whose next try is due.
    mutating func popDue(_ uptime: Int64) -> Int? {
        while let slot = deadlines.popDue(uptime) {
            if rows.contains(slot), rows[slot].outgoing != nil { return slot }
        }
        return nil
    }

    /// The exchange has ended: publishes its row and remembers it for a while.
    mutating func end(_ slot: Int, _ state: ExchangeState, at time: Timestamp, _ effects: inout AgentEffects) {
        guard rows[slot].outgoing != nil else { return }
        stopWaiting(slot)
        rows[slot].row.state = state
        rows[slot].row.ended = time
        rows[slot].row.nextTry = nil
        effects.changes.append(.exchange(rows[slot].row))
        retire(slot, &effects)
    }

    /// Forgets a message that was never sent.
    private mutating func withdraw(_ slot: Int, _ effects: inout AgentEffects) {
        stopWaiting(slot)
        forget(slot, &effects)
    }

    private mutating func stopWaiting(_ slot: Int) {
        let (homeAddress, peer) = (rows[slot].row.homeAddress, rows[slot].row.peer)
        rows[slot].outgoing = nil
        deadlines.cancel(slot)
        waitingCount -= 1
        waitingByHomeAddress[homeAddress]?.removeAll { $0 == slot }
        if waitingByHomeAddress[homeAddress]?.isEmpty == true { waitingByHomeAddress[homeAddress] = nil }
        if waitingCount == 0 { turns.removeAll() } else if turns.count > 2 * waitingCount { turns[peer] = nil }
    }

    private mutating func retire(_ slot: Int, _ effects: inout AgentEffects) {
        ended.append(slot)
        guard ended.count > Self.remembered else { return }
        forget(ended.removeFirst(), &effects)
    }

    private mutating func forget(_ slot: Int, _ effects: inout AgentEffects) {
        let number = rows[slot].row.number
        slots[number] = nil
        rows.remove(slot)
        effects.changes.append(.exchangeRemoved(ExchangeKey(number: number)))
    }

    /// Shifts every time by this many milliseconds.
    mutating func shiftTimes(by milliseconds: Int64) {
        for slot in 0..<rows.end where rows.contains(slot) { rows[slot].row.shiftTimes(by: milliseconds) }
    }
}

extension Exchange {
    fileprivate mutating func shiftTimes(by milliseconds: Int64) {
        started = started.adding(milliseconds: milliseconds)
        nextTry = nextTry?.adding(milliseconds: milliseconds)
        ended = ended?.adding(milliseconds: milliseconds)
    }
}
