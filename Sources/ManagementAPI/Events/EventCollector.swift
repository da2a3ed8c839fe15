import AgentModel
import Foundation
import ManagementCore
import ServiceLifecycle

/// Fills the journal with the events of agents and with changes in the state of their connections.
struct EventCollector: Service {
    let journal: EventJournal
    let agents: [ManagedAgent]
    /// Time between two heartbeats on idle streams.
    let heartbeat: Duration

    /// How often connections are checked.
    private static let interval = Duration.milliseconds(200)

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await withTaskGroup(of: Void.self) { group in
                for agent in agents {
                    group.addTask { await record(agent) }
                    group.addTask { await watch(agent) }
                }
                group.addTask {
                    while (try? await Task.sleep(for: heartbeat)) != nil { journal.tick() }
                }
            }
        }
    }

    /// Records the events that an agent reports.
    private func record(_ agent: ManagedAgent) async {
        for await element in agent.events() {
            switch element {
            case .event(let event): journal.append(event, of: agent.name)
            case .missed(let count):
                report(agent, .eventsMissed, "\(count) events arrived faster than they could be recorded and are lost")
            }
        }
    }

    /// Reports when the connection to one agent comes up, is lost, or finds the agent restarted.
    private func watch(_ agent: ManagedAgent) async {
        var known = agent.state().health
        if known.connection == .synchronized { report(agent, .agentConnected, "the snapshot of the agent is complete") }
        while (try? await Task.sleep(for: Self.interval)) != nil {
            let health = agent.state().health
            let isUp = health.connection == .synchronized
            let wasUp = known.connection == .synchronized
            if wasUp && (!isUp || health.connections != known.connections) {
                report(agent, .agentLost, "the connection was lost: \(health.lastError ?? "it ended")")
            }
            if isUp && (!wasUp || health.connections != known.connections) {
                report(agent, .agentConnected, "the snapshot of the agent is complete")
                if known.discontinuity != nil {
                    report(agent, .eventsMissed, "events that occurred while disconnected are not known")
                }
            }
            if health.restarts != known.restarts {
                report(agent, .agentRestarted, "the agent restarted; its counters count from that restart")
            }
            known = health
        }
    }

    private func report(_ agent: ManagedAgent, _ kind: ManagementEvent.Kind, _ message: String) {
        journal.append(ManagementEvent(time: .now, kind: kind, message: message), of: agent.name)
    }
}

extension Timestamp {
    /// The time on this machine's wall clock.
    static var now: Timestamp {
        Timestamp(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded()))
    }
}
