import AgentModel
import ManagementCore
import MobileIPv4

/// The part of mipExtRegistration, 1.3 of MIPV4-EXT-MIB, about ended bindings and visits.
enum HistoryGroup {
    static var leaves: [MIBLeaf] {
        ends.columns(endColumns) + history.columns(historyColumns) + [
            .scalar(.mipExtHistorySize, nil, "Current number of rows in mipExtHistoryTable.") { view in
                .gauge(clamping: view.state.history.rows.count)
            },
            .scalar(.mipExtHistoryLimit, nil, "The most rows that mipExtHistoryTable keeps.") { view in
                .unsigned(view.notifications.settings.historyLimit)
            },
        ]
    }

    // MARK: - mipExtEndTable

    private static let ends = MIBTable(
        .mipExtEndEntry,
        rows: FewRows<EndKey, UInt64>(
            keys: { _ in EndKey.all },
            resolve: { view, key in view.state.plays(key.role) ? view.state.history.ended(key.role, key.reason) : nil }))

    private static let endColumns: [MIBColumn<UInt64>] = [
        MIBColumn(.mipExtEndCount, nil, "Bindings or visits that ended for this reason.") { count, _ in
            .counter64(count)
        }
    ]

    // MARK: - mipExtHistoryTable

    private static let history = MIBTable(
        .mipExtHistoryEntry, key: ["homeAddress", "index"],
        rows: OrderedRows<EndedRegistrationKey, EndedRegistration, EndedRegistration> { $0.state.history.rows })

    private static let historyColumns: [MIBColumn<EndedRegistration>] = [
        MIBColumn(.mipExtHistoryRole, "role", "homeAgent for a binding, foreignAgent for a visit.") { row, _ in
            row.role.mibValue
        },
        MIBColumn(.mipExtHistoryCareOfAddress, "careOfAddress", "The care-of address.") { row, _ in .ipAddress(row.careOfAddress)
        },
        MIBColumn(.mipExtHistoryHomeAgent, "homeAgent", "The home agent.") { row, _ in .ipAddress(row.homeAgent) },
        MIBColumn(.mipExtHistoryNAI, "nai", "The full network access identifier, or empty.") { row, _ in
            .nai(row.nai)
        },
        MIBColumn(.mipExtHistoryCreated, "created", "When the binding or visit began.") { row, _ in .dateAndTime(row.created) },
        MIBColumn(.mipExtHistoryEnded, "ended", "When the binding or visit ended.") { row, _ in .dateAndTime(row.ended) },
        MIBColumn(.mipExtHistoryEndReason, "endReason", "Why the binding or visit ended.") { row, _ in row.endReason.mibValue },
        MIBColumn(.mipExtHistoryRenewals, "renewals", "Accepted requests after the first.") { row, _ in
            .unsigned(row.renewals)
        },
        MIBColumn(.mipExtHistoryPacketsToNode, "packetsToNode", "Datagrams sent to the node.") { row, _ in
            .counter64(row.packetsToNode)
        },
        MIBColumn(.mipExtHistoryOctetsToNode, "octetsToNode", "Octets sent to the node.") { row, _ in
            .counter64(row.octetsToNode)
        },
        MIBColumn(.mipExtHistoryPacketsFromNode, "packetsFromNode", "Datagrams received from the node.") { row, _ in
            .counter64(row.packetsFromNode)
        },
        MIBColumn(.mipExtHistoryOctetsFromNode, "octetsFromNode", "Octets received from the node.") { row, _ in
            .counter64(row.octetsFromNode)
        },
    ]
}

extension EndedRegistrationKey: MIBIndexed {
    func appendIndex(to listener: inout some IndexListener) {
        listener.append(homeAddress)
        listener.append(index)
    }
}

/// The place of a row of mipExtEndTable.
private struct EndKey: MIBIndexed, Comparable, Sendable {
    let role: AgentRole
    let reason: EndReason

    static let all = [AgentRole.foreignAgent, .homeAgent].flatMap { role in
        EndReason.allCases.map { EndKey(role: role, reason: $0) }
    }

    func appendIndex(to listener: inout some IndexListener) {
        listener.append(role.number)
        listener.append(reason.number)
    }

    static func < (a: Self, b: Self) -> Bool { (a.role.number, a.reason.number) < (b.role.number, b.reason.number) }
}
