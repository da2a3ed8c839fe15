import JSON
import Synchronization

/// Sorts the table of each agent if it is small, because each source delivers rows in its own order. The rows of a table of more than
/// `limit` rows are passed on as they arrive, so that output begins at once.
final class PageOrdering: Sendable {
    static let limit = 250

    private struct State {
        var held: [Row] = []
        var isPassing = false
        var isWanted = true
    }

    private let list: RowList
    private let receive: @Sendable ([Row]) -> Bool
    private let state = Mutex(State())

    init(list: RowList, receive: @escaping @Sendable ([Row]) -> Bool) {
        self.list = list
        self.receive = receive
    }

    func take(_ rows: [Row]) -> Bool {
        state.withLock { state in
            if !state.isPassing {
                state.held += rows
                guard state.held.count > Self.limit else { return true }
                state.isPassing = true
                state.isWanted = receive(state.held)
                state.held = []
            } else if !rows.isEmpty {
                state.isWanted = receive(rows)
            }
            return state.isWanted
        }
    }

    /// Returns whether more rows are wanted.
    func finish() -> Bool {
        state.withLock { state in
            guard !state.isPassing else { return state.isWanted }
            // The agents keep the order in which they arrived.
            var ordered: [Row] = []
            for own in state.held.chunked(by: { $0["agent"] == $1["agent"] }) {
                ordered += RowOrder(ascending: list.order).sorted(Array(own))
            }
            return ordered.isEmpty || receive(ordered)
        }
    }
}

extension Array {
    /// Runs of adjacent elements that belong together.
    fileprivate func chunked(by areTogether: (Element, Element) -> Bool) -> [ArraySlice<Element>] {
        var chunks: [ArraySlice<Element>] = []
        var start = startIndex
        for index in indices.dropFirst() where !areTogether(self[index - 1], self[index]) {
            chunks.append(self[start..<index])
            start = index
        }
        return isEmpty ? [] : chunks + [self[start...]]
    }
}
