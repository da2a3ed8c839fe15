import ArgumentParser

/// How a list is printed: format, columns, order, conditions.
struct ListOptions: ParsableArguments {
    @OptionGroup var outputOptions: OutputOptions

    @Option(
        help: ArgumentHelp(
            "Print only these columns, in this order; a column can be a dotted path into a JSON member.", valueName: "name,…"))
    var columns: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Sort by these members; '-' before a member sorts it in descending order.", valueName: "name,…"))
    var sort: String?

    @Option(
        name: .customLong("where"),
        help: ArgumentHelp(
            "Print only rows that satisfy this condition; may be repeated. Operators: = != < <= > >= and ~ for 'contains'; an address"
                + " can be compared with a prefix.", valueName: "condition"))
    var conditions: [String] = []

    @Option(
        help: ArgumentHelp("Print at most this many rows.", valueName: "count"),
        transform: { try WholeNumber.parse($0, as: Int.self) })
    var limit: Int?

    @Flag(help: "Omit the line of column titles.") var noHeader = false

    func validate() throws {
        if let limit, limit < 1 { throw ValidationError("--limit \(limit) is invalid; expected 1 or more") }
    }

    /// Refuses what the list does not have, before anything is asked.
    func check(_ list: RowList) throws {
        if let columns { _ = try list.columns(named: columns) }
        for part in sort.map({ RowOrder($0) })?.parts ?? [] { _ = try list.columns(named: part.path) }
        for condition in conditions { try RowCondition(condition).check(in: list.members, of: list.name) }
    }

    /// Reads a list from a source and prints it.
    ///
    /// - Throws: `CommandFailure` or `ExitCode` if nothing was found, or if an agent could not be reached.
    func print(_ list: RowList, from source: any RowSource, settings: Settings, where more: [RowCondition] = []) async throws {
        let format = try outputOptions.format(settings)
        let chosen = try columns.map { try list.columns(named: $0) }
        let order = sort.map(RowOrder.init)
        for part in order?.parts ?? [] { _ = try list.columns(named: part.path) }
        let conditions = try more + conditions.map { try RowCondition($0) }
        for condition in conditions { try condition.check(in: list.members, of: list.name) }
        let run = ListRun(
            printer: format.printer(columns: list.columns, chosen: chosen, hasHeader: !noHeader, zone: outputOptions.zone),
            isForPeople: format.isForPeople, conditions: conditions, order: order, limit: limit, rowName: list.rowName)
        defer { run.end() }
        let failures = try await source.read(list, where: conditions) { run.take($0) }
        let count = run.finish()
        for failure in failures { StandardError.write(failure) }
        if !failures.isEmpty { throw ExitCode(3) }
        if count == 0 {
            guard format.isForPeople else { throw ExitCode(1) }
            throw CommandFailure.nothingFound(list.rowName)
        }
    }
}

/// The output format of a command.
struct OutputOptions: ParsableArguments {
    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Output format; JSON is the same as in the JSON API.", valueName: "format"))
    var output: OutputFormat?

    @Flag(help: "Same as --output json.") var json = false

    @Flag(help: "Show times in the time zone of this machine; JSON, CSV and YAML always have UTC.") var local = false

    /// The zone of the times that people read.
    var zone: ShownTime.Zone { local ? .local : .utc }

    func format(_ settings: Settings) throws -> OutputFormat {
        guard json else { return output ?? settings.output ?? .table }
        guard output == nil || output == .json else {
            throw CommandFailure.usage("--json and --output are mutually exclusive; give only one")
        }
        return .json
    }
}
