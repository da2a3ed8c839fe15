package import AgentModel

extension AgentState {
    /// The snapshot that these changes build, as if an agent had just sent them; for tests that drive an agent's engine themselves.
    package init(name: String, changes: [StateChange], agentTime: Timestamp) {
        self.init(name: name)
        for change in changes { apply(change, at: agentTime) }
        health.connection = .synchronized
        health.connections = 1
        health.age = 0
        health.discontinuity = information?.startTime
        self.agentTime = agentTime
    }
}
