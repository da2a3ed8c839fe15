import AgentModel
public import ManagementCore

/// What the getters read: one picture of one agent and the clock of whoever answers.
public struct MIBView: Sendable {
    /// The picture of the agent that is read; it does not change while a request is answered.
    public let state: AgentState
    /// sysUpTime of the SNMP master in hundredths of a second.
    public let sysUpTime: UInt32
    /// How notifications about the agent stand; state of the management daemon, not of the agent.
    public let notifications: NotificationState

    public init(state: AgentState, sysUpTime: UInt32, notifications: NotificationState = NotificationState()) {
        self.state = state
        self.sysUpTime = sysUpTime
        self.notifications = notifications
    }

    /// sysUpTime at a time of the agent; 0 when that was before the master started or never was (RFC 2579 TimeStamp).
    func timeStamp(_ time: Timestamp?) -> MIBValue {
        guard let time, let now = state.agentTime else { return .timeTicks(0) }
        let ago = now.milliseconds(since: time) / 10
        return .timeTicks(UInt32(truncatingIfNeeded: max(0, Int64(sysUpTime) - max(0, ago))))
    }
}
