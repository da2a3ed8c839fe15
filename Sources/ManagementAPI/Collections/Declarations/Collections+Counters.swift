import AgentModel
import ManagementCore
import MobileIPv4

// Counters since the agents started: complete, by code and by reason.
extension Collections {
    static let counters = ResourceCollection<OnlyKey, AgentCounters>(
        name: "counters", about: "All counters of an agent, as one object.", schema: "Counters",
        table: { state in table(state.information == nil ? [] : [state.counters]) { _ in OnlyKey() } }, pathParts: [],
        key: { _ in OnlyKey() })

    static let outcomes = ResourceCollection<TextKey, OutcomeRow>(
        name: "outcomes", about: "Outcomes of registration requests, by role and kind.", schema: "Outcome",
        table: { state in table(OutcomeRow.all(state.counters)) { TextKey($0.role.rawValue, $0.kind.rawValue) } },
        pathParts: [.init(name: "role", example: "homeAgent"), .init(name: "kind", example: "initial")], key: { TextKey($0) },
        filters: [
            .choice("role", "Roles, separated by commas.") { $0.role },
            .choice("kind", "Kinds of requests, separated by commas.") { $0.kind },
        ])

    static let replyCodes = ResourceCollection<TextKey, CodeCountRow>(
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
            .choice("role", "Roles, separated by commas.") { $0.role },
            .choice("direction", "Directions, separated by commas.") { $0.direction },
            .number("code", 0...255, "Reply code.") { Int64($0.code) },
        ],
        sortings: [.init(name: "count") { SortValue($1.count) }, .init(name: "code") { SortValue($1.code) }])

    static let discards = ResourceCollection<TextKey, DiscardRow>(
        name: "discards", about: "Messages that were discarded, by reason.", schema: "DiscardCount",
        table: { state in table(DiscardRow.all(state.counters)) { TextKey($0.role?.rawValue ?? absent, $0.reason.rawValue) } },
        pathParts: [.init(name: "role", example: absent), .init(name: "reason", example: "malformed")], key: { TextKey($0) },
        filters: [
            .choice("role", "Roles, separated by commas.") { $0.role },
            .choice("reason", "Reasons, separated by commas.") { $0.reason },
        ],
        sortings: [.init(name: "count") { SortValue($1.count) }])

    static let ends = ResourceCollection<TextKey, EndRow>(
        name: "ends", about: "Bindings and visits that ended, by reason.", schema: "EndCount",
        table: { state in table(EndRow.all(state)) { TextKey($0.role.rawValue, $0.reason.rawValue) } },
        pathParts: [.init(name: "role", example: "homeAgent"), .init(name: "reason", example: "expired")], key: { TextKey($0) },
        filters: [
            .choice("role", "Roles, separated by commas.") { $0.role },
            .choice("reason", "Reasons, separated by commas.") { $0.reason },
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
        AgentCounters.declared.flatMap { counter -> [OutcomeRow] in
            guard case .outcomes(let outcomes) = counter.value, let role = counter.group.role, let outcomes = outcomes(counters)
            else { return [] }
            return RequestKind.allCases.map { kind in
                let counts = outcomes[kind]
                return OutcomeRow(
                    role: role, kind: kind, received: counts.received, accepted: counts.accepted, denied: counts.denied,
                    discarded: counts.discarded)
            }
        }
    }
}

/// A row of `reply-codes`.
struct CodeCountRow: Encodable, Sendable {
    let role: AgentRole
    let direction: ReplyDirection
    let code: UInt8
    let meaning: String?
    let count: UInt64

    static func all(_ counters: AgentCounters) -> [CodeCountRow] {
        AgentCounters.declared.flatMap { counter -> [CodeCountRow] in
            guard case .codes(let direction, let counts) = counter.value, let role = counter.group.role else { return [] }
            return (counts(counters)?.nonZero ?? []).map { code, count in
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
        AgentCounters.declared.flatMap { counter -> [DiscardRow] in
            guard case .discards(let discards) = counter.value, let counts = discards(counters) else { return [] }
            return DiscardReason.allCases.map { DiscardRow(role: counter.group.role, reason: $0, count: counts[$0]) }
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
