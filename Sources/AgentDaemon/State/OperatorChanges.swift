import AgentControl
import AgentModel
import MobileIPv4
import StateStore

/// The changes of operators as the state store has them: a record each, numbered in the order in which they are to be made again.
struct OperatorChanges {
    private var numbers: [String: UInt64] = [:]
    private var saved: [UInt64: AgentChange] = [:]
    private var last: UInt64 = 0

    /// The batch after which the store has exactly these changes, and these records as they are once it is written.
    func saving(_ changes: [AgentChange]) throws -> (batch: StoreBatch, after: OperatorChanges) {
        var after = self
        var batch = StoreBatch()
        var present: Set<UInt64> = []
        for change in changes {
            let number = after.number(of: change)
            present.insert(number)
            guard after.saved[number] != change else { continue }
            after.saved[number] = change
            batch.put(.changes, number, try change.record())
        }
        for (subject, number) in after.numbers where !present.contains(number) {
            after.numbers[subject] = nil
            after.saved[number] = nil
            batch.remove(.changes, number)
        }
        return (batch, after)
    }

    /// Reads a record; returns its change. Nil for one that cannot be read: its contents, which may be a key, are not quoted.
    mutating func restore(_ number: UInt64, _ bytes: [UInt8]) -> AgentChange? {
        last = max(last, number)
        guard let change = AgentChange(record: bytes) else { return nil }
        numbers[Self.subject(of: change)] = number
        saved[number] = change
        return change
    }

    private mutating func number(of change: AgentChange) -> UInt64 {
        let subject = Self.subject(of: change)
        if let number = numbers[subject] { return number }
        last += 1
        numbers[subject] = last
        return last
    }

    /// What a change is about: a later change of the same subject replaces it.
    private static func subject(of change: AgentChange) -> String {
        switch change {
        case .enabled: "enabled"
        case .endBinding(let homeAddress, let careOfAddress): "binding \(homeAddress) \(careOfAddress?.description ?? "")"
        case .association(let change): "association \(change.peer) \(change.spi)"
        case .removeAssociation(let key): "association \(key.peer) \(key.spi)"
        case .addCareOfAddress(let address), .removeCareOfAddress(let address): "careOfAddress \(address)"
        case .foreignAgent: "foreignAgent"
        case .limits: "limits"
        case .signalling: "signalling"
        case .discovery: "discovery"
        case .drain, .endDrain: "drain"
        case .notify: "notify"
        case .revoke: "revoke"
        case .advertising(let change): "advertising \(change.address)"
        case .removeAdvertising(let address): "advertising \(address)"
        case .addHomeAgent(let address), .removeHomeAgent(let address): "homeAgent \(address)"
        }
    }
}
