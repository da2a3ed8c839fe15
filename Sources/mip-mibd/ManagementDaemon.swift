import ArgumentParser
import DaemonSupport
import Foundation
import Logging
import ManagementAPI
import ManagementCore
import SNMPAgent
import ServiceLifecycle

/// Runs the daemon, or, with `token` as the first word, the command that creates tokens. As a subcommand, `token` would require the daemon's
/// own options.
@main
enum Program {
    static func main() async {
        let arguments = CommandLine.arguments.dropFirst()
        if arguments.first == TokenCommand.configuration.commandName {
            TokenCommand.main(Array(arguments.dropFirst()))
        } else {
            await ManagementDaemon.main()
        }
    }
}

struct ManagementDaemon: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mip-mibd",
        abstract: "Management daemon for Mobile IPv4 agents: SNMP and a JSON API.",
        discussion: """
            Reads the control sockets of agents and serves MIP-MIB over SNMP, as an AgentX subagent of snmpd or on a port of its own, and
            a JSON API with a dashboard. 'mip-mibd token NAME --role read' creates a token for that API.
            Exit status: 0 stopped, 1 could not start or continue, 2 the configuration has errors.
            """,
        version: "mip-mibd \(MIPMIBVersion.current)")

    @OptionGroup var options: DaemonOptions

    func run() async throws {
        let configuration = options.readConfiguration(ManagementDaemonConfiguration.init)
        options.requireResources()
        options.startLogging()
        let logger = Logger(label: "mip-mibd")
        let agents = configuration.agents.map {
            ManagedAgent(name: $0.name, socketPath: $0.control, grace: configuration.grace, logger: logger)
        }
        var services: [any Service] = agents.map(MirrorService.init)
        var status: (@Sendable () -> SNMPAgentStatus)?
        let notifications: any NotificationControl
        if let snmp = configuration.snmp {
            let agent = SNMPAgent(configuration: snmp, agents: agents, logger: Logger(label: "snmp"))
            services.append(SNMPService(agent: agent))
            status = { agent.status }
            notifications = agent
        } else {
            let silent = SilentNotifications(agents: agents, stateFile: configuration.stateFile)
            if let failure = silent.readFailure {
                logger.error(
                    "cannot read the state file; the history limits stored there are ignored",
                    metadata: ["file": "\(configuration.stateFile)", "cause": "\(failure)"])
            }
            notifications = silent
        }
        if var http = configuration.http {
            http.stateFile = configuration.stateFile
            services.append(
                ManagementServer(
                    configuration: http, agents: agents, snmpStatus: status, notifications: notifications,
                    logger: Logger(label: "http")))
        }
        logger.info("starting", metadata: ["agents": "\(agents.map(\.name).joined(separator: ","))"])
        let code = await Daemon.run(services, logger: logger)
        logger.info("stopped")
        Daemon.end(code)
    }
}

/// Keeps the snapshot of one agent until the daemon stops.
struct MirrorService: Service {
    let agent: ManagedAgent

    func run() async throws {
        await cancelWhenGracefulShutdown { await agent.run() }
    }
}

/// Hosts the SNMP thread until the daemon stops.
struct SNMPService: Service {
    let agent: SNMPAgent

    func run() async throws {
        try await withGracefulShutdownHandler {
            try await agent.run()
        } onGracefulShutdown: {
            agent.stop()
        }
    }
}
