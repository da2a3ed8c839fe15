import AgentControl
import AgentModel
import ArgumentParser
import ManagementCore

struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Which agents run here, in which roles, and how much they hold.",
        discussion: """
            Exit status 1 when an agent has registration switched off.

            Examples:
              mip-mib status
              mip-mib status --url http://127.0.0.1:8044 --json
            """)

    @OptionGroup var source: SourceOptions
    @OptionGroup var listing: ListOptions

    static let columns = [
        Column("information.roles", "ROLES"),
        Column("information.enabled", "REGISTRATION") { row in
            row.member(at: "information.enabled").map { $0.isTrue ? "enabled" : "disabled" } ?? "-"
        },
        Column("counts.bindings", "BINDINGS"), Column("counts.visitors", "VISITORS"),
        Column("counts.associations", "ASSOCIATIONS"), Column("counts.violations", "VIOLATORS"),
        .duration("uptime", "UP"),
        Column("information.addresses", "ADDRESSES") { row in
            let all = row.member(at: "information.addresses")?.array?.compactMap(\.object) ?? []
            return all.isEmpty
                ? "-" : all.map { Column.text($0["address"]) + ":" + Column.text($0["port"]) }.joined(separator: ",")
        },
        Column("connection", level: .wide), Column("age", level: .wide), Column("information.version", "VERSION", level: .wide),
        Column("lastError", level: .wide), Column("connections", level: .never), Column("restarts", level: .never),
        Column("information", level: .never), Column("counts", level: .never),
    ]

    static let list = RowList("status", row: "agent", topic: .information, order: [], columns: columns) { _ in [] }

    func run() async throws {
        let settings = try source.settings()
        guard settings.target.url == nil, settings.target.snmpHost == nil else {
            return try await listing.print(Self.list, from: try source.source(settings), settings: settings)
        }
        let status = StatusSource(paths: try source.paths(settings), isForPeople: try listing.form.format(settings).isForPeople)
        try await listing.print(Self.list, from: status, settings: settings)
        if status.hasDisabled { throw ExitCode(1) }
    }
}
