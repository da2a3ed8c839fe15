import AgentModel
import MobileIPv4

/// The visitor list of a foreign agent, with pending requests and all deadlines.
struct VisitorTable {
    private(set) var rows = SlotTable<VisitorEntry>()
    private(set) var pendingCount = 0
    /// Visitors that a home agent has accepted.
    private(set) var acceptedCount = 0
    private var pendingOrder = PendingOrder()
    private var slots: [VisitorIdentity: Int] = [:]
    /// Slots with a pending request, by the low word of its identification.
    private var pendingByIdentification: [UInt32: [Int]] = [:]
    private var visitDeadlines = DeadlineQueue()
    private var pendingDeadlines = DeadlineQueue()

    var count: Int { rows.count }

    var nextDeadline: Int64? { visitDeadlines.next.earlier(or: pendingDeadlines.next) }

    subscript(slot: Int) -> VisitorEntry { rows[slot] }

    /// The slot of exactly this identity.
    func find(_ identity: VisitorIdentity) -> Int? { slots[identity] }

    /// The slot for a request of this identity. A visitor that was accepted without its NAI is known by its address alone, also when a
    /// request names an NAI.
    func find(requestOf identity: VisitorIdentity) -> Int? {
        guard identity.nai != nil, let nameless = slots[VisitorIdentity(homeAddress: identity.homeAddress, nai: nil)] else {
            return slots[identity]
        }
        if rows[nameless].pending?.identity == identity { return nameless }
        return slots[identity] ?? (rows[nameless].visitor.state == .accepted ? nameless : nil)
    }

    /// The slot whose pending request is answered by `reply`; nil if there is none, or if the reply lacks the NAI that would say which of
    /// several nodes without a home address it is for.
    ///
    /// Anyone can send a request with the identification and NAI of another node. The request that has the reply's home address, and was
    /// sent to where the reply comes from, therefore precedes those that the reply could answer as well; then such that were sent there.
    func find(answeredBy reply: RegistrationReply, nai: NetworkAccessIdentifier?, from source: IPv4Address) -> Int? {
        func isAnswered(_ slot: Int) -> Bool { rows[slot].pending?.isAnswered(by: reply, nai: nai, from: source) == true }
        func isAnsweredFromThere(_ slot: Int) -> Bool { rows[slot].pending?.sentTo.address == source && isAnswered(slot) }
        func isAnsweredExactly(_ slot: Int) -> Bool {
            rows[slot].pending?.request.homeAddress == reply.homeAddress && isAnsweredFromThere(slot)
        }
        guard let slots = pendingByIdentification[reply.identification.low],
            let first = slots.first(where: isAnsweredExactly) ?? slots.first(where: isAnsweredFromThere)
                ?? slots.first(where: isAnswered)
        else { return nil }
        let isAmbiguous = nai == nil && rows[first].identity.homeAddress == .zero && slots.count(where: isAnswered) > 1
        return isAmbiguous ? nil : first
    }

    /// Up to `limit` slots whose pending request may be the quoted one, of at most as many that have its identification. Without an
    /// identification, every pending request is examined until that many are found.
    func pending(quotedBy quoted: QuotedRequest, limit: Int) -> [Int] {
        func isQuoted(_ slot: Int) -> Bool { rows[slot].pending.map { quoted.isOf($0.relayed) } ?? false }
        if let identification = quoted.identification {
            return pendingByIdentification[identification]?.prefix(limit).filter(isQuoted) ?? []
        }
        var found: [Int] = []
        for slots in pendingByIdentification.values {
            for slot in slots where isQuoted(slot) {
                found.append(slot)
                if found.count == limit { return found }
            }
        }
        return found
    }

    /// How many pending requests are of this kind.
    func pendingCount(_ place: PendingPlace) -> Int { pendingOrder.count(place) }

    /// Slots with a pending request of this kind, the oldest first.
    func oldestPending(_ place: PendingPlace, limit: Int) -> [Int] { pendingOrder.oldest(place, limit: limit) }

    mutating func insert(_ visitor: Visitor, identity: VisitorIdentity) -> Int {
        let slot = rows.insert(VisitorEntry(visitor: visitor, pending: nil, identity: identity))
        slots[identity] = slot
        if visitor.state == .accepted { acceptedCount += 1 }
        return slot
    }

    /// Replaces the row of a slot; `deadline` is when the visit ends, nil for never.
    mutating func update(_ slot: Int, _ visitor: Visitor, deadline: Int64?) {
        acceptedCount += (visitor.state == .accepted ? 1 : 0) - (rows[slot].visitor.state == .accepted ? 1 : 0)
        rows[slot].visitor = visitor
        if let deadline { visitDeadlines.schedule(slot, at: deadline) } else { visitDeadlines.cancel(slot) }
    }

    /// Replaces the row of a slot whose visit has not begun.
    mutating func update(_ slot: Int, pending visitor: Visitor) { rows[slot].visitor = visitor }

    /// When the visit ends, in `Moment.uptime`; nil for never.
    func deadline(_ slot: Int) -> Int64? { visitDeadlines.deadline(of: slot) }

    /// Records the link-layer address from which a visitor's accepted request came, and which home agent accepted it.
    mutating func note(_ slot: Int, linkLayer: UInt64?, answeredBy homeAgent: IPv4Address) {
        rows[slot].linkLayer = linkLayer
        rows[slot].answeredBy = homeAgent
    }

    mutating func setPending(_ slot: Int, _ pending: PendingRequest) {
        // A repetition does not make a request newer.
        let repeated = rows[slot].pending.map { $0.place == pending.place && $0.begun == pending.begun } ?? false
        let low = pending.request.identification.low
        let place = repeated ? pendingByIdentification[low]?.firstIndex(of: slot) : nil
        clearPending(slot, keepingOrder: repeated)
        rows[slot].pending = pending
        let count = pendingByIdentification[low]?.count ?? 0
        pendingByIdentification[low, default: []].insert(slot, at: min(place ?? count, count))
        pendingCount += 1
        if !repeated { pendingOrder.append(slot, pending.place) }
        pendingDeadlines.schedule(slot, at: pending.deadline)
    }

    mutating func clearPending(_ slot: Int, keepingOrder: Bool = false) {
        guard let pending = rows[slot].pending else { return }
        let low = pending.request.identification.low
        rows[slot].pending = nil
        pendingCount -= 1
        pendingDeadlines.cancel(slot)
        if !keepingOrder { pendingOrder.remove(slot) }
        pendingByIdentification[low]?.removeAll { $0 == slot }
        if pendingByIdentification[low]?.isEmpty == true { pendingByIdentification[low] = nil }
    }

    mutating func remove(_ slot: Int) {
        clearPending(slot)
        visitDeadlines.cancel(slot)
        slots[rows[slot].identity] = nil
        if rows[slot].visitor.state == .accepted { acceptedCount -= 1 }
        rows.remove(slot)
    }

    /// A slot whose request was not answered by a home agent in time.
    mutating func popTimedOut(_ now: Int64) -> Int? {
        while let slot = pendingDeadlines.popDue(now) {
            if rows.contains(slot), rows[slot].pending != nil { return slot }
        }
        return nil
    }

    /// A slot whose visit is over.
    mutating func popExpired(_ now: Int64) -> Int? {
        while let slot = visitDeadlines.popDue(now) {
            if rows.contains(slot) { return slot }
        }
        return nil
    }

    /// Shifts every time by this many milliseconds.
    mutating func shiftTimes(by milliseconds: Int64) {
        func shifted(_ time: Timestamp) -> Timestamp { time.adding(milliseconds: milliseconds) }
        for slot in 0..<rows.end where rows.contains(slot) {
            rows[slot].visitor.created = shifted(rows[slot].visitor.created)
            rows[slot].visitor.expires = rows[slot].visitor.expires.map(shifted)
            guard let pending = rows[slot].pending else { continue }
            rows[slot].pending?.sent = shifted(pending.sent)
            rows[slot].pending?.expires = shifted(pending.expires)
        }
    }
}
