import JSON
import Synchronization

/// Prints a list once: applies conditions, order and limit to rows as they arrive, and leaves the rest to the printer of the format.
final class ListRun: Sendable {
    /// How many rows a table inspects before it chooses its column widths.
    private static let sampleSize = 200

    private struct State {
        var output = StandardOutput()
        var printer: any RowPrinter
        var hasBegun = false
        /// Rows not printed yet: all rows if they are to be sorted, else the sample.
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

    /// Takes rows from the source. Returns whether more are wanted.
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

    /// Prints the rows held back and ends the output. Returns how many rows were printed.
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

    /// Stops the progress display, whether or not everything was read.
    func end() { progress.end() }

    private func begin(_ state: inout State) {
        guard !state.hasBegun else { return }
        state.hasBegun = true
        // On a terminal the progress line would get in the way of the rows.
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
