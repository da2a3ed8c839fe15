import AgentModel
import JSON
import MIPMIB

/// What was read of an SNMP agent for one row of a list: instances by the names of their objects, values as `MIBRendering.plain` has them.
struct SNMPObjects: Sendable {
    let names: MIBNames
    /// Of the row, its index decoded.
    var row = Row()
    /// Of the agent.
    var scalars = Row()
    /// Tables that were read whole, by their names.
    var tables: [String: [Row]] = [:]

    subscript(name: String) -> JSONValue? { row[name] ?? scalars[name] }

    func text(_ name: String) -> String? { self[name]?.text.flatMap { $0.isEmpty ? nil : $0 } }

    /// The 32 bits of a number, whichever sign its syntax gives them.
    func bits(_ name: String) -> UInt32? {
        if case .integer(let number)? = self[name] { UInt32(truncatingIfNeeded: number) } else { nil }
    }

    /// The number behind the label of an enumeration.
    func number(_ name: String) -> Int? {
        let value = self[name]
        guard let label = value?.text else { return value?.count.flatMap { Int(exactly: $0) } }
        return names.node(named: name)?.object?.syntax.names.first { $0.label == label }?.number
    }

    /// A DateAndTime such as `2026-11-23,9:12:49.0,+0:0`; nil for never.
    func time(_ name: String) -> Timestamp? {
        let numbers = (text(name) ?? "").split { !$0.isNumber }.compactMap { Int($0) }
        guard numbers.count >= 7, numbers[0] > 0 else { return nil }
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return Timestamp(
            "\(numbers[0])-\(two(numbers[1]))-\(two(numbers[2]))T\(two(numbers[3])):\(two(numbers[4])):\(two(numbers[5]))."
                + "\(numbers[6])00Z")
    }

    /// A TimeStamp by the agent's clock, within a second; nil for never and for what was before the SNMP agent itself started.
    func stamp(_ name: String) -> Timestamp? {
        guard let ticks = self[name]?.count, ticks > 0, let now = time("mipExtAgentTime"),
            let uptime = scalars.count("sysUpTime"),
            ticks <= uptime
        else { return nil }
        let milliseconds = now.adding(milliseconds: -Int64(clamping: (uptime - ticks) * 10)).milliseconds
        return Timestamp(milliseconds: milliseconds / 1000 * 1000)
    }

    /// What it needs of scalars besides those of the modules: when `stamp` is used.
    static let clock = ["mipExtAgentTime", "sysUpTime"]
}
