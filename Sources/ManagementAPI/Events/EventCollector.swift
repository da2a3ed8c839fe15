import AgentModel
import Foundation
import ManagementCore
import ServiceLifecycle

/// Fills the journal: what agents tell, and how their connections fare.
struct EventCollector: Service {
    let journal: EventJournal
    let agents: [ManagedAgent]
    /// Between two signs of life on idle streams.
    let heartbeat: Duration

    /// How often connections are looked at.
    private static let interval = Duration.milliseconds(200)

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await withTaskGroup(of: Void.self) { group in
                for agent in agents {
                    group.addTask { await enter(agent) }
                    group.addTask { await watch(agent) }
                }
                group.addTask {
                    while (try? await Task.sleep(for: heartbeat)) != nil { journal.tick() }
                }
            }
        }
    }

    /// Enters what an agent tells.
    private func enter(_ agent: ManagedAgent) async {
        for await element in agent.events() {
            switch element {
            case .event(let event): journal.append(event, of: agent.name)
            case .missed(let count):
                report(agent, .eventsMissed, "\(count) events came faster than they could be entered and are not known")
            }
        }
    }

    /// Tells of the ups and downs of one agent's connection.
    private func watch(_ agent: ManagedAgent) async {
        var known = agent.state().health
        if known.connection == .synchronized { report(agent, .agentConnected, "the snapshot of the agent is complete") }
        while (try? await Task.sleep(for: Self.interval)) != nil {
            let health = agent.state().health
            let isUp = health.connection == .synchronized
            let wasUp = known.connection == .synchronized
            if wasUp && (!isUp || health.connections != known.connections) {
                report(agent, .agentLost, "the connection is lost: \(health.lastError ?? "it ended")")
            }
            if isUp && (!wasUp || health.connections != known.connections) {
                report(agent, .agentConnected, "the snapshot of the agent is complete")
                if known.discontinuity != nil {
                    report(agent, .eventsMissed, "events of the time without a connection are not known")
                }
            }
            if health.restarts != known.restarts {
                report(agent, .agentRestarted, "the agent has started anew; its counters count from there")
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
