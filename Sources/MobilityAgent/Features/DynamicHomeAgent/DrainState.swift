import AgentModel
internal import DequeModule
import MobileIPv4

/// How far a home agent has got with moving its nodes to other home agents.
///
/// When registration is switched off, an agent ends its bindings and lets thousands of messages wait (`Withdrawal`). Here a node must
/// not be without a registration for long: a binding ends only while few revocations wait for its other end. One that does not answer
/// keeps few nodes waiting, and holds up nobody else's.
struct DrainState {
    /// Nanoseconds between two looks at the bindings.
    static let pause: Int64 = 100_000_000
    /// The most bindings that are ended between two pauses for one other end: four fifths of the messages that it can be sent in that time,
    /// because a foreign agent informs at most 100 visitors a second.
    static let bindingsPerPeer = Int(pause / ExchangeQueue.spacing) * 4 / 5
    /// The most revocations that may wait for one other end when a binding of it is ended, whatever they are about: so many go on at full
    /// pace while the acknowledgments take up to a pause.
    static let waitingPerPeer = 2 * bindingsPerPeer
    /// The most bindings that are looked at between two pauses, of those not looked at yet and of those that had to wait.
    static let slotsPerCall = 1024
    /// The most revocations that may wait when the next binding is ended.
    static let waitingLimit = 4096

    let order: DrainOrder
    /// When the agent began.
    var since: Timestamp
    /// Requests redirected since.
    var redirected: UInt64
    /// True once every binding that can be moved has ended.
    private(set) var isComplete = false
    /// When it goes on, in `Moment.uptime`; nil while no binding is left that can be moved.
    private(set) var due: Int64?
    /// True while bindings are looked at again that could not be moved before.
    private var isReopened = false
    /// The next slot of the table that was not looked at yet.
    private var slot = 0
    /// Whether all bindings are to be looked at once more, after those that were not looked at yet.
    private var repeats = false
    /// Slots of bindings that had to wait, or that were made or renewed meanwhile: a line for each other end. The lines take turns.
    private var lines: [IPv4Address: Deque<Int>] = [:]
    private var turns: Deque<IPv4Address> = []
    /// What is in the lines: a slot is in one of them at most.
    private var isPostponed = SlotSet()
    /// Slots of bindings that cannot be moved, as far as they were looked at.
    private var immovable = SlotSet()

    /// - Parameters:
    ///   - earlier: What an order has done that this one replaces and goes on from.
    ///   - time: The clock at `uptime`.
    init(_ order: DrainOrder, after earlier: DrainState?, at uptime: Int64, time: Timestamp) {
        self.order = order
        since = earlier?.since ?? time
        redirected = earlier?.redirected ?? 0
        immovable = earlier?.immovable ?? SlotSet()
        due = uptime
    }

    /// How many of the bindings of the agent can be moved.
    func movableCount(of bindings: Int) -> Int { max(0, bindings - immovable.count) }

    /// The slots to look at in this call, those that had to wait first.
    ///
    /// At its turn, a line has as many bindings looked at as may end in a call, so that its length delays no other line.
    mutating func takeSlots(before tableEnd: Int) -> [Int] {
        var slots: [Int] = []
        while slots.count < Self.slotsPerCall, let peer = turns.popFirst(), var line = lines.removeValue(forKey: peer) {
            for _ in 0..<min(Self.bindingsPerPeer, line.count, Self.slotsPerCall - slots.count) {
                let next = line.removeFirst()
                isPostponed.remove(next)
                slots.append(next)
            }
            guard !line.isEmpty else { continue }
            lines[peer] = line
            turns.append(peer)
        }
        if slot >= tableEnd, repeats { (slot, repeats) = (0, false) }
        let end = min(tableEnd, slot + Self.slotsPerCall)
        if slot < end {
            slots += slot..<end
            slot = end
        }
        return slots
    }

    /// Looks at a slot again in a later call, when it is the turn of this other end.
    mutating func postpone(_ slot: Int, for peer: IPv4Address) {
        guard isPostponed.insert(slot) else { return }
        if lines[peer] == nil { turns.append(peer) }
        lines[peer, default: []].append(slot)
    }

    /// A binding was made or renewed, or another one of its node has ended.
    mutating func add(_ slot: Int, of peer: IPv4Address, at uptime: Int64) {
        postpone(slot, for: peer)
        due = min(due ?? .max, uptime + Self.pause)
    }

    /// Notes whether a binding can be moved.
    mutating func note(_ slot: Int, isMovable: Bool) {
        guard isMovable else {
            immovable.insert(slot)
            return
        }
        immovable.remove(slot)
        if isReopened { (isReopened, isComplete) = (false, false) }
    }

    /// A binding has ended.
    mutating func forget(_ slot: Int) { immovable.remove(slot) }

    /// Looks at all bindings again, because a setting or an association has changed.
    mutating func lookAgain() {
        (repeats, isReopened, due) = (true, true, due ?? 0)
    }

    /// Ends a call. Returns true when nothing is left to do, the first time and after something was left again.
    mutating func endCall(tableEnd: Int, at uptime: Int64) -> Bool {
        guard isPostponed.count == 0, slot >= tableEnd, !repeats else {
            due = uptime + Self.pause
            return false
        }
        due = nil
        isReopened = false
        defer { isComplete = true }
        return !isComplete
    }
}
