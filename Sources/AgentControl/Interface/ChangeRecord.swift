import AgentModel
import JSON

/// A `StateChange` as JSON in any form: an object with exactly one member (`type Change`).
struct ChangeRecord: Codable {
    let change: StateChange

    init(_ change: StateChange) { self.change = change }

    func encode(to encoder: any Encoder) throws {
        var target = EncodedChange(members: encoder.container(keyedBy: ChangeKind.self))
        try change.hand(to: &target)
    }

    init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: ChangeKind.self)
        guard let kind = members.allKeys.first, members.allKeys.count == 1 else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "expected a change with exactly one known member"))
        }
        var source = DecodedChange(members: members, kind: kind)
        change = try StateChange(kind, from: &source)
    }
}

private struct EncodedChange: ChangeTarget {
    var members: KeyedEncodingContainer<ChangeKind>

    mutating func take(_ record: some Record & Encodable, as kind: ChangeKind) throws { try members.encode(record, forKey: kind) }
    mutating func take(_ counters: AgentCounters) throws { try members.encode(counters, forKey: .counters) }
}

private struct DecodedChange: ChangeSource {
    let members: KeyedDecodingContainer<ChangeKind>
    let kind: ChangeKind

    mutating func record<R: Record & Decodable>() throws -> R { try members.decode(R.self, forKey: kind) }
    mutating func counters() throws -> AgentCounters { try members.decode(AgentCounters.self, forKey: kind) }
}
