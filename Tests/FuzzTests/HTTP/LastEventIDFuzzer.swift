import AgentModel
import FuzzSupport
import MIPTesting

@testable import ManagementAPI

/// The identifier with which a client resumes a stream of events.
enum LastEventIDFuzzer: FuzzTarget {
    static let name = "last-event-id"
    static let about = "an identifier reads back as it prints, and from any place the journal is read in order to its end"
    static let maximumLength = 64

    /// Eight of the twelve events are still stored.
    private static let journal: EventJournal = {
        let journal = EventJournal(capacity: 8, run: "r")
        for number in 0..<12 {
            journal.append(
                AgentEvent(time: Samples.start, kind: .registered, role: .homeAgent, message: "event \(number)"), of: "home")
        }
        return journal
    }()

    static func run(_ input: [UInt8]) throws {
        guard let id = EventID(String(decoding: input, as: UTF8.self)) else { return }
        try requireEqual(EventID(id.description), id, "read again")
        let reading = journal.read(after: id.number, limit: .max / 2)
        try requireEqual(reading.place, 12, "place after reading everything")
        let first = min(id.number, 12) + 1
        try requireEqual(reading.missed + UInt64(reading.entries.count), 13 - first, "events after \(id)")
        try require(reading.entries.map(\.number) == Array(max(first, 5)..<13), "events out of order")
    }
}
