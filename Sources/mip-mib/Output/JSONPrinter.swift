import JSON

/// JSON: an array with one row per line, or one row per line and nothing else (NDJSON).
struct JSONPrinter: RowPrinter {
    let members: [String]?
    let isArray: Bool
    private var isFirst = true

    init(members: [String]?, isArray: Bool) {
        self.members = members
        self.isArray = isArray
    }

    mutating func begin(_ sample: [Row], to output: inout StandardOutput) {
        if isArray { output.write("[") }
    }

    mutating func print(_ row: Row, to output: inout StandardOutput) {
        if isArray { output.write(isFirst ? "\n " : ",\n ") }
        isFirst = false
        output.append { row.only(members).write(to: &$0) }
        if !isArray { output.write("\n") }
    }

    mutating func end(to output: inout StandardOutput) {
        if isArray { output.write(isFirst ? "]\n" : "\n]\n") }
    }
}
