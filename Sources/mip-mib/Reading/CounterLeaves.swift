import AgentModel
import JSON
import MobileIPv4

/// One counter in the tree of `/v1/counters`.
struct CounterLeaf: Hashable, Sendable {
    /// The role that counts it; nil for a counter of the whole daemon.
    let role: String?
    /// The members from the role down, joined by dots, such as `repliesSentByCode.131`.
    let name: String
    let value: UInt64

    /// Every counter of an agent, in the order of its JSON; success ratios are not counters.
    static func all(in row: Row) -> [CounterLeaf] {
        row.members.flatMap { member -> [CounterLeaf] in
            if let value = member.value.count { return [CounterLeaf(role: nil, name: member.name, value: value)] }
            guard let inner = member.value.object else { return [] }
            let isRole = ["homeAgent", "foreignAgent", "mobileNode"].contains(member.name)
            return leaves(inner, role: isRole ? member.name : nil, prefix: isRole ? "" : member.name + ".")
        }
    }

    private static func leaves(_ row: Row, role: String?, prefix: String) -> [CounterLeaf] {
        row.members.flatMap { member -> [CounterLeaf] in
            if let value = member.value.count { return [CounterLeaf(role: role, name: prefix + member.name, value: value)] }
            return member.value.object.map { leaves($0, role: role, prefix: prefix + member.name + ".") } ?? []
        }
    }

    /// The counter's name in words: `replies sent by code 131 (…)`, `discards: malformed`.
    var words: String {
        let parts = name.split(separator: ".").map(String.init)
        let first = Self.words(of: parts[0])
        guard parts.count > 1 else { return first }
        let rest = parts.dropFirst().map(Self.words(of:)).joined(separator: ", ")
        guard let code = UInt8(parts[1]) else { return "\(first): \(rest)" }
        return "\(first) \(ReplyCode(rawValue: code))"
    }

    private static func words(of name: String) -> String {
        let parts = name.nameParts
        let words = (parts.prefix(1) + parts.dropFirst().map { $0.prefix(1).lowercased() + $0.dropFirst() }).joined(
            separator: " ")
        return words.replacing(" dueToID", with: " due to ID")
    }
}

extension Row {
    /// The percentage of replies with codes 0 to 8 among all replies, in a count by code such as `repliesSentByCode`.
    func successRatio(_ path: String) -> Double? {
        guard let codes = member(at: path)?.object else { return nil }
        var (good, all) = (0.0, 0.0)
        for member in codes.members {
            let count = Double(member.value.count ?? 0)
            all += count
            if let code = UInt8(member.name), code <= 8 { good += count }
        }
        return all > 0 ? (good * 1000 / all).rounded(.down) / 10 : nil
    }

    /// What was counted since an earlier snapshot of the same agent. A counter that decreased has restarted, so its whole value is shown.
    func difference(since earlier: Row) -> Row {
        Row(
            members.map { member in
                switch (member.value, earlier[member.name]) {
                case (.object(let new), .object(let old)?): return (member.name, .object(new.difference(since: old)))
                case (let value, let old?):
                    guard let new = value.count, let old = old.count, new >= old else { return (member.name, value) }
                    return (member.name, JSONValue(new - old))
                case (let value, nil): return (member.name, value)
                }
            })
    }
}
