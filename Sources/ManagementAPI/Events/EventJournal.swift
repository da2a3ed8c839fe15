import AgentModel
import Foundation
import Logging
import ManagementCore
import NIOConcurrencyHelpers

/// The latest events of all agents in a single order, and the streams that wait for more. Safe to use from any thread.
///
/// A stream holds only its place in the journal and no events of its own, so many slow readers share one buffer. A stream that falls
/// behind the oldest stored event learns how many events it has missed.
final class EventJournal: Sendable {
    /// What a reader gets next.
    struct Reading {
        /// Number of events between the reader's place and the first entry that are no longer stored.
        var missed: UInt64
        var entries: [JournalEntry]
        /// The reader's place after these.
        var place: UInt64
    }

    private struct Contents {
        /// Entries by number modulo the capacity; a new entry overwrites the oldest.
        var ring: [JournalEntry] = []
        /// Number of the latest event; the first is 1.
        var last: UInt64 = 0
        var subscriptions: [ObjectIdentifier: EventSubscription] = [:]

        var oldest: UInt64 { last - UInt64(ring.count) + 1 }
    }

    private let contents = NIOLockedValueBox(Contents())
    private let capacity: Int
    /// Identifies this run of the daemon; different after each start.
    let run: String

    /// - Parameter capacity: how many events are stored for clients that reconnect.
    init(capacity: Int, run: String) {
        self.capacity = capacity
        self.run = run
    }

    /// The identifier of the latest event.
    var lastID: EventID { EventID(run: run, number: contents.withLockedValue { $0.last }) }

    /// How many streams are open.
    var subscriptionCount: Int { contents.withLockedValue { $0.subscriptions.count } }

    /// How many events occurred in this run.
    var total: UInt64 { contents.withLockedValue { $0.last } }

    /// Records an event and wakes every stream.
    func append(_ event: AgentEvent, of agent: String) {
        let subject = JournalEntry.Subject(
            agent: agent, kind: event.kind.rawValue, homeAddress: event.homeAddress, careOfAddress: event.careOfAddress,
            nai: event.nai)
        append(subject, event)
    }

    /// Records an event about the management of an agent.
    func append(_ event: ManagementEvent, of agent: String) {
        append(JournalEntry.Subject(agent: agent, kind: event.kind.rawValue), event)
    }

    private func append(_ subject: JournalEntry.Subject, _ event: some Encodable) {
        let waiting = contents.withLockedValue { contents -> [EventSubscription] in
            let number = contents.last + 1
            // Encoding our own records does not fail. If it did, the event would get no number and no stream would wait for it.
            guard let entry = try? JournalEntry(number: number, id: EventID(run: run, number: number), subject: subject, event)
            else { return [] }
            contents.last = number
            if contents.ring.count < capacity {
                contents.ring.append(entry)
            } else {
                contents.ring[Int((number - 1) % UInt64(capacity))] = entry
            }
            return Array(contents.subscriptions.values)
        }
        for subscription in waiting { subscription.wake(.event) }
    }

    /// The events after a place that `matches` selects, out of the next `limit` at most.
    func read(after place: UInt64, limit: Int = 256, where matches: (JournalEntry) -> Bool = { _ in true }) -> Reading {
        let (missed, entries, end) = contents.withLockedValue { contents -> (UInt64, [JournalEntry], UInt64) in
            // A place past the latest event was never handed out.
            let place = min(place, contents.last)
            let first = max(place + 1, contents.oldest)
            let end = min(contents.last, first + UInt64(limit) - 1)
            guard first <= end else { return (0, [], place) }
            let entries = (first...end).map { contents.ring[Int(($0 - 1) % UInt64(capacity))] }
            return (first - place - 1, entries, end)
        }
        return Reading(missed: missed, entries: entries.filter(matches), place: end)
    }

    /// Registers a stream that waits for events.
    func subscribe() -> EventSubscription {
        let subscription = EventSubscription()
        contents.withLockedValue { $0.subscriptions[ObjectIdentifier(subscription)] = subscription }
        return subscription
    }

    func unsubscribe(_ subscription: EventSubscription) {
        contents.withLockedValue { _ = $0.subscriptions.removeValue(forKey: ObjectIdentifier(subscription)) }
    }

    /// Wakes every stream to send a heartbeat.
    func tick() {
        for subscription in contents.withLockedValue({ Array($0.subscriptions.values) }) { subscription.wake(.tick) }
    }
}
