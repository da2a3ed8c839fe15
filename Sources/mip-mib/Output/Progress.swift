import Synchronization

/// Shows the progress of a read that takes longer than one second. It is shown only if standard error is a terminal, never in a file
/// or a pipe, and never where it would mix with output.
final class Progress: Sendable {
    private struct State {
        var text: String
        var isShown = false
        var clock: Task<Void, Never>?
    }

    private let state: Mutex<State>

    /// - Parameter text: shown until the first call of `report`.
    init(_ text: String = "waiting for a reply …") {
        state = Mutex(State(text: text))
        guard StandardError.isTerminal else { return }
        let clock = Task { [weak self] in
            try? await Task.sleep(for: .seconds(1))
            while !Task.isCancelled {
                self?.show()
                try? await Task.sleep(for: .milliseconds(250))
            }
        }
        state.withLock { $0.clock = clock }
    }

    func report(_ count: Int, _ what: String) {
        guard count > 0 else { return }
        state.withLock { $0.text = "\(count) \(what)s read …" }
    }

    /// Clears the line and stops reporting.
    func end() {
        state.withLock { state in
            state.clock?.cancel()
            state.clock = nil
            if state.isShown { StandardError.put("\r\u{1B}[K") }
            state.isShown = false
        }
    }

    private func show() {
        state.withLock { state in
            guard state.clock != nil else { return }
            state.isShown = true
            StandardError.put("\r\(state.text)\u{1B}[K")
        }
    }
}
