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
    /// Most revocations that may wait at a time.
    static let waitingLimit = 16_384
    /// Most notifications that may wait at a time. They take no place of a revocation.
    static let notificationLimit = waitingLimit / 4 * 3

    private(set) var rows = SlotTable<ExchangeEntry>()
    private var revocations = ExchangeQueue()
    private var notifications = ExchangeQueue()
    private var slots: [UInt32: Int] = [:]
    private var ended: Deque<Int> = []
    private var waitingByHomeAddress: [IPv4Address: [Int]] = [:]
    private var lastNumber: UInt32 = 0

    var nextDeadline: Int64? { revocations.next.earlier(or: notifications.next) }
    /// How many revocations wait. Notifications do not count: they keep no registration from being ended.
    var waitingCount: Int { revocations.count }
    /// How many revocations wait in the line of an address.
    func waitingRevocations(to address: IPv4Address) -> Int { revocations.waiting(for: address) }
    /// Whether one more revocation may wait.
    var hasRoom: Bool { revocations.count < Self.waitingLimit }
    /// How many more notifications may wait.
    var notificationRoom: Int { max(0, Self.notificationLimit - notifications.count) }

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

    /// Adds a message to send. Its first try is due when it is the turn of its destination among messages of its kind, mostly at once,
    /// but not before `earliest`.
    @discardableResult
    mutating func insert(
        _ outgoing: OutgoingExchange, _ row: Exchange, notBefore earliest: Int64, _ effects: inout AgentEffects
    ) -> Int {
        let slot = add(ExchangeEntry(row: row, outgoing: outgoing), &effects)
        waitingByHomeAddress[row.homeAddress, default: []].append(slot)
        withQueue(of: row.kind) { $0.insert(slot, to: outgoing.destination.address, notBefore: earliest) }
        effects.changes.append(.exchange(rows[slot].row))
        return slot
    }

    /// Ends the revocations of a registration that has been made anew.
    ///
    /// - Parameter peer: With whom it has been made; nil for whoever they were sent to.
    mutating func cancelRevocations(
        of registration: RevokedRegistration, to peer: IPv4Address? = nil, at time: Timestamp, _ effects: inout AgentEffects
    ) {
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

    mutating func schedule(_ slot: Int, at deadline: Int64) {
        withQueue(of: rows[slot].row.kind) { $0.schedule(slot, at: deadline) }
    }

    /// A message whose next try is due. Revocations are first.
    mutating func popDue(_ uptime: Int64) -> Int? {
        while let slot = revocations.popDue(uptime) ?? notifications.popDue(uptime) {
            if rows.contains(slot), rows[slot].outgoing != nil { return slot }
        }
        return nil
    }

    /// A notification that waits is about another registration with the same receiver from its next try on.
    mutating func redirect(_ slot: Int, to registration: NotifiedRegistration, _ effects: inout AgentEffects) {
        guard rows[slot].outgoing != nil else { return }
        let addresses = registration.addresses
        removeFromHomeAddress(slot)
        waitingByHomeAddress[addresses.homeAddress, default: []].append(slot)
        rows[slot].outgoing?.redirect(to: addresses)
        rows[slot].row.homeAddress = addresses.homeAddress
        rows[slot].row.homeAgent = addresses.homeAgent
        rows[slot].row.careOfAddress = addresses.careOfAddress
        rows[slot].row.nai = registration.nai
        // The next try may have to wait.
        effects.changes.append(.exchange(rows[slot].row))
    }

    private mutating func withQueue(of kind: ExchangeKind, _ change: (inout ExchangeQueue) -> Void) {
        switch kind {
        case .revocation: change(&revocations)
        case .notification: change(&notifications)
        }
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
        guard rows[slot].outgoing != nil else { return }
        rows[slot].outgoing = nil
        withQueue(of: rows[slot].row.kind) { $0.remove(slot) }
        removeFromHomeAddress(slot)
    }

    private mutating func removeFromHomeAddress(_ slot: Int) {
        let homeAddress = rows[slot].row.homeAddress
        waitingByHomeAddress[homeAddress]?.removeAll { $0 == slot }
        if waitingByHomeAddress[homeAddress]?.isEmpty == true { waitingByHomeAddress[homeAddress] = nil }
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
