import MIPMIB
import ManagementCore

/// Detects when an agent is lost and found again. An agent that was never reachable is not lost.
struct ReachabilityWatch {
    private var isReachable: Bool?
    private var connections: UInt64 = 0

    /// The notifications to send, oldest first.
    mutating func observe(_ health: AgentHealth) -> [NotificationKind] {
        let before = (isReachable: isReachable, connections: connections)
        switch health.connection {
        case .connecting, .synchronizing:
            return []
        case .synchronized:
            isReachable = true
            connections = health.connections
            // A different connection means that it was lost between two observations.
            let wasLost = before.isReachable == false || before.isReachable == true && before.connections != connections
            return wasLost ? [.agentReachable] : []
        case .stale, .down:
            isReachable = false
            // A stale agent was reachable before, even if it was not observed at that time.
            return before.isReachable == false ? [] : [.agentUnreachable]
        }
    }
}
