import AgentControl
import AgentModel
import MobileIPv4
import NIOCore

/// The control interface's view of the runtime. The actor runs on the runtime's event loop.
actor RuntimeControl: AgentControlSource {
    private let runtime: NIOLoopBound<AgentRuntime>
    /// Whether a list of changes is being made, and who waits for that.
    private var isChanging = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(_ runtime: NIOLoopBound<AgentRuntime>) { self.runtime = runtime }

    nonisolated var unownedExecutor: UnownedSerialExecutor { runtime.eventLoop.executor.asUnownedSerialExecutor() }

    func information() -> AgentInformation { runtime.value.information }

    func agentTime() -> Timestamp { runtime.value.time }

    func counts() -> TableCounts? { runtime.value.counts }

    func snapshotPage(
        of topics: Set<ControlTopic>, after position: UInt64?, limit: Int
    ) -> (changes: [StateChange], next: UInt64?) {
        runtime.value.snapshotPage(of: topics, after: position, limit: limit)
    }

    func snapshotPage(
        of topics: Set<ControlTopic>, matching filter: RowFilter, after position: UInt64?, limit: Int
    ) -> (changes: [StateChange], next: UInt64?) {
        runtime.value.snapshotPage(of: topics, matching: filter, after: position, limit: limit)
    }

    func revokeBinding(homeAddress: IPv4Address, careOfAddress: IPv4Address?) async throws(ControlError) -> Int {
        let ended = runtime.value.revokeBinding(homeAddress: homeAddress, careOfAddress: careOfAddress)
        guard ended > 0 else { throw .bindingNotFound(homeAddress: homeAddress, careOfAddress: careOfAddress) }
        await allSaved()
        return ended
    }

    func setEnabled(_ enabled: Bool) async throws(ControlError) { _ = try await apply([.enabled(enabled)], validate: false) }

    func apply(_ changes: [AgentChange], validate: Bool) async throws(ControlError) -> AppliedChanges {
        if validate { return try runtime.value.check(changes) }
        try refuseUnsafe()
        await takeTurn()
        defer { endTurn() }
        try refuseUnsafe()
        let made = try runtime.value.begin(changes)
        let problem = await changesSaved()
        let applied: AppliedChanges
        do throws(ControlError) {
            applied = try runtime.value.finish(made, problem)
        } catch {
            // The store has changes that were taken back.
            if problem == nil { _ = await changesSaved() }
            throw error
        }
        await allSaved()
        return applied
    }

    func undo(_ token: String) async throws(ControlError) {
        await takeTurn()
        defer { endTurn() }
        try runtime.value.undo(token)
        if let problem = await changesSaved() { throw .changeRefused(runtime.value.notSaved(problem)) }
        runtime.value.followUndone()
    }

    // MARK: - The store

    /// Refuses changes that could not be saved.
    private func refuseUnsafe() throws(ControlError) {
        if let problem = runtime.value.refusal { throw .changeRefused(runtime.value.notSaved(problem)) }
    }

    /// Saves the changes of operators; returns why that failed, or nil.
    private func changesSaved() async -> String? {
        await withCheckedContinuation { continuation in
            runtime.value.saveChanges { continuation.resume(returning: $0) }
        }
    }

    /// Waits until everything done so far is safe. If it cannot be saved, the state error says so.
    private func allSaved() async {
        await withCheckedContinuation { continuation in runtime.value.whenSaved { continuation.resume() } }
    }

    // MARK: - One list after the other

    private func takeTurn() async {
        guard isChanging else {
            isChanging = true
            return
        }
        await withCheckedContinuation { waiting.append($0) }
    }

    private func endTurn() {
        if waiting.isEmpty { isChanging = false } else { waiting.removeFirst().resume() }
    }
}
