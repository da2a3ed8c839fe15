import AgentModel
import ManagementCore

/// The scalars that are counters of an agent, in both modules: those that `AgentCounters.declared` names an object for. Their numbers are
/// the MIB texts'.
enum CounterGroup {
    static var leaves: [MIBLeaf] {
        let nodes = Dictionary(uniqueKeysWithValues: MIBTextNode.all.map { ($0.name, $0) })
        return AgentCounters.declared.compactMap { counter in
            guard let object = counter.object, case .count(let value) = counter.value, let node = nodes[object] else {
                return nil
            }
            let suffix = Array(node.oid.dropFirst(node.module.root.count))
            let role = counter.group.role
            // What belongs to a role that is not played, or to an agent that is not known, has no instance.
            @Sendable func count(_ view: MIBView) -> UInt64? {
                guard role.map(view.state.plays) ?? (view.state.information != nil) else { return nil }
                return value(view.state.counters)
            }
            return switch node.module {
            case .mip: .scalar(.mip, suffix, object, .counter32, counter.sentence) { count($0).map { .counter(low: $0) } }
            case .ext: .scalar(.ext, suffix, object, .counter64, counter.sentence) { count($0).map { .counter64($0) } }
            }
        }
    }
}
