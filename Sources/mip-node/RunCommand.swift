import ArgumentParser
import DaemonSupport
import Foundation
import Logging
import NodeDaemon

/// A mobile node on this machine.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Be a mobile node: find out where it is, register, and deregister at the end.",
        discussion: """
            Needs CAP_NET_ADMIN and CAP_NET_RAW. A documented configuration is docs/examples/mip-node.yaml.
            Stops on SIGTERM, SIGINT and SIGHUP. Exit status: 0 stopped, 1 could not start or go on, 2 the configuration has mistakes.
            """)

    @OptionGroup var options: DaemonOptions

    func run() async throws {
        let configuration = options.readConfiguration(NodeDaemonConfiguration.init)
        options.startLogging()
        let logger = Logger(label: "mip-node")
        let daemon = NodeDaemon(configuration: configuration, logger: logger, givesUpPrivileges: true)
        Foundation.exit(await Daemon.run([daemon], logger: logger))
    }
}
