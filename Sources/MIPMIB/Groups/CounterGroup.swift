import AgentModel
import ManagementCore

/// The scalars that are counters of an agent, in both modules: those that `AgentCounters.declared` names an object for. Their numbers are
/// the MIB texts'.
enum CounterGroup {
    static var leaves: [MIBLeaf] {
        let places = places
        return AgentCounters.declared.compactMap { counter in
            guard let object = counter.object, case .count(let value) = counter.value, let (module, suffix) = places[object]
            else {
                return nil
            }
            let role = counter.group.role
            // What belongs to a role that is not played, or to an agent that is not known, has no instance.
            @Sendable func count(_ view: MIBView) -> UInt64? {
                guard role.map(view.state.plays) ?? (view.state.information != nil) else { return nil }
                return value(view.state.counters)
            }
            return switch module {
            case .mip: .scalar(module, suffix, object, .counter32, counter.sentence) { count($0).map { .counter(low: $0) } }
            case .ext: .scalar(module, suffix, object, .counter64, counter.sentence) { count($0).map { .counter64($0) } }
            }
        }
    }

    /// Where the MIB texts have their scalars: the module, and the sub-identifiers below it.
    private static var places: [String: (MIBModule, [UInt])] {
        var places: [String: (MIBModule, [UInt])] = [:]
        for line in mibNodeTable.split(separator: "\n") {
            let words = line.split(separator: " ", maxSplits: 4)
            guard words.count >= 4, words[3] == "scalar", let module = MIBModule(rawValue: String(words[0])) else { continue }
            let oid = words[2].split(separator: ".").compactMap { UInt($0) }
            places[String(words[1])] = (module, Array(oid.dropFirst(module.root.count)))
        }
        return places
    }
}
