import MIPMIB
import ManagementCore

/// Tells when an agent is lost and found again. One that was never there is not lost.
struct ReachabilityWatch {
    private var isReachable: Bool?
    private var connections: UInt64 = 0

    /// What to notify of, the older first.
    mutating func observe(_ health: AgentHealth) -> [NotificationKind] {
        let before = (isReachable: isReachable, connections: connections)
        switch health.connection {
        case .connecting, .synchronizing:
            return []
        case .synchronized:
            isReachable = true
            connections = health.connections
            // It was away between two looks when the connection is another one.
            let wasAway = before.isReachable == false || before.isReachable == true && before.connections != connections
            return wasAway ? [.agentReachable] : []
        case .stale, .down:
            isReachable = false
            // Stale is what was there once, even if nobody looked at the time.
            return before.isReachable == false ? [] : [.agentUnreachable]
        }
    }
}
