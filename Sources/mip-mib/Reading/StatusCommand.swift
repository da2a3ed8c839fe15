import AgentControl
import AgentModel
import ArgumentParser
import Foundation
import JSON
import Synchronization

struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Show which agents run, in which roles, and how many entries they hold.",
        usage: "mip-mib status [<options>]",
        discussion: list.help(
            """
            Exits with status 1 if an agent has registration disabled, or if the management daemon is not synchronized with it.

            Examples:
              mip-mib status
              mip-mib status --url http://127.0.0.1:8044 --json
            """))

    @OptionGroup var source: SourceOptions
    @OptionGroup var listing: ListOptions

    static let list = list(with: nil)

    /// - Parameter uptimes: how long agents have been up by their own clocks, if the source knows it.
    private static func list(with uptimes: AgentUptimes?) -> RowList {
        RowList("status", row: "agent", topic: .information, order: [], columns: columns(uptimes)) { _ in [] }
    }

    private static func columns(_ uptimes: AgentUptimes?) -> [Column] {
        [
            .roles("information.roles"),
            Column("information.enabled", "REGISTRATION") { row in
                let isDraining = row.member(at: "information.drain") != nil
                return row.member(at: "information.enabled").map {
                    $0.isTrue ? isDraining ? "draining" : "enabled" : "disabled"
                } ?? "-"
            },
            Column("counts.bindings", "BINDINGS"), Column("counts.visitors", "VISITORS"),
            Column("information.startTime", "UP") { row in
                (uptimes?[row] ?? row.seconds).map { duration(UInt32(clamping: $0)) } ?? "-"
            },
            Column("information.addresses", "ADDRESSES") { row in
                let all = row.member(at: "information.addresses")?.array?.compactMap(\.object) ?? []
                return all.isEmpty
                    ? "-" : all.map { Column.text($0["address"]) + ":" + Column.text($0["port"]) }.joined(separator: ",")
            },
            Column("counts.associations", "ASSOCIATIONS", level: .wide),
            Column("counts.violations", "VIOLATORS", level: .wide),
            Column("connection", level: .wide), .age, Column("information.version", "VERSION", level: .wide),
            Column("lastError", level: .wide), Column("connections", level: .never), Column("restarts", level: .never),
            Column("information", level: .never), Column("counts", level: .never),
        ]
    }

    func run() async throws {
        let settings = try source.settings()
        let read = try await source.source(settings)
        let seen = StatusWatcher(source: read)
        try await listing.print(Self.list(with: (read as? SocketSource)?.uptimes), from: seen, settings: settings)
        if seen.isUnhealthy { throw ExitCode(1) }
    }
}

/// Passes on the rows of a source, and remembers whether one of them was unhealthy.
private final class StatusWatcher: RowSource {
    private let source: any RowSource
    private let unhealthy = Mutex(false)

    /// Whether one of the agents has registration disabled or is not synchronized.
    var isUnhealthy: Bool { unhealthy.withLock { $0 } }

    init(source: any RowSource) { self.source = source }

    func read(
        _ list: RowList, where conditions: [RowCondition], _ receive: @escaping @Sendable ([Row]) -> Bool
    ) async throws -> [String] {
        try await source.read(list, where: conditions) { rows in
            for row in rows where !row.isHealthy { self.unhealthy.withLock { $0 = true } }
            return receive(rows)
        }
    }
}

extension Row {
    /// Whether a row of `status` shows a healthy agent.
    fileprivate var isHealthy: Bool {
        member(at: "information.enabled").map(\.isTrue) ?? true && ["synchronized", nil].contains(text("connection"))
    }

    /// How long the agent has been up by the local clock.
    fileprivate var seconds: UInt64? {
        guard let start = text("information.startTime").flatMap(Timestamp.init) else { return nil }
        return UInt64(max(0, Int64(Date().timeIntervalSince1970) - start.milliseconds / 1000))
    }
}
