import AgentControl
import AgentModel
import ArgumentParser
import Foundation
import JSON
import Synchronization

struct CountersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "counters", abstract: "Show the counters of agents, since they started or since a time you choose.",
        usage: "mip-mib counters [<options>]",
        discussion: """
            Tables omit counters that are 0 unless --all is given. Counters are never cleared: --save saves their current values, \
            and --since shows what has been added to them since, or what is added within the given time.

            Examples:
              mip-mib counters
              mip-mib counters --where role=homeAgent
              mip-mib counters --save before.json
              mip-mib counters --since before.json
              mip-mib counters --since 10s
            """)

    @OptionGroup var source: SourceOptions
    @OptionGroup var listing: ListOptions
    @Option(
        help: ArgumentHelp("Show what was added since this file was saved, or within a time such as 10s.", valueName: "file|time")
    )
    var since: String?
    @Option(help: ArgumentHelp("Save the counters to this file, for --since.", valueName: "file")) var save: String?
    @Flag(help: "Include counters that are 0.") var all = false

    static let columns = [.role("role"), Column("value"), Column("counter"), Column("name", level: .wide)]

    func run() async throws {
        let settings = try source.settings()
        let origin = try await source.source(settings)
        let isTree = try [.json, .ndjson, .yaml].contains(listing.outputOptions.format(settings)) && listing.columns == nil
        var before: [Row]?
        if let since { before = try await earlier(since, origin) }
        let (rows, failures) = try await Self.counters(of: origin)
        if let save { try Self.write(rows, to: save) }
        let shown = rows.map { row in
            before.map { old in
                row.difference(since: old.first { $0["agent"] == row["agent"] } ?? Row())
            } ?? row
        }
        if !isTree, !all, !rows.isEmpty, shown.allSatisfy({ CounterLeaf.all(in: $0).allSatisfy { $0.value == 0 } }) {
            throw CommandFailure(message: "nothing was counted; use --all to show counters that are 0", status: 1)
        }
        let list = RowList("counters", row: "counter", topic: .counters, order: [], columns: isTree ? [] : Self.columns) { _ in []
        }
        try await listing.print(
            list, from: FixedRows(rows: isTree ? shown : shown.flatMap(lines), failures: failures), settings: settings)
    }

    private func lines(_ row: Row) -> [Row] {
        func line(_ role: String?, _ counter: String, _ name: String, _ value: JSONValue) -> Row {
            Row([
                ("agent", row["agent"] ?? .null), ("role", role.map(JSONValue.string) ?? .null), ("counter", .string(counter)),
                ("value", value), ("name", .string(name)),
            ])
        }
        var lines: [Row] = []
        for counter in CounterLeaf.all(in: row) where all || counter.value > 0 {
            let name = (counter.role.map { $0 + "." } ?? "") + counter.name
            lines.append(line(counter.role, counter.words, name, JSONValue(counter.value)))
        }
        for (role, codes) in Self.repliesByRole {
            guard let ratio = row.successRatio("\(role).\(codes)") else { continue }
            lines.append(line(role, "success ratio in percent", "\(role).successRatio", .number(ratio)))
        }
        return lines
    }

    /// Where each role counts the replies from which its success ratio is computed.
    private static let repliesByRole = [
        ("homeAgent", "repliesSentByCode"), ("foreignAgent", "repliesReceivedByCode"), ("mobileNode", "repliesReceivedByCode"),
    ]

    private func earlier(_ text: String, _ source: any RowSource) async throws -> [Row] {
        if let time = Self.time(text) {
            let (rows, _) = try await Self.counters(of: source)
            let progress = Progress("counting for \(text) …")
            defer { progress.end() }
            try await Task.sleep(for: time)
            return rows
        }
        guard let data = FileManager.default.contents(atPath: text) else {
            throw CommandFailure.usage(
                "--since '\(text)' is invalid; expected a time such as 10s or a readable file made with --save")
        }
        guard let rows = try? JSONValue(json: data).array?.compactMap(\.object) else {
            throw CommandFailure.usage("'\(text)' does not contain counters; expected a file made with --save")
        }
        return rows
    }

    /// `10s`, `5m` or `1h`.
    private static func time(_ text: String) -> Duration? {
        let number = text.dropLast()
        guard let amount = Int64(number), (1...86_400).contains(amount) else { return nil }
        return switch text.last {
        case "s": .seconds(amount)
        case "m": .seconds(amount * 60)
        case "h": .seconds(amount * 3600)
        default: nil
        }
    }

    private static func counters(of source: any RowSource) async throws -> (rows: [Row], failures: [String]) {
        let collected = CollectedRows()
        let failures = try await source.read(.counters, where: []) { collected.append($0) }
        return (collected.rows, failures)
    }

    private static func write(_ rows: [Row], to path: String) throws {
        do {
            try Data((JSONValue.array(rows.map(JSONValue.object)).json + "\n").utf8).write(
                to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw CommandFailure.usage("cannot write '\(path)': \(error.localizedDescription)")
        }
    }
}

/// Collects the rows of a source.
final class CollectedRows: Sendable {
    private let state = Mutex<[Row]>([])

    var rows: [Row] { state.withLock { $0 } }

    func append(_ rows: [Row]) -> Bool {
        state.withLock { $0 += rows }
        return true
    }
}

/// A source of rows that are already known.
struct FixedRows: RowSource {
    let rows: [Row]
    var failures: [String] = []

    func read(
        _ list: RowList, where conditions: [RowCondition], _ receive: @escaping @Sendable ([Row]) -> Bool
    ) async throws -> [String] {
        _ = receive(rows)
        return failures
    }
}
