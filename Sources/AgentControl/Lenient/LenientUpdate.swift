import AgentModel
import Foundation
import JSON

/// Reads a reply to `Subscribe` of which some changes cannot be read: those are left out and described, so that one bad row does not hide
/// an agent. Used only after the other readers have refused the reply.
enum LenientUpdate {
    /// Nil if the reply as a whole cannot be read: it is not JSON, or its numbers or its list of changes are missing.
    static func read(_ frame: [UInt8]) -> (update: SubscriptionUpdate, unknown: UnknownVocabulary)? {
        let decoder = JSONDecoder()
        guard let reply = FaultSearch.members(of: frame[...]),
            let parameters = reply.first(where: { $0.name == "parameters" }).flatMap({ FaultSearch.members(of: $0.text) })
        else { return nil }
        func value<Value: Decodable>(_ name: String) -> Value? {
            parameters.first { $0.name == name }.flatMap { try? decoder.decode(Value.self, from: Data($0.text)) }
        }
        guard let phase: SubscriptionUpdate.Phase = value("phase"), let firstSequence: UInt64 = value("firstSequence"),
            let sequence: UInt64 = value("sequence"), let time: Timestamp = value("time"),
            let changes = parameters.first(where: { $0.name == "changes" }).flatMap({ FaultSearch.elements(of: $0.text) })
        else { return nil }
        var update = SubscriptionUpdate(
            phase: phase, firstSequence: firstSequence, sequence: sequence, time: time, changes: [])
        var unknown = UnknownVocabulary()
        for change in changes {
            guard let cut = try? VocabularyFilter.cut(change, to: Vocabulary.own.change) else { return nil }
            unknown += cut.unknown
            guard let text = cut.text else { continue }
            if let change = try? decoder.decode(ChangeRecord.self, from: Data(text)).change {
                update.changes.append(change)
                continue
            }
            update.faults.note(FaultSearch.fault(in: text[...]))
            // An older row with this key must not pass for the current one.
            if let removal = VocabularyFilter.removal(of: text[...]),
                let change = try? decoder.decode(ChangeRecord.self, from: Data(removal)).change
            {
                update.changes.append(change)
            }
        }
        return (update, unknown)
    }
}
