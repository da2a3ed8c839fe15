import JSON

/// Rows in aligned columns for people. The sample determines the widths; a wider cell in a later row shifts the cells after it.
struct TablePrinter: RowPrinter {
    private let columns: [Column]
    private let hasHeader: Bool
    private let zone: ShownTime.Zone
    private var widths: [Int]
    /// Which columns are numeric and thus right-aligned.
    private var areNumbers: [Bool]

    init(_ columns: [Column], hasHeader: Bool, zone: ShownTime.Zone) {
        self.columns = columns
        self.hasHeader = hasHeader
        self.zone = zone
        areNumbers = columns.map { _ in false }
        widths = columns.map { hasHeader ? $0.title.terminalWidth : 1 }
    }

    mutating func begin(_ sample: [Row], to output: inout StandardOutput) {
        for (index, column) in columns.enumerated() {
            let cells = sample.map { column.text(of: $0, zone) }
            widths[index] = cells.reduce(widths[index]) { max($0, $1.terminalWidth) }
            areNumbers[index] = cells.allSatisfy { $0 == "-" || Double($0) != nil } && cells.contains { $0 != "-" }
        }
        if hasHeader && !sample.isEmpty { line(columns.map(\.title), to: &output) }
    }

    mutating func print(_ row: Row, to output: inout StandardOutput) { line(columns.map { $0.text(of: row, zone) }, to: &output) }

    mutating func end(to output: inout StandardOutput) {}

    private func line(_ cells: [String], to output: inout StandardOutput) {
        var line = ""
        for (index, cell) in cells.enumerated() {
            let blanks = String(repeating: " ", count: max(0, widths[index] - cell.terminalWidth))
            line += areNumbers[index] ? blanks + cell : cell
            if index < cells.count - 1 { line += areNumbers[index] ? "  " : blanks + "  " }
        }
        output.write(line + "\n")
    }
}
