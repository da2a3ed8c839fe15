public import AgentModel
public import ManagementCore
import MobileIPv4

/// What the getters read: one snapshot of one agent, the management daemon's own state for that agent, and the clock of the answering
/// SNMP entity.
public struct MIBView: Sendable {
    /// The snapshot of the agent; it does not change while a request is answered.
    public let state: AgentState
    /// The settings and counts of notifications about this agent.
    public let notifications: NotificationState
    /// When sysUpTime of the SNMP master was 0, by the agent's clock; nil if that is unknown. It must be the same in all views of one run
    /// of the master and one of the agent: a manager takes a TimeStamp that changes for another occurrence.
    public let masterStart: Timestamp?

    /// - Parameter masterStart: when sysUpTime of the SNMP master was 0, by the agent's clock; nil if that is unknown.
    public init(state: AgentState, notifications: NotificationState = NotificationState(), masterStart: Timestamp?) {
        self.state = state
        self.notifications = notifications
        self.masterStart = masterStart
    }

    /// A view at a certain sysUpTime of the SNMP master, in hundredths of a second.
    public init(state: AgentState, notifications: NotificationState = NotificationState(), sysUpTime: UInt32) {
        self.init(
            state: state, notifications: notifications,
            masterStart: state.agentTime?.adding(milliseconds: -10 * Int64(sysUpTime)))
    }

    /// sysUpTime at a time of the agent; 0 if that was before the master started, or never (RFC 2579 TimeStamp). A time after the snapshot is
    /// taken for that of the snapshot. What happened just now can have a few ticks more than the master's own sysUpTime, because
    /// `masterStart` is an estimate: the number must not change afterwards. It does not change when sysUpTime wraps at 2³² either.
    func timeStamp(_ time: Timestamp?) -> MIBValue {
        guard let time, let masterStart, let now = state.agentTime else { return .timeTicks(0) }
        let ticks = max(0, min(time, now).milliseconds(since: masterStart)) / 10
        return .timeTicks(UInt32(truncatingIfNeeded: ticks))
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
