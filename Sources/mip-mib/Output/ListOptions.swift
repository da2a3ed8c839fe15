import ArgumentParser

/// How a list is printed: form, columns, order, conditions.
struct ListOptions: ParsableArguments {
    @OptionGroup var form: FormOptions

    @Option(help: ArgumentHelp("Only these columns, in this order; also members of JSON.", valueName: "name,…"))
    var columns: String?

    @Option(
        parsing: .unconditional, help: ArgumentHelp("Order by these members; '-' before one counts down.", valueName: "name,…"))
    var sort: String?

    @Option(
        name: .customLong("where"),
        help: ArgumentHelp(
            "Only rows that meet this; may be given several times. Signs: = != < <= > >= and ~ for 'contains'; an address may be"
                + " compared with a prefix.", valueName: "condition"))
    var conditions: [String] = []

    @Option(help: ArgumentHelp("At most this many rows.", valueName: "count")) var limit: Int?

    @Flag(help: "Leave out the line of column titles.") var noHeader = false

    func validate() throws {
        if let limit, limit < 1 { throw ValidationError("--limit \(limit) is invalid; expected 1 or more") }
    }

    /// Reads the list from the source and prints it.
    ///
    /// - Throws: `CommandFailure` or `ExitCode`: nothing found, or an agent could not be reached.
    func print(_ list: RowList, from source: any RowSource, settings: Settings, where more: [RowCondition] = []) async throws {
        let format = try form.format(settings)
        let chosen = try columns.map { try list.columns(named: $0) }
        let order = sort.map(RowOrder.init)
        for part in order?.parts ?? [] { _ = try list.columns(named: part.path) }
        let conditions = try more + conditions.map { try RowCondition($0) }
        for condition in conditions { _ = try list.columns(named: condition.path) }
        let run = ListRun(
            printer: format.printer(columns: list.columns, chosen: chosen, hasHeader: !noHeader),
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

/// In which form a command prints.
struct FormOptions: ParsableArguments {
    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("In which form; JSON is that of the JSON API.", valueName: "form"))
    var output: OutputFormat?

    @Flag(help: "The same as --output json.") var json = false

    func format(_ settings: Settings) throws -> OutputFormat {
        guard json else { return output ?? settings.output ?? .table }
        guard output == nil || output == .json else {
            throw CommandFailure.usage("--json and --output exclude each other; give one")
        }
        return .json
    }
}
