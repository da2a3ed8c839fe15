public import AgentModel

/// The undo of one change that an agent has made.
public struct AgentUndo {
    let action: (inout MobilityAgent, Moment, inout AgentEffects) -> Void
}

extension MobilityAgent {
    /// Undoes a change. Several changes are undone in reverse order. Once that is saved, `followDrainOrder` is to follow the undo of one that
    /// began or ended to drain.
    public mutating func undo(_ undo: AgentUndo, at now: Moment, effects: inout AgentEffects) {
        undo.action(&self, now, &effects)
    }
}
