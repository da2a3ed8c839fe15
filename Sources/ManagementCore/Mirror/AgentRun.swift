import AgentModel

/// One run of an agent, from its start to its end.
struct AgentRun: Hashable, Sendable {
    /// What the agent reports to distinguish its runs; empty if it reports nothing.
    let instance: String
    /// When it began, by the agent's clock as it is set now.
    let start: Timestamp

    init(instance: String, start: Timestamp) {
        self.instance = instance
        self.start = start
    }

    init(_ information: AgentInformation) { self.init(instance: information.instance, start: information.startTime) }

    /// Whether both are the same run. A different start under the same instance means that the agent's clock was set; without an instance
    /// only the start distinguishes runs.
    func isSame(as other: AgentRun) -> Bool {
        instance.isEmpty || other.instance.isEmpty ? start == other.start : instance == other.instance
    }
}
