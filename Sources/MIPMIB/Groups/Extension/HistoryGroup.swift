import AgentModel
import ManagementCore
import MobileIPv4

/// What ended, of mipExtRegistration, 1.3 of MIPV4-EXT-MIB.
enum HistoryGroup {
    static var leaves: [MIBLeaf] {
        ends.columns(endColumns) + history.columns(historyColumns) + [
            .scalar(.ext, [1, 3, 7], "mipExtHistorySize", .gauge32, "Rows of mipExtHistoryTable now.") { view in
                .gauge(clamping: view.state.history.rows.count)
            },
            .scalar(
                .ext, [1, 3, 8], "mipExtHistoryLimit", .unsigned32(0...1_000_000), "The most rows that mipExtHistoryTable keeps.",
                access: .readWrite
            ) { view in .unsigned(view.notifications.settings.historyLimit) },
        ]
    }

    // MARK: - mipExtEndTable

    private static let ends = MIBTable(
        module: .ext, entry: [1, 3, 6, 1],
        index: [MIBIndexObject("mipExtEndRole", .role), MIBIndexObject("mipExtEndReason", .endReason)],
        rows: FewRows<EndKey, UInt64>(
            keys: { _ in EndKey.all },
            resolve: { view, key in view.state.plays(key.role) ? view.state.history.ended(key.role, key.reason) : nil }))

    private static let endColumns: [MIBColumn<UInt64>] = [
        MIBColumn(3, "mipExtEndCount", .counter64, "Bindings or visits that ended for this reason.") { count, _ in
            .counter64(count)
        }
    ]

    // MARK: - mipExtHistoryTable

    private static let history = MIBTable(
        module: .ext, entry: [1, 3, 9, 1],
        index: [
            MIBIndexObject("mipExtHistoryHomeAddress", .ipAddress),
            MIBIndexObject("mipExtHistoryIndex", .unsigned32(1...0xFFFF_FFFF)),
        ],
        rows: OrderedRows<EndedRegistrationKey, EndedRegistration, EndedRegistration> { $0.state.history.rows })

    private static let historyColumns: [MIBColumn<EndedRegistration>] = [
        MIBColumn(3, "mipExtHistoryRole", .role, "homeAgent for a binding, foreignAgent for a visit.") { row, _ in
            row.role.mibValue
        },
        MIBColumn(4, "mipExtHistoryCareOfAddress", .ipAddress, "The care-of address.") { row, _ in .ipAddress(row.careOfAddress)
        },
        MIBColumn(5, "mipExtHistoryHomeAgent", .ipAddress, "The home agent.") { row, _ in .ipAddress(row.homeAgent) },
        MIBColumn(6, "mipExtHistoryNAI", .identifierNAI, "The network access identifier in full, or nothing.") { row, _ in
            .nai(row.nai)
        },
        MIBColumn(7, "mipExtHistoryCreated", .dateAndTime, "When it began.") { row, _ in .dateAndTime(row.created) },
        MIBColumn(8, "mipExtHistoryEnded", .dateAndTime, "When it ended.") { row, _ in .dateAndTime(row.ended) },
        MIBColumn(9, "mipExtHistoryEndReason", .endReason, "Why it ended.") { row, _ in row.endReason.mibValue },
        MIBColumn(10, "mipExtHistoryRenewals", .unsigned32, "Accepted requests after the first one.") { row, _ in
            .unsigned(row.renewals)
        },
        MIBColumn(11, "mipExtHistoryPacketsToNode", .finalCount, "Datagrams sent to the node.") { row, _ in
            .counter64(row.packetsToNode)
        },
        MIBColumn(12, "mipExtHistoryOctetsToNode", .finalCount, "Octets sent to the node.") { row, _ in
            .counter64(row.octetsToNode)
        },
        MIBColumn(13, "mipExtHistoryPacketsFromNode", .finalCount, "Datagrams received from the node.") { row, _ in
            .counter64(row.packetsFromNode)
        },
        MIBColumn(14, "mipExtHistoryOctetsFromNode", .finalCount, "Octets received from the node.") { row, _ in
            .counter64(row.octetsFromNode)
        },
    ]
}

extension EndedRegistrationKey: MIBIndexed {
    func tellIndex(to listener: inout some IndexListener) {
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

    func tellIndex(to listener: inout some IndexListener) {
        listener.append(role.number)
        listener.append(reason.number)
    }

    static func < (a: Self, b: Self) -> Bool { (a.role.number, a.reason.number) < (b.role.number, b.reason.number) }
}
