import ArgumentParser
import DaemonSupport
import Logging
import NodeDaemon

/// Runs a mobile node on this machine.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Run a mobile node: find out where it is, register, and deregister at the end.",
        discussion: """
            Needs CAP_NET_ADMIN and CAP_NET_RAW. For a documented configuration see docs/examples/mip-node.yaml.
            Stops on SIGTERM, SIGINT and SIGHUP. Exit status: 0 stopped, 1 could not start or continue, 2 invalid configuration.
            """)

    @OptionGroup var options: DaemonOptions

    func run() async throws {
        let configuration = options.readConfiguration(NodeDaemonConfiguration.init)
        options.requireResources()
        options.startLogging()
        let logger = Logger(label: "mip-node")
        let daemon = NodeDaemon(configuration: configuration, logger: logger, givesUpPrivileges: true)
        Daemon.end(await Daemon.run([daemon], logger: logger))
    }
}
