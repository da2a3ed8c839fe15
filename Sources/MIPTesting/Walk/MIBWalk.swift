package import MIPMIB
package import Testing

/// A walk of a snapshot of an agent by GETNEXT. Making one checks, and records as issues of the test:
///
/// - OIDs are strictly increasing and have at most 128 sub-identifiers;
/// - GETBULK returns the same instances and values, in the same order, whatever the number of repetitions, and so does GET;
/// - each table has one row for each index that the agent's records have, and no other (`ExpectedRows`).
package struct MIBWalk {
    package typealias Instance = (oid: [UInt], value: MIBValue)

    package private(set) var instances: [Instance] = []

    package init(_ view: MIBView, sourceLocation: SourceLocation = #_sourceLocation) {
        let mib = MIPMIB()
        var faults: [String] = []
        var name: [UInt] = []
        var position: [UInt] = []
        while let value = mib.next(after: position.span, inclusive: false, in: view, name: &name) {
            guard position.lexicographicallyPrecedes(name) else {
                faults.append("GETNEXT of \(position) returns \(name), which is not greater")
                break
            }
            if name.count > 128 { faults.append("\(name) has \(name.count) sub-identifiers") }
            if mib.get(name.span, in: view) != .value(value) { faults.append("GET of \(name) differs from GETNEXT") }
            instances.append((name, value))
            position = name
        }
        for repetitions in [1, 7, Int.max] where faults.isEmpty {
            let bulk = Self.bulk(mib, view, repetitions)
            guard !bulk.elementsEqual(instances, by: { $0.oid == $1.oid && $0.value == $1.value }) else { continue }
            let place = zip(bulk, instances).first { $0.oid != $1.oid || $0.value != $1.value }
            faults.append(
                "GETBULK with \(repetitions) repetitions returns \(bulk.count) instances, GETNEXT \(instances.count); first "
                    + "\(place?.0.oid ?? []) for \(place?.1.oid ?? [])")
        }
        if faults.isEmpty { faults = ExpectedRows(view.state).faults(instances.map(\.oid)) }
        for fault in faults.prefix(20) { Issue.record("\(fault)", sourceLocation: sourceLocation) }
    }

    /// The whole walk by GETBULK, within each module as the agent makes it.
    private static func bulk(_ mib: MIPMIB, _ view: MIBView, _ repetitions: Int) -> [Instance] {
        var found: [Instance] = []
        for module in MIBModule.allCases {
            var position = module.root
            var name: [UInt] = []
            while true {
                let before = found.count
                mib.visit(from: position.span, inclusive: false, in: view, within: module, name: &name) { name, value in
                    found.append((name, value))
                    // A walk that does not end is a fault too.
                    return found.count - before < repetitions && found.count < 1_000_000
                }
                guard found.count > before, found.count < 1_000_000, let last = found.last else { break }
                position = last.oid
            }
        }
        return found
    }
}
