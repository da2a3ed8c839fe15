import AgentModel
import MIPMIB
import ManagementCore
import MobileIPv4

/// Observes one agent and posts notifications about its events, its reachability and its capacity.
struct NotificationSource {
    let agent: ManagedAgent
    let desk: NotificationDesk

    /// Runs until the task is cancelled.
    func run() async {
        // An event that arrives faster than notifications are made is counted like one that the limits hold back.
        let events = agent.events { [desk] event in
            if let kind = Self.kind(of: event) { desk.countHeldBack(kind) }
        }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { for await case .event(let event) in events { post(event) } }
            group.addTask { await watch() }
        }
    }

    // MARK: - Events

    private func post(_ event: AgentEvent) {
        let now = MonotonicClock.milliseconds
        if event.kind == .securityViolation { return postViolation(event, at: now) }
        guard let kind = Self.kind(of: event) else { return }
        desk.post(kind, of: agent.state(), content: .event(event), role: event.role, node: Self.node(of: event), at: now)
    }

    /// The kind of notification about an event; nil if there is none. RFC 2006's own about a violation is sent in addition.
    private static func kind(of event: AgentEvent) -> NotificationKind? {
        if event.kind == .securityViolation { return .authFailure2 }
        return event.kind.descriptor.isNotified ? .event(event.kind) : nil
    }

    /// The offender's row is in the snapshot, because agents send it before the event.
    private func postViolation(_ event: AgentEvent, at now: Int64) {
        let snapshot = agent.state()
        guard let row = Self.violation(of: event, in: snapshot) else {
            // The row has been replaced by newer ones in the meantime.
            desk.countHeldBack(.authFailure2)
            return
        }
        let node = row.violator.description
        desk.post(.authFailure2, of: snapshot, content: .violation(row), role: event.role, node: node, at: now)
        // RFC 2006 identifies offenders by their IPv4 address only.
        if case .address = row.violator {
            desk.post(.authFailure, of: snapshot, content: .violation(row), role: event.role, node: node, at: now)
        }
    }

    static func violation(of event: AgentEvent, in snapshot: AgentState) -> SecurityViolation? {
        let claimed = [
            event.homeAddress.map(PeerIdentity.address), event.nai.map(PeerIdentity.nai),
            event.sourceAddress.map(PeerIdentity.address),
        ]
        let rows = claimed.compactMap { $0.flatMap { snapshot.violations[$0] } }
        return rows.first { $0.recentTime == event.time } ?? rows.first
    }

    private static func node(of event: AgentEvent) -> String {
        if let nai = event.nai { return nai.value }
        if let home = event.homeAddress, home != .zero { return home.description }
        return event.sourceAddress?.description ?? ""
    }

    // MARK: - Reachability and capacity

    private func watch() async {
        var reachability = ReachabilityWatch()
        var capacity = CapacityWatch()
        while !Task.isCancelled {
            let snapshot = agent.state()
            let now = MonotonicClock.milliseconds
            for kind in reachability.observe(snapshot.health) { desk.post(kind, of: snapshot, content: .reachability, at: now) }
            for change in capacity.observe(snapshot, settings: desk.state.settings) {
                desk.post(
                    change.isRising ? .capacityRising : .capacityFalling, of: snapshot, content: .capacity(change.resource),
                    at: now)
            }
            desk.setAlarms(capacity.alarms)
            try? await Task.sleep(for: Self.interval)
        }
    }

    /// How often the snapshot is examined: an alarm may be delayed by this long.
    private static let interval = Duration.milliseconds(200)
}
