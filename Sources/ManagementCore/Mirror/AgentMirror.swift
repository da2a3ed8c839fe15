import AgentControl
import AgentModel
import NIOConcurrencyHelpers

/// The live snapshot of one agent and the rules of its connection. Does no I/O. Use it from any thread.
final class AgentMirror: Sendable {
    /// The subscription is broken; subscribe again.
    enum Break: Error, CustomStringConvertible {
        case missedChanges(expected: UInt64, got: UInt64)

        var description: String {
            switch self {
            case .missedChanges(let expected, let got): "change \(expected) is missing; the next one received is \(got)"
            }
        }
    }

    fileprivate struct Contents {
        /// What readers see.
        var shown: AgentState
        /// The snapshot under construction during a synchronisation, so that readers never see an incomplete one.
        var building: AgentState?
        /// The local clock when the agent was last heard from.
        var heard: Int64?
        var clock = AgentClockEstimate()
        var lostAt: Int64?
        var listeners: [UInt64: Listener] = [:]
        /// Number of the next event.
        var nextEvent: UInt64 = 0
        var nextListener: UInt64 = 0
    }

    private let contents: NIOLockedValueBox<Contents>
    private let graceMilliseconds: Int64

    init(name: String, grace: Duration) {
        contents = NIOLockedValueBox(Contents(shown: AgentState(name: name)))
        graceMilliseconds = grace.components.seconds * 1000 + grace.components.attoseconds / 1_000_000_000_000_000
    }

    /// The snapshot at local time `now` in milliseconds of `MonotonicClock`.
    func state(at now: Int64) -> AgentState {
        contents.withLockedValue { contents in
            if let lost = contents.lostAt, now - lost >= graceMilliseconds, contents.shown.health.connection == .stale {
                contents.shown = contents.shown.withdrawn()
                contents.shown.health.connection = .down
            }
            var state = contents.shown
            if let heard = contents.heard { state.health.age = Double(max(0, now - heard)) / 1000 }
            if let difference = contents.clock.least { state.agentTime = Timestamp(milliseconds: now - difference) }
            state.clockDifference = contents.clock.fixed
            return state
        }
    }

    func connected() {
        contents.withLockedValue { contents in
            contents.shown.health.connections += 1
            contents.shown.health.faults = RowFaults()
            if contents.lostAt == nil { contents.shown.health.connection = .synchronizing }
            contents.clock.begin()
            contents.building = AgentState(name: contents.shown.name)
        }
    }

    func disconnected(_ reason: String, at now: Int64) {
        contents.withLockedValue { contents in
            contents.building = nil
            contents.shown.health.lastError = reason
            guard contents.lostAt == nil else { return }
            if contents.shown.information == nil {
                contents.shown.health.connection = .connecting
            } else {
                contents.lostAt = now
                contents.shown.health.connection = .stale
            }
        }
    }

    func apply(_ update: SubscriptionUpdate, at now: Int64) throws(Break) {
        let (missed, events) = contents.withLockedValue { contents -> (Break?, [AgentEvent]) in
            contents.heard = now
            if !update.unknown.isEmpty { contents.shown.health.unknown += update.unknown }
            if !update.faults.isEmpty { contents.shown.health.faults += update.faults }
            if update.phase != .live {
                contents.clock.observe(building: update.time.milliseconds, at: now)
                guard var building = contents.building else { return (nil, []) }
                // Removed while it is changed: with a second reference every change would copy a path of the tree.
                contents.building = nil
                for change in update.changes { building.apply(change, at: update.time) }
                building.sequence = update.sequence
                if update.phase == .synced { contents.show(building, at: update.time) } else { contents.building = building }
                return (nil, [])
            }
            contents.followClock(update)
            contents.clock.observe(agent: update.time.milliseconds, at: now)
            let expected = contents.shown.sequence + 1
            guard update.firstSequence <= expected else {
                return (.missedChanges(expected: expected, got: update.firstSequence), [])
            }
            var events: [AgentEvent] = []
            for change in update.changes {
                contents.shown.apply(change, at: update.time)
                if case .event(let event) = change { events.append(event) }
            }
            contents.shown.sequence = max(contents.shown.sequence, update.sequence)
            return (nil, events)
        }
        if let missed { throw missed }
        if !events.isEmpty {
            // Numbered under the same lock that reads the listeners, so that a new listener receives everything from its first number on.
            let (listeners, first) = contents.withLockedValue { contents in
                defer { contents.nextEvent += UInt64(events.count) }
                return (Array(contents.listeners.values), contents.nextEvent)
            }
            for listener in listeners {
                for (number, event) in zip(first..., events) { listener.receive(number, event) }
            }
        }
    }

    /// Keeps at most this many rows of history.
    func setHistoryLimit(_ limit: Int) { contents.withLockedValue { $0.shown.history.setLimit(limit) } }

    /// Events from now on; `dropped` receives those that the listener loses because it does not keep up.
    func events(dropped: @escaping @Sendable (AgentEvent) -> Void) -> AgentEvents {
        let (stream, continuation) = AsyncStream.makeStream(
            of: (number: UInt64, event: AgentEvent).self, bufferingPolicy: .bufferingNewest(AgentEvents.capacity))
        let (id, first) = contents.withLockedValue { contents in
            contents.nextListener += 1
            contents.listeners[contents.nextListener] = Listener(continuation: continuation, dropped: dropped)
            return (contents.nextListener, contents.nextEvent)
        }
        continuation.onTermination = { [contents] _ in contents.withLockedValue { _ = $0.listeners.removeValue(forKey: id) } }
        return AgentEvents(numbered: stream, first: first)
    }
}

extension AgentMirror {
    /// One reader of the events.
    fileprivate struct Listener {
        let continuation: AsyncStream<(number: UInt64, event: AgentEvent)>.Continuation
        let dropped: @Sendable (AgentEvent) -> Void

        func receive(_ number: UInt64, _ event: AgentEvent) {
            if case .dropped(let lost) = continuation.yield((number, event)) { dropped(lost.event) }
        }
    }
}

extension AgentMirror.Contents {
    /// Follows the agent's clock if this update reports that it was set: the start of the same run is at another time than before. The
    /// times of rows in this update and after it are by the clock as it is set now.
    fileprivate mutating func followClock(_ update: SubscriptionUpdate) {
        for case .information(let new) in update.changes {
            guard let before = shown.health.run, before.instance == new.instance, before.start != new.startTime else { continue }
            let step = new.startTime.milliseconds(since: before.start)
            clock.set(by: step, at: update.time.milliseconds)
            shown.shiftTimes(by: step)
        }
    }

    /// Replaces the snapshot that readers see with a complete one.
    ///
    /// - Parameter time: the agent's clock when it sent the snapshot's last part.
    fileprivate mutating func show(_ new: AgentState, at time: Timestamp) {
        var new = new
        new.health = shown.health
        new.health.connection = .synchronized
        let run = new.information.map { AgentRun($0) }
        if let run {
            if let before = shown.health.run, !before.isSame(as: run) { new.health.restarts += 1 }
            (new.health.instance, new.health.discontinuity) = (run.instance, run.start)
        }
        new.inherit(from: shown, at: time)
        clock.end(run: run, at: time.milliseconds)
        shown = new
        lostAt = nil
        building = nil
    }
}
