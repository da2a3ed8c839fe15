import JSON
import Synchronization

/// One printing of a list: conditions, order and limit applied to rows as they come, and the rest left to the printer of the form.
final class ListRun: Sendable {
    /// Rows that a table looks at before it chooses its widths.
    private static let sampleSize = 200

    private struct State {
        var output = StandardOutput()
        var printer: any RowPrinter
        var hasBegun = false
        /// Not printed yet: all rows that are to be sorted, or the sample.
        var held: [Row] = []
        var count = 0
    }

    private let progress = Progress()

    private let conditions: [RowCondition]
    private let order: RowOrder?
    private let limit: Int
    private let sampleSize: Int
    private let rowName: String
    private let state: Mutex<State>

    init(
        printer: any RowPrinter, isForPeople: Bool, conditions: [RowCondition], order: RowOrder?, limit: Int?, rowName: String
    ) {
        self.conditions = conditions
        self.order = order
        self.limit = limit ?? .max
        self.rowName = rowName
        sampleSize = isForPeople ? Self.sampleSize : 0
        state = Mutex(State(printer: printer))
    }

    /// Takes rows from the source; returns whether more are wanted.
    func take(_ rows: [Row]) -> Bool {
        state.withLock { state in
            for row in rows where conditions.allSatisfy({ $0.holds(for: row) }) {
                if order != nil || !state.hasBegun && state.held.count < sampleSize {
                    state.held.append(row)
                } else {
                    begin(&state)
                    guard state.count < limit else { break }
                    print(row, &state)
                }
            }
            if state.hasBegun { state.output.flush() }
            progress.report(state.count + state.held.count, rowName)
            return order != nil || state.count + state.held.count < limit
        }
    }

    /// Prints what was held back and ends the form. Returns how many rows were printed.
    func finish() -> Int {
        state.withLock { state in
            if let order {
                state.held = order.sorted(state.held)
                if state.held.count > limit { state.held.removeLast(state.held.count - limit) }
            }
            begin(&state)
            state.printer.end(to: &state.output)
            progress.end()
            state.output.flush()
            return state.count
        }
    }

    /// Nothing is printed any more, whether all was read or not.
    func end() { progress.end() }

    private func begin(_ state: inout State) {
        guard !state.hasBegun else { return }
        state.hasBegun = true
        // Behind the rows on a terminal it would be in their way.
        if StandardOutput.isTerminal { progress.end() }
        state.printer.begin(state.held, to: &state.output)
        for row in state.held where state.count < limit { print(row, &state) }
        state.held = []
    }

    private func print(_ row: Row, _ state: inout State) {
        state.count += 1
        state.printer.print(row, to: &state.output)
    }
}
