import AgentModel
import MobileIPv4

/// Snapshots of only some mobile nodes.
extension MobilityAgent {
    /// How many slots of a table a page looks at, so that a search in a million rows does not keep requests waiting.
    private static let slotsPerPage = 2000

    /// Appends the rows of one table that match; returns the slot at which to resume, nil at its end.
    func page(
        _ cursor: SnapshotCursor, matching filter: RowFilter, limit: Int, into changes: inout [StateChange]
    ) -> Int? {
        func matching<Row>(_ table: SlotTable<Row>?, _ change: (Row) -> StateChange?) -> Int? {
            table?.page(from: cursor.slot, limit: limit, slots: Self.slotsPerPage, into: &changes) { row in
                change(row).flatMap { filter.matches($0) ? $0 : nil }
            }
        }
        switch cursor.table {
        case .bindings:
            guard let address = filter.homeAddress else {
                return matching(homeAgent?.bindings.rows) { .binding($0.binding) }
            }
            // A node has few bindings, so one page has them all.
            changes += (homeAgent?.list(address, nil) ?? []).map { .binding($0) }.filter(filter.matches)
            return nil
        case .mobileNodes:
            guard let address = filter.homeAddress else {
                return matching(homeAgent?.nodes.rows) { .mobileNode($0.service) }
            }
            if let homeAgent, let slot = homeAgent.nodes.find(address) {
                changes += [.mobileNode(homeAgent.nodes[slot].service)].filter(filter.matches)
            }
            return nil
        case .visitors: return matching(foreignAgent?.visitors) { .visitor($0.visitor) }
        case .exchanges: return matching(shared.exchanges.rows) { .exchange($0.row) }
        case .pending: return matching(foreignAgent?.visitors) { $0.pending.map { .pending($0.record) } }
        default: return page(cursor, limit: limit, into: &changes)
        }
    }
}
