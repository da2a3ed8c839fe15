public import AgentModel

/// The undo of one change that an agent has made.
public struct AgentUndo {
    let action: (inout MobilityAgent, Moment, inout AgentEffects) -> Void
}

extension MobilityAgent {
    /// Undoes a change. Several changes are undone in reverse order.
    public mutating func undo(_ undo: AgentUndo, at now: Moment, effects: inout AgentEffects) {
        undo.action(&self, now, &effects)
    }
}
