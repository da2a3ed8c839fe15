/// Lets the changes of one agent be made one after the other, so that what a condition was compared with is what is changed.
actor ChangeOrder {
    /// Most changes that wait.
    static let limit = 100

    private var isTaken = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    /// Waits for a turn; false when too many wait already. Whoever got one gives it back by `leave`.
    func enter() async -> Bool {
        guard isTaken else {
            isTaken = true
            return true
        }
        guard waiting.count < Self.limit else { return false }
        await withCheckedContinuation { waiting.append($0) }
        return true
    }

    /// Gives the turn to the next.
    func leave() {
        if waiting.isEmpty { isTaken = false } else { waiting.removeFirst().resume() }
    }
}
