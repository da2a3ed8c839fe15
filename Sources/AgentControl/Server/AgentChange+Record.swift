package import AgentModel
import Foundation

/// A change of an operator as a record of a state store: one JSON object.
extension AgentChange {
    /// The record, which may include a key.
    package func record() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(AgentChangeRequest(self)))
    }

    /// Nil if these bytes are not the record of a change.
    package init?(record: [UInt8]) {
        guard let request = try? JSONDecoder().decode(AgentChangeRequest.self, from: Data(record)) else { return nil }
        self = request.change
    }
}
