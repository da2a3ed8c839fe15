import ArgumentParser
import DaemonSupport

@main
struct MobileNodeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mip-node",
        abstract: "Run one or many Mobile IPv4 mobile nodes.",
        discussion: """
            Examples:
              mip-node run --config /etc/mip-mib/node.yaml
              mip-node register --count 1000 --home-agent 192.0.2.1 --foreign-agent 198.51.100.1 --first-home-address 10.0.0.1 \
            --spi 256 --key-file KEY

            A key file contains the key in hexadecimal digits; '-' reads it from standard input.
            """,
        version: "mip-node \(MIPMIBVersion.current)",
        subcommands: [RunCommand.self, RegisterCommand.self])
}
