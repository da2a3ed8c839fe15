import AgentModel
import ManagementCore

/// The scalar counters of an agent in both modules: those for which `AgentCounters.declared` names an object.
enum CounterGroup {
    static var leaves: [MIBLeaf] {
        AgentCounters.declared.compactMap { counter in
            guard case .count(let value) = counter.value, let node = counter.object.flatMap(MIBNode.init(named:)) else {
                return nil
            }
            let role = counter.group.role
            // Counters of a role that is not played, or of an agent whose state is unknown, have no instance.
            @Sendable func count(_ view: MIBView) -> UInt64? {
                guard role.map(view.state.plays) ?? (view.state.information != nil) else { return nil }
                return value(view.state.counters)
            }
            return node.text.syntax?.base == .counter64
                ? .scalar(node, nil, counter.sentence) { count($0).map { .counter64($0) } }
                : .scalar(node, nil, counter.sentence) { count($0).map { .counter(low: $0) } }
        }
    }
}
