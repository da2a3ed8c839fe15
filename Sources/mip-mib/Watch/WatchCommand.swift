import AgentModel
import ArgumentParser
import Foundation
import JSON
import Synchronization

struct WatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch", abstract: "Show agents, their rates, the top talkers and the newest events on a full screen.",
        usage: "mip-mib watch [<options>]",
        discussion: """
            Keys: s sorts by rate, total or name; r reverses the order; q or Ctrl-C quits. With --output ndjson, prints one JSON \
            object per agent and interval, until Ctrl-C or until --count is reached.

            Control sockets are followed. A management daemon (--url) and an SNMP agent (--snmp) are polled every interval; they \
            show talkers only while there are at most 10000 (--url) or 500 (--snmp) bindings and visits, and SNMP shows no events.

            Examples:
              mip-mib watch
              mip-mib watch --interval 5 --sort total
              mip-mib watch --url http://127.0.0.1:8044
              mip-mib watch --output ndjson --count 10
            """)

    @OptionGroup var source: SourceOptions
    @Option(name: .shortAndLong, help: ArgumentHelp("Output format: table for the screen, or ndjson.", valueName: "format"))
    var output: OutputFormat = .table
    @Flag(help: "Show times in the time zone of this machine; NDJSON always has UTC.") var local = false
    @Option(help: ArgumentHelp("Time between two snapshots, 0.1 to 3600.", valueName: "seconds")) var interval = 1.0
    @Option(help: ArgumentHelp("Sort by rate, total or name.", valueName: "order")) var sort: WatchOrder = .rate
    @Option(
        help: ArgumentHelp("Stop after this many snapshots.", valueName: "count"),
        transform: { try WholeNumber.parse($0, as: Int.self) })
    var count: Int?

    func validate() throws {
        guard (0.1...3600).contains(interval) else {
            throw ValidationError("--interval \(interval) is invalid; expected 0.1 to 3600 seconds")
        }
        if let count, count < 1 { throw ValidationError("--count \(count) is invalid; expected 1 or more") }
    }

    func run() async throws {
        guard output == .table || output == .ndjson else {
            throw CommandFailure.usage("--output '\(output.rawValue)' is invalid; expected table or ndjson")
        }
        let agents = try await sources(try source.settings())
        let terminal = output == .table ? try Terminal() : nil
        defer { terminal?.restore() }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for agent in agents { group.addTask { await agent.run() } }
            defer { group.cancelAll() }
            try await settle(agents)
            if let terminal {
                try await fill(terminal, agents)
            } else {
                try await report(agents)
            }
        }
    }

    private func sources(_ settings: Settings) async throws -> [any WatchSource] {
        if let url = settings.target.url {
            let daemon = try DaemonSource(settings, url: url)
            // An agent that does not exist is an error now, not on the screen.
            _ = try await daemon.chosenAgents()
            return [PolledAgents(name: url, source: daemon, trafficLimit: 10_000, interval: interval)]
        }
        if let host = settings.target.snmpHost {
            let agent = SNMPSource(settings: settings, host: host, isQuiet: true)
            return [PolledAgents(name: host, source: agent, trafficLimit: 500, interval: interval)]
        }
        return try await source.paths(settings).map { WatchedAgent(path: $0, timeout: settings.socketTimeout) }
    }

    /// Gives every agent time for its first snapshot. The screen waits only briefly: a person would rather see it fill.
    private func settle(_ agents: [any WatchSource]) async throws {
        let end = ContinuousClock.now + (output == .table ? .milliseconds(500) : .seconds(3600))
        while ContinuousClock.now < end, !agents.allSatisfy({ $0.isSettled }) { try await Task.sleep(for: .milliseconds(10)) }
    }

    private func report(_ agents: [any WatchSource]) async throws {
        // An agent that becomes unreachable later is reported in its object.
        let failures = agents.compactMap { $0.failure }
        if failures.count == agents.count, let first = failures.first { throw CommandFailure.unreachable(first) }
        var output = StandardOutput()
        for number in 1... {
            for snapshot in agents.flatMap({ $0.snapshots(by: sort) }) {
                output.append { snapshot.row(at: Self.now).write(to: &$0) }
                output.write("\n")
            }
            output.flush()
            if let count, number >= count { return }
            try await Task.sleep(for: .seconds(interval))
        }
    }

    private func fill(_ terminal: Terminal, _ agents: [any WatchSource]) async throws {
        var screen = WatchScreen(order: sort, hasColour: Terminal.hasColour, zone: local ? .local : .utc)
        func draw() {
            let size = terminal.size
            terminal.show(screen.lines(columns: size.columns, rows: size.rows, time: Self.now))
        }
        screen.take(agents.flatMap { $0.snapshots(by: screen.order) })
        draw()
        var snapshots = 1
        let interval = self.interval
        let clock = Task {
            while !Task.isCancelled {
                try? await Task.sleep(for: .seconds(interval))
                terminal.tick()
            }
        }
        defer { clock.cancel() }
        for await input in terminal.input {
            switch input {
            case .tick:
                screen.take(agents.flatMap { $0.snapshots(by: screen.order) })
                snapshots += 1
                if let count, snapshots > count { return }
            case .resized: break
            case .signal(let number):
                terminal.restore()
                throw ExitCode(128 + number)
            case .keys(let keys):
                for key in keys {
                    switch key {
                    // q, Q, Ctrl-C, Ctrl-D.
                    case UInt8(ascii: "q"), UInt8(ascii: "Q"), 3, 4: return
                    case UInt8(ascii: "s"): screen.order = screen.order.next
                    case UInt8(ascii: "r"): screen.isReversed.toggle()
                    default: break
                    }
                }
            }
            draw()
        }
    }

    private static var now: Timestamp {
        Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
    }
}

extension WatchOrder: ExpressibleByArgument {}
