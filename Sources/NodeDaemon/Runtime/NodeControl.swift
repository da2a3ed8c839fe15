import AgentControl
import AgentModel
import MobileIPv4
import NIOCore

/// The control interface's view of the node. The actor runs on the runtime's event loop.
actor NodeControl: AgentControlSource {
    private let runtime: NIOLoopBound<NodeRuntime>

    init(_ runtime: NIOLoopBound<NodeRuntime>) { self.runtime = runtime }

    nonisolated var unownedExecutor: UnownedSerialExecutor { runtime.eventLoop.executor.asUnownedSerialExecutor() }

    func information() -> AgentInformation { runtime.value.information }

    func agentTime() -> Timestamp { runtime.value.time }

    func counts() -> TableCounts? { runtime.value.counts }

    func snapshotPage(
        of topics: Set<ControlTopic>, after position: UInt64?, limit: Int
    ) -> (changes: [StateChange], next: UInt64?) {
        (runtime.value.allRows(), nil)
    }

    func revokeBinding(homeAddress: IPv4Address, careOfAddress: IPv4Address?) throws(ControlError) -> Int {
        throw .refused(reason: "a mobile node has no bindings; ask its home agent")
    }

    func setEnabled(_ enabled: Bool) throws(ControlError) {
        _ = try runtime.value.apply([.enabled(enabled)], validate: false)
    }

    func apply(_ changes: [AgentChange], validate: Bool) throws(ControlError) -> AppliedChanges {
        try runtime.value.apply(changes, validate: validate)
    }

    func undo(_ token: String) throws(ControlError) { try runtime.value.undo(token) }
}
