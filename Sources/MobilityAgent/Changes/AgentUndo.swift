public import AgentModel

/// What takes back one change that an agent has made.
public struct AgentUndo {
    let action: (inout MobilityAgent, Moment, inout AgentEffects) -> Void
}

extension MobilityAgent {
    /// Takes a change back. Several are taken back in the reverse order of their making.
    public mutating func undo(_ undo: AgentUndo, at now: Moment, effects: inout AgentEffects) {
        undo.action(&self, now, &effects)
    }
}
