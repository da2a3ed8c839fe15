import AgentModel
import ManagementCore
import MobileIPv4

// Counters since the start of agents: whole, by code and by reason.
extension Collections {
    static let counters = Collection<OnlyKey, AgentCounters>(
        name: "counters", about: "Everything an agent counts, as one object.", schema: "Counters",
        table: { state in table(state.information == nil ? [] : [state.counters]) { _ in OnlyKey() } }, pathParts: [],
        key: { _ in OnlyKey() })

    static let outcomes = Collection<TextKey, OutcomeRow>(
        name: "outcomes", about: "What became of registration requests, by role and kind.", schema: "Outcome",
        table: { state in table(OutcomeRow.all(state.counters)) { TextKey($0.role.rawValue, $0.kind.rawValue) } },
        pathParts: [.init(name: "role", example: "homeAgent"), .init(name: "kind", example: "initial")], key: { TextKey($0) },
        filters: [
            .choice("role", "Roles, with commas between.") { $0.role },
            .choice("kind", "Kinds of requests, with commas between.") { $0.kind },
        ])

    static let replyCodes = Collection<TextKey, CodeCountRow>(
        name: "reply-codes", about: "Registration replies by code.", schema: "CodeCount",
        table: { state in
            table(CodeCountRow.all(state.counters)) { TextKey($0.role.rawValue, $0.direction.rawValue, "\($0.code)") }
        },
        pathParts: [
            .init(name: "role", example: "homeAgent"), .init(name: "direction", example: "sent"),
            .init(name: "code", example: "0"),
        ],
        key: { TextKey($0) },
        filters: [
            .choice("role", "Roles, with commas between.") { $0.role },
            .choice("direction", "Directions, with commas between.") { $0.direction },
            .number("code", 0...255, "Reply code.") { Int64($0.code) },
        ],
        sortings: [.init(name: "count") { SortValue($1.count) }, .init(name: "code") { SortValue($1.code) }])

    static let discards = Collection<TextKey, DiscardRow>(
        name: "discards", about: "Messages that were discarded, by reason.", schema: "DiscardCount",
        table: { state in table(DiscardRow.all(state.counters)) { TextKey($0.role?.rawValue ?? absent, $0.reason.rawValue) } },
        pathParts: [.init(name: "role", example: absent), .init(name: "reason", example: "malformed")], key: { TextKey($0) },
        filters: [
            .choice("role", "Roles, with commas between.") { $0.role },
            .choice("reason", "Reasons, with commas between.") { $0.reason },
        ],
        sortings: [.init(name: "count") { SortValue($1.count) }])

    static let ends = Collection<TextKey, EndRow>(
        name: "ends", about: "Bindings and visits that ended, by reason.", schema: "EndCount",
        table: { state in table(EndRow.all(state)) { TextKey($0.role.rawValue, $0.reason.rawValue) } },
        pathParts: [.init(name: "role", example: "homeAgent"), .init(name: "reason", example: "expired")], key: { TextKey($0) },
        filters: [
            .choice("role", "Roles, with commas between.") { $0.role },
            .choice("reason", "Reasons, with commas between.") { $0.reason },
        ],
        sortings: [.init(name: "count") { SortValue($1.count) }])
}

/// A row of `outcomes`.
struct OutcomeRow: Encodable, Sendable {
    let role: AgentRole
    let kind: RequestKind
    let received: UInt64
    let accepted: UInt64
    let denied: UInt64
    let discarded: UInt64

    static func all(_ counters: AgentCounters) -> [OutcomeRow] {
        let roles: [(AgentRole, RegistrationOutcomes?)] = [
            (.homeAgent, counters.homeAgent?.outcomes), (.foreignAgent, counters.foreignAgent?.outcomes),
        ]
        return roles.flatMap { role, outcomes in
            RequestKind.allCases.compactMap { kind in
                outcomes.map { outcomes in
                    let of = outcomes[kind]
                    return OutcomeRow(
                        role: role, kind: kind, received: of.received, accepted: of.accepted, denied: of.denied,
                        discarded: of.discarded)
                }
            }
        }
    }
}

/// A row of `reply-codes`.
struct CodeCountRow: Encodable, Sendable {
    enum Direction: String, CaseIterable, Codable, Sendable { case sent, received }

    let role: AgentRole
    let direction: Direction
    let code: UInt8
    let meaning: String?
    let count: UInt64

    static func all(_ counters: AgentCounters) -> [CodeCountRow] {
        let tables: [(AgentRole, Direction, CodeCounts?)] = [
            (.homeAgent, .sent, counters.homeAgent?.repliesSentByCode),
            (.foreignAgent, .sent, counters.foreignAgent?.repliesSentByCode),
            (.foreignAgent, .received, counters.foreignAgent?.repliesReceivedByCode),
            (.mobileNode, .received, counters.mobileNode?.repliesReceivedByCode),
        ]
        return tables.flatMap { role, direction, counts in
            (counts?.nonZero ?? []).map { code, count in
                CodeCountRow(role: role, direction: direction, code: code.rawValue, meaning: code.meaning, count: count)
            }
        }
    }
}

/// A row of `discards`.
struct DiscardRow: Encodable, Sendable {
    let role: AgentRole?
    let reason: DiscardReason
    let count: UInt64

    static func all(_ counters: AgentCounters) -> [DiscardRow] {
        let tables: [(AgentRole?, DiscardCounts?)] = [
            (.homeAgent, counters.homeAgent?.discards), (.foreignAgent, counters.foreignAgent?.discards),
            (nil, counters.discards),
        ]
        return tables.flatMap { role, counts in
            DiscardReason.allCases.compactMap { reason in
                counts.map { DiscardRow(role: role, reason: reason, count: $0[reason]) }
            }
        }
    }
}

/// A row of `ends`.
struct EndRow: Encodable, Sendable {
    let role: AgentRole
    let reason: EndReason
    let count: UInt64

    static func all(_ state: AgentState) -> [EndRow] {
        [AgentRole.homeAgent, .foreignAgent].filter(state.plays).flatMap { role in
            EndReason.allCases.map { EndRow(role: role, reason: $0, count: state.history.ended(role, $0)) }
        }
    }
}
