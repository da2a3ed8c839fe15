/// Serializes the changes of one agent, so that the row a condition was compared with is the row that is changed.
actor ChangeQueue {
    /// Maximum number of waiting changes.
    static let limit = 100

    private var isBusy = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    /// Waits for a turn; returns false when too many are already waiting. A caller that got a turn ends it with `leave`.
    func enter() async -> Bool {
        guard isBusy else {
            isBusy = true
            return true
        }
        guard waiting.count < Self.limit else { return false }
        await withCheckedContinuation { waiting.append($0) }
        return true
    }

    /// Passes the turn to the next caller.
    func leave() {
        if waiting.isEmpty { isBusy = false } else { waiting.removeFirst().resume() }
    }
}
