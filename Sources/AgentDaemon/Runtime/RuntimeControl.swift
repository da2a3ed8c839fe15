import AgentControl
import AgentModel
import MobileIPv4
import NIOCore

/// The control interface's view of the runtime. The actor runs on the runtime's event loop.
actor RuntimeControl: AgentControlSource {
    private let runtime: NIOLoopBound<AgentRuntime>

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

    func revokeBinding(homeAddress: IPv4Address, careOfAddress: IPv4Address?) throws(ControlError) -> Int {
        let ended = runtime.value.revokeBinding(homeAddress: homeAddress, careOfAddress: careOfAddress)
        guard ended > 0 else { throw .bindingNotFound(homeAddress: homeAddress, careOfAddress: careOfAddress) }
        return ended
    }

    func setEnabled(_ enabled: Bool) throws(ControlError) {
        _ = try runtime.value.apply([.enabled(enabled)], validate: false)
    }

    func apply(_ changes: [AgentChange], validate: Bool) throws(ControlError) -> AppliedChanges {
        try runtime.value.apply(changes, validate: validate)
    }

    func undo(_ token: String) throws(ControlError) { try runtime.value.undo(token) }
}
