import AgentModel
import JSON
import MobileIPv4
import NIOCore

/// One event in the journal, encoded once for all streams.
struct JournalEntry: Sendable {
    let number: UInt64
    let agent: String
    let kind: String
    let homeAddress: IPv4Address?
    let careOfAddress: IPv4Address?
    let nai: NetworkAccessIdentifier?
    /// The event as one JSON object.
    let json: ByteBuffer
    /// The event as a block of `text/event-stream`.
    let block: ByteBuffer

    /// What filters match on; the rest of the event is only in its JSON.
    struct Subject {
        var agent: String
        var kind: String
        var homeAddress: IPv4Address?
        var careOfAddress: IPv4Address?
        var nai: NetworkAccessIdentifier?
    }

    init(number: UInt64, id: EventID, subject: Subject, _ event: some Encodable) throws {
        self.number = number
        agent = subject.agent
        kind = subject.kind
        homeAddress = subject.homeAddress
        careOfAddress = subject.careOfAddress
        nai = subject.nai
        let resource = Identified(id: id.description, agent: subject.agent, event: event)
        json = ByteBuffer(bytes: try JSONValue(encoding: resource).bytes)
        var block = ByteBuffer(string: "id: \(id)\nevent: \(subject.kind)\ndata: ")
        block.writeImmutableBuffer(json)
        block.writeString("\n\n")
        self.block = block
    }

    private struct Identified<Event: Encodable>: Encodable {
        let id: String
        let agent: String
        let event: Event

        private enum Member: String, CodingKey { case id, agent }

        func encode(to encoder: any Encoder) throws {
            try event.encode(to: encoder)
            var members = encoder.container(keyedBy: Member.self)
            try members.encode(id, forKey: .id)
            try members.encode(agent, forKey: .agent)
        }
    }
}

/// The identifier of an event, for `Last-Event-ID`: the run of the daemon, and the event's number in that run.
struct EventID: Hashable, Sendable, CustomStringConvertible {
    let run: String
    let number: UInt64

    init(run: String, number: UInt64) {
        self.run = run
        self.number = number
    }

    /// Parses the form that `description` prints; nil for anything else.
    init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, parts[0].count <= 16, let number: UInt64 = DecimalNumber.parse(parts[1]) else {
            return nil
        }
        run = String(parts[0])
        self.number = number
    }

    var description: String { "\(run)-\(number)" }
}
