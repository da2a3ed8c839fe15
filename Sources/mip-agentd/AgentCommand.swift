import AgentDaemon
import ArgumentParser
import DaemonSupport
import Logging

@main
struct AgentCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mip-agentd", abstract: "Home agent and foreign agent for Mobile IPv4 (RFC 5944).",
        discussion: """
            Serves Mobile IP registration over UDP and publishes its state on a control socket, which mip-mibd and mip-mib read.
            Stops on SIGTERM, SIGINT and SIGHUP. Exit status: 0 stopped, 1 could not start or continue, 2 invalid configuration.
            """,
        version: "mip-agentd \(MIPMIBVersion.current)")

    @OptionGroup var options: DaemonOptions

    func run() async throws {
        let configuration = options.readConfiguration(AgentDaemonConfiguration.init)
        options.requireResources()
        options.startLogging()
        let logger = Logger(label: "mip-agentd")
        let daemon = AgentDaemon(configuration: configuration, logger: logger, givesUpPrivileges: true)
        Daemon.end(await Daemon.run([daemon], logger: logger))
    }
}
