import AgentModel
import DaemonSupport

/// Formats the screen of `watch` for a given size.
struct WatchScreen: Sendable {
    var order = WatchOrder.rate
    var isReversed = false
    var hasColour = false
    /// The zone of the times on the screen.
    var zone = ShownTime.Zone.utc
    /// Oldest first, with the agent's name.
    var events: [(agent: String, event: WatchedEvent)] = []
    var agents: [WatchedAgentSnapshot] = []

    private static let agentWidths = [-14, -5, -12, 8, 8, 8, 8, 8]

    /// Takes new snapshots. As many events are kept as the largest terminal can show.
    mutating func take(_ snapshots: [WatchedAgentSnapshot]) {
        agents = snapshots
        for snapshot in snapshots { events += snapshot.events.map { (snapshot.name, $0) } }
        events.sort { $0.event.time < $1.event.time }
        if events.count > 500 { events.removeFirst(events.count - 500) }
    }

    /// At most `rows` lines, none wider than `columns`.
    func lines(columns: Int, rows: Int, time: Timestamp) -> [String] {
        var lines = [
            paint(
                fit(
                    "mip-mib watch  \(ShownTime.text(time, zone))  sorted by \(order.rawValue)\(isReversed ? ", reversed" : "")",
                    columns), "1"),
            fit("q quit  s sort  r reverse", columns), "",
            title(
                Self.cells(
                    ["AGENT", "ROLES", "REGISTRATION", "BINDINGS", "VISITORS", "REQ/s", "ACCEPT/s", "DENY/s"], Self.agentWidths),
                columns),
        ]
        // Agents get the lines they need, but leave some for the other sections.
        let room = max(0, rows - lines.count)
        let shown = order.sorted(agents, isReversed: isReversed).prefix(max(1, room / 3))
        for agent in shown { lines.append(line(agent, columns)) }
        if shown.count < agents.count { lines.append(fit("and \(agents.count - shown.count) more", columns)) }
        let left = rows - lines.count - 4
        let talkers = self.talkers
        let talkerRows = talkers.isEmpty ? 1 : min(talkers.count, max(1, left / 2))
        lines += ["", title(Self.cells(["TOP TALKER", "AGENT", "ROLE", "kbit/s", "BYTES"], [-16, -14, -13, 12, 16]), columns)]
        if talkers.isEmpty { lines.append(fit("no traffic forwarded", columns)) }
        for (name, talker) in talkers.prefix(talkerRows) {
            let cells = [
                talker.homeAddress, name, talker.role.rawValue, Self.number(talker.rate / 1000), "\(talker.octets)",
            ]
            lines.append(fit(Self.cells(cells, [-16, -14, -13, 12, 16]), columns))
        }
        lines += ["", title("NEWEST EVENTS", columns)]
        if events.isEmpty { lines.append(fit("no events yet", columns)) }
        for (agent, event) in events.suffix(max(0, rows - lines.count)).reversed() {
            // The kind is left out, because the message states it.
            let text = "\(ShownTime.text(event.time, zone))  \(agent)  \(event.message)"
            lines.append(fit(text, columns))
        }
        return Array(lines.prefix(rows))
    }

    private var talkers: [(name: String, talker: WatchedAgentSnapshot.Talker)] {
        let all = agents.flatMap { agent in agent.talkers.map { (name: agent.name, talker: $0) } }
        let sorted = all.sorted { order.isBefore($0.talker, $1.talker) }
        return isReversed ? sorted.reversed() : sorted
    }

    private func line(_ agent: WatchedAgentSnapshot, _ columns: Int) -> String {
        if let problem = agent.problem {
            return paint(fit(Self.cells([agent.name, "unreachable: \(problem)"], [-14, 0]), columns), "31")
        }
        let registration = agent.isEnabled ? agent.isDraining ? "draining" : "enabled" : "disabled"
        let cells = [
            agent.name, agent.roles.map(\.abbreviation).sorted().joined(separator: ","), registration, "\(agent.bindings)",
            "\(agent.visitors)", Self.number(agent.requestRate), Self.number(agent.acceptedRate), Self.number(agent.deniedRate),
        ]
        let line = fit(Self.cells(cells, Self.agentWidths), columns)
        return agent.isEnabled && !agent.isDraining ? line : paint(line, "33")
    }

    private func title(_ text: String, _ columns: Int) -> String { paint(fit(text, columns), "7") }

    /// Applies a terminal attribute, which only emphasises what the words say.
    private func paint(_ text: String, _ attribute: String) -> String {
        hasColour ? "\u{1B}[\(attribute)m\(text)\u{1B}[0m" : text
    }

    private func fit(_ text: String, _ columns: Int) -> String { text.printable.prefix(cells: columns) }

    /// Pads cells to these widths; a negative width is left-aligned. A cell that is too long is truncated.
    private static func cells(_ cells: [String], _ widths: [Int]) -> String {
        zip(cells, widths).map { cell, width in
            guard width != 0 else { return cell.printable }
            let text = cell.printable.prefix(cells: abs(width))
            let blanks = String(repeating: " ", count: abs(width) - text.terminalWidth)
            return width < 0 ? text + blanks : blanks + text
        }.joined(separator: " ")
    }

    /// One decimal.
    private static func number(_ value: Double) -> String {
        let text = "\((value * 10).rounded() / 10)"
        return value < 1e15 ? text : ">=1e15"
    }
}
