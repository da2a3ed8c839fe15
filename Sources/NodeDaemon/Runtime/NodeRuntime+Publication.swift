import AgentControl
import AgentModel
import DaemonSupport
import DataPlane
import Glibc
import MobileIPv4
import MobileNode
import MobilityLink
import NIOCore

/// The state of the node that is published.
extension NodeRuntime {
    /// How often the data plane is polled for its counters, so that a change is visible within 50 ms.
    private static let pollInterval = TimeAmount.milliseconds(25)

    /// How many rows the node's tables have.
    var counts: TableCounts {
        TableCounts(
            associations: publication.published.associations.count, violations: publication.published.violations.count)
    }

    var information: AgentInformation {
        var settings = self.settings
        settings.enabled = node.isEnabled
        return AgentInformation(
            name: configuration.name, version: NodeDaemon.version, instance: instance, processID: getpid(),
            roles: [.mobileNode], startTime: clock.startTime, encapsulations: Encapsulation.allCases,
            addresses: [AgentAddress(role: .mobileNode, address: node.configuration.homeAddress, port: sockets.port)],
            careOfAddresses: [], settings: settings, dataPlane: plane.kind.rawValue, addedHomeAgents: written.homeAgents,
            keepsChanges: stateFile != nil, stateError: stateError)
    }

    var time: Timestamp { clock.timestamp(clock.now) }

    /// All rows at once: a node has few.
    func allRows() -> [StateChange] { snapshot().changes(since: NodeSnapshot()) + publication.forwardingRows() }

    func snapshot() -> NodeSnapshot {
        var counters = AgentCounters(mobileNode: node.counters(with: movement.agents))
        counters.forwarding = publication.forwarding
        counters.securityViolations = node.totalViolations
        counters.logLinesLost = LogOutput.lost
        counters.clockSteps = clockSteps
        return NodeSnapshot(
            information: information, counters: counters,
            status: node.status(agents: movement.agents, startTime: clock.startTime),
            registrations: node.registrations(at: clock.now, startTime: clock.startTime),
            foreignAgents: movement.agents.knownForeignAgents(startTime: clock.startTime),
            associations: node.associations(startTime: clock.startTime),
            violations: node.violations(startTime: clock.startTime),
            exchanges: node.exchanges(startTime: clock.startTime))
    }

    func publishChanges() {
        followHostConfiguration()
        let changes = publication.take(snapshot())
        if !changes.isEmpty { publish(changes, time) }
    }

    func pollSoon() {
        pollTask = loop.assumeIsolated().scheduleTask(in: Self.pollInterval) { [self] in
            guard !isStopped else { return }
            followClock()
            let changes = publication.poll(plane, at: time)
            if !changes.isEmpty { publish(changes, time) }
            pollSoon()
        }
    }
}
