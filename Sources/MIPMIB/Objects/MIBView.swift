import AgentModel
public import ManagementCore
import MobileIPv4

/// What the getters read: one snapshot of one agent, the management daemon's own state for that agent, and the clock of the answering
/// SNMP entity.
public struct MIBView: Sendable {
    /// The snapshot of the agent; it does not change while a request is answered.
    public let state: AgentState
    /// The settings and counts of notifications about this agent.
    public let notifications: NotificationState
    /// sysUpTime of the SNMP master in hundredths of a second.
    public let sysUpTime: UInt32

    public init(state: AgentState, notifications: NotificationState = NotificationState(), sysUpTime: UInt32) {
        self.state = state
        self.notifications = notifications
        self.sysUpTime = sysUpTime
    }

    /// sysUpTime at a time of the agent; 0 if that was before the master started, or never (RFC 2579 TimeStamp).
    func timeStamp(_ time: Timestamp?) -> MIBValue {
        guard let time, let now = state.agentTime else { return .timeTicks(0) }
        let ago = now.milliseconds(since: time) / 10
        return .timeTicks(UInt32(truncatingIfNeeded: max(0, Int64(sysUpTime) - max(0, ago))))
    }
}

// Objects of a role that is not played have no instance.
extension MIBView {
    var homeAgent: HomeAgentCounters? { state.plays(.homeAgent) ? state.counters.homeAgent : nil }
    var foreignAgent: ForeignAgentCounters? { state.plays(.foreignAgent) ? state.counters.foreignAgent : nil }
    var mobileNodeStatus: MobileNodeStatus? { state.plays(.mobileNode) ? state.mobileNodeStatus : nil }
    /// The general information of a foreign agent.
    var foreignAgentInformation: AgentInformation? { state.plays(.foreignAgent) ? state.information : nil }
    /// Home agents and foreign agents advertise themselves.
    var isMobilityAgent: Bool { state.plays(.homeAgent) || state.plays(.foreignAgent) }

    /// The traffic forwarded for a node in a role; nil if it is unknown.
    func traffic(_ role: AgentRole, _ homeAddress: IPv4Address) -> ForwardedTraffic? {
        state.traffic[ForwardedTrafficKey(role: role, homeAddress: homeAddress)]
    }
}
