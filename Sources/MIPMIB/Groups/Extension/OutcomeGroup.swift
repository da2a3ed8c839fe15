import AgentModel
import ManagementCore
import MobileIPv4

/// mipExtRegistration, 1.3 of MIPV4-EXT-MIB: replies by code, and datagrams dropped by reason.
enum OutcomeGroup {
    static var leaves: [MIBLeaf] {
        replies.columns(replyColumns) + outcomes.columns(outcomeColumns) + discards.columns(discardColumns)
    }

    // MARK: - mipExtReplyTable

    private static let replies = MIBTable(
        module: .ext, entry: [1, 3, 3, 1],
        index: [
            MIBIndexObject("mipExtReplyRole", .role), MIBIndexObject("mipExtReplyDirection", .direction),
            MIBIndexObject("mipExtReplyCode", .unsigned32(0...255)),
        ],
        rows: ReplyRows())

    private static let replyColumns: [MIBColumn<ReplyCount>] = [
        MIBColumn(4, "mipExtReplyCount", .counter64, "Replies with this code.") { row, _ in .counter64(row.count) },
        MIBColumn(5, "mipExtReplyMeaning", .adminString, "What the code means.") { row, _ in
            .text(row.key.code.meaning ?? "unassigned")
        },
    ]

    // MARK: - mipExtOutcomeTable

    private static let outcomes = MIBTable(
        module: .ext, entry: [1, 3, 4, 1],
        index: [MIBIndexObject("mipExtOutcomeRole", .role), MIBIndexObject("mipExtOutcomeKind", .requestKind)],
        rows: FewRows<OutcomeKey, RequestOutcomes>(
            keys: { _ in OutcomeKey.all }, resolve: { view, key in key.outcomes(in: view) }))

    private static let outcomeColumns: [MIBColumn<RequestOutcomes>] = [
        MIBColumn(3, "mipExtOutcomeReceived", .counter64, "Requests received.") { row, _ in .counter64(row.received) },
        MIBColumn(4, "mipExtOutcomeAccepted", .counter64, "Requests answered with code 0 or 1.") { row, _ in
            .counter64(row.accepted)
        },
        MIBColumn(5, "mipExtOutcomeDenied", .counter64, "Requests answered with another code.") { row, _ in .counter64(row.denied)
        },
        MIBColumn(6, "mipExtOutcomeDiscarded", .counter64, "Requests that were never answered.") { row, _ in
            .counter64(row.discarded)
        },
    ]

    // MARK: - mipExtDiscardTable

    private static let discards = MIBTable(
        module: .ext, entry: [1, 3, 5, 1],
        index: [MIBIndexObject("mipExtDiscardRole", .roleOrDaemon), MIBIndexObject("mipExtDiscardReason", .discardReason)],
        rows: FewRows<DiscardKey, UInt64>(keys: { _ in DiscardKey.all }, resolve: { view, key in key.count(in: view) }))

    private static let discardColumns: [MIBColumn<UInt64>] = [
        MIBColumn(3, "mipExtDiscardCount", .counter64, "Datagrams dropped.") { count, _ in .counter64(count) }
    ]
}

/// The place of a row of mipExtReplyTable.
struct ReplyKey: MIBIndexed, Comparable, Sendable {
    var role: AgentRole
    var isReceived: Bool
    var code: ReplyCode

    func tellIndex(to listener: inout some IndexListener) {
        listener.append(role.number)
        listener.append(isReceived ? 2 : 1 as UInt32)
        listener.append(UInt32(code.rawValue))
    }

    static func < (a: Self, b: Self) -> Bool {
        (a.role.number, a.isReceived ? 1 : 0, a.code.rawValue) < (b.role.number, b.isReceived ? 1 : 0, b.code.rawValue)
    }
}

struct ReplyCount {
    let key: ReplyKey
    let count: UInt64
}

/// One row for each code that occurred, of at most 256 in each of four counts.
private struct ReplyRows: MIBRowSource {
    /// In the order of the index.
    private static let counts: [(role: AgentRole, isReceived: Bool, codes: @Sendable (MIBView) -> CodeCounts?)] = [
        (.mobileNode, true, { $0.mobileNode?.repliesReceivedByCode }),
        (.foreignAgent, false, { $0.foreignAgent?.repliesSentByCode }),
        (.foreignAgent, true, { $0.foreignAgent?.repliesReceivedByCode }),
        (.homeAgent, false, { $0.homeAgent?.repliesSentByCode }),
    ]

    private func first(in view: MIBView, where isWanted: (ReplyKey) -> Bool) -> ReplyCount? {
        for (role, isReceived, codes) in Self.counts {
            guard let codes = codes(view) else { continue }
            for number in UInt8.min...UInt8.max {
                let key = ReplyKey(role: role, isReceived: isReceived, code: ReplyCode(rawValue: number))
                let count = codes[key.code]
                if count > 0, isWanted(key) { return ReplyCount(key: key, count: count) }
            }
        }
        return nil
    }

    func row(in view: MIBView, at index: inout RequestedIndex) -> ReplyCount? {
        first(in: view) { index.place(of: $0) == .same }
    }

    func row(in view: MIBView, after index: inout RequestedIndex, inclusive: Bool, name: inout [UInt]) -> ReplyCount? {
        let found = first(in: view) { key in
            let place = index.place(of: key)
            return place == .after || inclusive && place == .same
        }
        if let found { name.append(indexOf: found.key) }
        return found
    }
}

/// The place of a row of mipExtOutcomeTable.
private struct OutcomeKey: MIBIndexed, Comparable, Sendable {
    let role: AgentRole
    let kind: RequestKind

    static let all = [AgentRole.foreignAgent, .homeAgent].flatMap { role in
        RequestKind.allCases.map { OutcomeKey(role: role, kind: $0) }
    }

    func outcomes(in view: MIBView) -> RequestOutcomes? {
        role == .homeAgent ? view.homeAgent?.outcomes[kind] : view.foreignAgent?.outcomes[kind]
    }

    func tellIndex(to listener: inout some IndexListener) {
        listener.append(role.number)
        listener.append(kind.number)
    }

    static func < (a: Self, b: Self) -> Bool { (a.role.number, a.kind.number) < (b.role.number, b.kind.number) }
}

/// The place of a row of mipExtDiscardTable.
struct DiscardKey: MIBIndexed, Comparable, Sendable {
    /// Nil for what reached no role.
    let role: AgentRole?
    let reason: DiscardReason

    private var roleNumber: Int32 { role?.number ?? 4 }

    static let all = [AgentRole.foreignAgent, .homeAgent, nil].flatMap { role in
        DiscardReason.allCases.map { DiscardKey(role: role, reason: $0) }
    }

    func count(in view: MIBView) -> UInt64? {
        switch role {
        case .foreignAgent: view.foreignAgent?.discards[reason]
        case .homeAgent: view.homeAgent?.discards[reason]
        case .mobileNode: nil
        case nil: view.state.information == nil ? nil : view.state.counters.discards[reason]
        }
    }

    func tellIndex(to listener: inout some IndexListener) {
        listener.append(roleNumber)
        listener.append(reason.number)
    }

    static func < (a: Self, b: Self) -> Bool { (a.roleNumber, a.reason.number) < (b.roleNumber, b.reason.number) }
}
