import AgentModel

/// What follows the agent's clock when that is set.
extension AgentState {
    /// Moves every time of the snapshot, so that lifetimes and ages stay what they are while the agent sends its rows again.
    ///
    /// - Parameter step: by how many milliseconds the agent's clock was set, positive when it was set forward.
    mutating func shiftTimes(by step: Int64) {
        bindings.shiftTimes(by: step)
        visitors.shiftTimes(by: step)
        pendingRegistrations.shiftTimes(by: step)
        associations.shiftTimes(by: step)
        violations.shiftTimes(by: step)
        mobileNodeStatus?.shiftTimes(by: step)
        tunnels.shiftTimes(by: step)
        advertisements.shiftTimes(by: step)
        registrations.shiftTimes(by: step)
        foreignAgents.shiftTimes(by: step)
        exchanges.shiftTimes(by: step)
        extensionUses.shiftTimes(by: step)
        shiftPast(by: step)
    }

    /// Moves the times of what a later snapshot of the same run inherits.
    mutating func shiftPast(by step: Int64) {
        mobileNodes.shiftTimes(by: step)
        identities.shiftTimes(by: step)
        history.shiftTimes(by: step)
        marks.shiftTimes(by: step)
        past?.shiftTimes(by: step)
        health.discontinuity.shift(by: step)
    }
}
