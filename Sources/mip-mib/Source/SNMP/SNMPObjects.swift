import AgentModel
import JSON
import MIPMIB

/// What was read from an SNMP agent for one row of a list: instances by object name, with values in the form of `MIBRendering.plain`.
struct SNMPObjects: Sendable {
    let names: MIBNames
    /// The objects of the row, with the index decoded.
    var row = Row()
    /// The scalars of the agent.
    var scalars = Row()
    /// Tables that were read whole, by name.
    var tables: [String: [Row]] = [:]

    subscript(name: String) -> JSONValue? { row[name] ?? scalars[name] }

    func text(_ name: String) -> String? { self[name]?.text.flatMap { $0.isEmpty ? nil : $0 } }

    /// The 32 bits of a number, whether its syntax is signed or not.
    func bits(_ name: String) -> UInt32? {
        if case .integer(let number)? = self[name] { UInt32(truncatingIfNeeded: number) } else { nil }
    }

    /// The number of an enumeration's label.
    func number(_ name: String) -> Int? {
        let value = self[name]
        guard let label = value?.text else { return value?.count.flatMap { Int(exactly: $0) } }
        return names.node(named: name)?.object?.syntax.names.first { $0.label == label }?.number
    }

    /// A DateAndTime; nil if it means never.
    func time(_ name: String) -> Timestamp? { text(name).flatMap(Timestamp.init) }

    /// A TimeStamp by the agent's clock, accurate to a second; nil for never and for times before the SNMP agent itself started.
    func stamp(_ name: String) -> Timestamp? {
        guard let ticks = self[name]?.count, ticks > 0, let uptime = scalars.count("sysUpTime"),
            ticks <= uptime + Self.tolerance, let known = anchor(uptime)
        else { return nil }
        let milliseconds = known.time.milliseconds + (Int64(clamping: ticks) - known.ticks) * 10
        return Timestamp(milliseconds: milliseconds / 1000 * 1000)
    }

    /// How many ticks a TimeStamp may be later than sysUpTime: a subagent only estimates when its master started.
    private static let tolerance: UInt64 = 100

    /// A time by the agent's clock for which sysUpTime is known: the agent's start, because it is always the same, or, if that was before the
    /// SNMP agent started, the present.
    private func anchor(_ uptime: some BinaryInteger) -> (time: Timestamp, ticks: Int64)? {
        if let start = time("mipExtAgentStartTime"), let ticks = scalars.count("mipExtCounterDiscontinuity"), ticks > 0 {
            return (start, Int64(clamping: ticks))
        }
        return time("mipExtAgentTime").map { ($0, Int64(clamping: uptime)) }
    }

    /// The additional scalars that `stamp` needs.
    static let clock = ["mipExtAgentTime", "sysUpTime", "mipExtAgentStartTime", "mipExtCounterDiscontinuity"]
}
