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
        .mipExtReplyEntry, rows: ReplyRows())

    private static let replyColumns: [MIBColumn<ReplyCount>] = [
        MIBColumn(.mipExtReplyCount, nil, "Replies with this code.") { row, _ in .counter64(row.count) },
        MIBColumn(.mipExtReplyMeaning, nil, "What the code means.") { row, _ in
            .text(row.key.code.meaning ?? "unassigned")
        },
    ]

    // MARK: - mipExtOutcomeTable

    private static let outcomes = MIBTable(
        .mipExtOutcomeEntry,
        rows: FewRows<OutcomeKey, RequestOutcomes>(
            keys: { _ in OutcomeKey.all }, resolve: { view, key in key.outcomes(in: view) }))

    private static let outcomeColumns: [MIBColumn<RequestOutcomes>] = [
        MIBColumn(.mipExtOutcomeReceived, nil, "Requests received.") { row, _ in .counter64(row.received) },
        MIBColumn(.mipExtOutcomeAccepted, nil, "Requests answered with code 0 or 1.") { row, _ in
            .counter64(row.accepted)
        },
        MIBColumn(.mipExtOutcomeDenied, nil, "Requests answered with another code.") { row, _ in .counter64(row.denied)
        },
        MIBColumn(.mipExtOutcomeDiscarded, nil, "Requests that were never answered.") { row, _ in
            .counter64(row.discarded)
        },
    ]

    // MARK: - mipExtDiscardTable

    private static let discards = MIBTable(
        .mipExtDiscardEntry,
        rows: FewRows<DiscardKey, UInt64>(keys: { _ in DiscardKey.all }, resolve: { view, key in key.count(in: view) }))

    private static let discardColumns: [MIBColumn<UInt64>] = [
        MIBColumn(.mipExtDiscardCount, nil, "Datagrams dropped.") { count, _ in .counter64(count) }
    ]
}

/// The place of a row of mipExtReplyTable.
struct ReplyKey: MIBIndexed, Comparable, Sendable {
    var role: AgentRole
    var isReceived: Bool
    var code: ReplyCode

    func appendIndex(to listener: inout some IndexListener) {
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

/// One row for each code that has occurred; there are at most 256 codes in each of four counts.
private struct ReplyRows: MIBRowSource {
    private typealias Counts = (role: AgentRole, isReceived: Bool, codes: @Sendable (AgentCounters) -> CodeCounts?)

    /// The declared counts by code, in index order.
    private static let counts = AgentCounters.declared.compactMap { counter -> Counts? in
        guard case .codes(let direction, let codes) = counter.value, let role = counter.group.role else { return nil }
        return (role, direction == .received, codes)
    }.sorted { ($0.role.number, $0.isReceived ? 1 : 0) < ($1.role.number, $1.isReceived ? 1 : 0) }

    private func first(in view: MIBView, where isWanted: (ReplyKey) -> Bool) -> ReplyCount? {
        for (role, isReceived, codes) in Self.counts where view.state.plays(role) {
            guard let codes = codes(view.state.counters) else { continue }
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
    let all: @Sendable (AgentCounters) -> RegistrationOutcomes?

    /// Every kind of request for each role that is declared to count outcomes.
    static let all = AgentCounters.declared.flatMap { counter -> [OutcomeKey] in
        guard case .outcomes(let outcomes) = counter.value, let role = counter.group.role else { return [] }
        return RequestKind.allCases.map { OutcomeKey(role: role, kind: $0, all: outcomes) }
    }

    func outcomes(in view: MIBView) -> RequestOutcomes? {
        view.state.plays(role) ? all(view.state.counters)?[kind] : nil
    }

    func appendIndex(to listener: inout some IndexListener) {
        listener.append(role.number)
        listener.append(kind.number)
    }

    static func == (a: Self, b: Self) -> Bool { a.role == b.role && a.kind == b.kind }
    static func < (a: Self, b: Self) -> Bool { (a.role.number, a.kind.number) < (b.role.number, b.kind.number) }
}

/// The place of a row of mipExtDiscardTable.
private struct DiscardKey: MIBIndexed, Comparable, Sendable {
    /// Nil for datagrams that reached no role.
    let role: AgentRole?
    /// The role's number in MipRoleOrDaemon.
    let roleNumber: Int32
    let reason: DiscardReason
    let all: @Sendable (AgentCounters) -> DiscardCounts?

    /// Every reason for each group that is declared to count discards.
    static let all = AgentCounters.declared.flatMap { counter -> [DiscardKey] in
        guard case .discards(let discards) = counter.value else { return [] }
        let label = MIBNode.mipExtDiscardRole.text.syntax?.names.first { $0.label == counter.group.rawValue }
        guard let label else { return [] }
        return DiscardReason.allCases.map {
            DiscardKey(role: counter.group.role, roleNumber: Int32(label.number), reason: $0, all: discards)
        }
    }

    func count(in view: MIBView) -> UInt64? {
        guard role.map(view.state.plays) ?? (view.state.information != nil) else { return nil }
        return all(view.state.counters)?[reason]
    }

    func appendIndex(to listener: inout some IndexListener) {
        listener.append(roleNumber)
        listener.append(reason.number)
    }

    static func == (a: Self, b: Self) -> Bool { a.roleNumber == b.roleNumber && a.reason == b.reason }
    static func < (a: Self, b: Self) -> Bool { (a.roleNumber, a.reason.number) < (b.roleNumber, b.reason.number) }
}
