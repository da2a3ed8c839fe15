/// Rows in aligned columns for people. The widths are those of the sample; a wider cell that comes later moves what is behind it.
struct TablePrinter: RowPrinter {
    private let columns: [Column]
    private let hasHeader: Bool
    private var widths: [Int]

    init(_ columns: [Column], hasHeader: Bool) {
        self.columns = columns
        self.hasHeader = hasHeader
        widths = columns.map { hasHeader ? $0.title.count : 1 }
    }

    mutating func begin(_ sample: [Row], to output: inout StandardOutput) {
        for row in sample {
            for (index, column) in columns.enumerated() { widths[index] = max(widths[index], column.cell(row).terminalWidth) }
        }
        if hasHeader && !sample.isEmpty { line(columns.map(\.title), to: &output) }
    }

    mutating func print(_ row: Row, to output: inout StandardOutput) { line(columns.map { $0.cell(row) }, to: &output) }

    mutating func end(to output: inout StandardOutput) {}

    private func line(_ cells: [String], to output: inout StandardOutput) {
        var line = ""
        for (index, cell) in cells.enumerated() {
            line += cell
            if index < cells.count - 1 {
                line += String(repeating: " ", count: max(0, widths[index] - cell.terminalWidth) + 2)
            }
        }
        output.write(line + "\n")
    }
}
