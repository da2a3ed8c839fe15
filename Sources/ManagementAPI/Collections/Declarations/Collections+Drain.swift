import AgentModel
import ManagementCore
import MobileIPv4

// What home agents do by order of an operator to move their nodes.
extension Collections {
    static let drain = ResourceCollection<OnlyKey, DrainStatus>(
        name: "drain",
        about: "Home agents that move their nodes to other home agents by order of an operator, and how many bindings are left.",
        schema: "Drain", table: { state in table(state.information?.drain.map { [$0] } ?? []) { _ in OnlyKey() } }, pathParts: [],
        key: { _ in OnlyKey() }, version: { $0.withoutProgress })
}

extension DrainStatus {
    /// The same without how far it has got, which is not part of the order.
    var withoutProgress: DrainStatus {
        var ordered = self
        (ordered.redirected, ordered.bindings, ordered.movableBindings) = (0, 0, 0)
        return ordered
    }
}
