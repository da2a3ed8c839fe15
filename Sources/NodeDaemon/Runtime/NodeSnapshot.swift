import AgentModel
import MobileIPv4

/// The published state of a mobile node at one moment.
struct NodeSnapshot {
    var information: AgentInformation?
    var counters: AgentCounters?
    var status: MobileNodeStatus?
    var registrations: [NodeRegistration] = []
    var foreignAgents: [KnownForeignAgent] = []
    var associations: [SecurityAssociation] = []
    var violations: [SecurityViolation] = []
    var exchanges: [Exchange] = []

    /// The changes that turn an older snapshot into this one.
    func changes(since old: NodeSnapshot) -> [StateChange] {
        var changes: [StateChange] = []
        if let information, information != old.information { changes.append(.information(information)) }
        if let counters, counters != old.counters { changes.append(.counters(counters)) }
        if let status, status != old.status { changes.append(.mobileNodeStatus(status)) }
        for row in registrations where !old.registrations.contains(row) { changes.append(.registration(row)) }
        for row in old.registrations where !registrations.contains(where: { $0.key == row.key }) {
            changes.append(.registrationRemoved(row.key))
        }
        for row in foreignAgents where !old.foreignAgents.contains(row) { changes.append(.foreignAgent(row)) }
        for row in old.foreignAgents where !foreignAgents.contains(where: { $0.key == row.key }) {
            changes.append(.foreignAgentRemoved(row.key))
        }
        for row in associations where !old.associations.contains(row) { changes.append(.association(row)) }
        for row in old.associations where !associations.contains(where: { $0.key == row.key }) {
            changes.append(.associationRemoved(row.key))
        }
        for row in violations where !old.violations.contains(row) { changes.append(.violation(row)) }
        for row in old.violations where !violations.contains(where: { $0.key == row.key }) {
            changes.append(.violationRemoved(row.key))
        }
        for row in exchanges where !old.exchanges.contains(row) { changes.append(.exchange(row)) }
        for row in old.exchanges where !exchanges.contains(where: { $0.key == row.key }) {
            changes.append(.exchangeRemoved(row.key))
        }
        return changes
    }
}
