import ArgumentParser
import DaemonSupport
import Foundation

@main
struct ManagementCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mip-mib",
        abstract: "Inspect and change Mobile IPv4 agents.",
        discussion: """
            By default, mip-mib reads the agents on this machine through their control sockets: every *.sock in /run/mip-mib. \
            With --url the same commands read a mip-mibd on any host, with --snmp any SNMP agent that implements MIP-MIB; the \
            output is the same.

            An option overrides the environment, and the environment overrides the configuration file:
              --socket        MIP_MIB_SOCKET, paths separated by ':'      sockets:
              --url           MIP_MIB_URL                                 url:
              --snmp          MIP_MIB_SNMP                                snmp:
              --output        MIP_MIB_OUTPUT                              output:
              --timeout       MIP_MIB_TIMEOUT                             timeout:
              --token-file    MIP_MIB_TOKEN_FILE; MIP_MIB_TOKEN           tokenFile:
              --credentials   MIP_MIB_CREDENTIALS                         credentials:
            The file is the one in MIP_MIB_CONFIG, else mip-mib/mip-mib.yaml in $XDG_CONFIG_HOME (default ~/.config), else \
            /etc/mip-mib/mip-mib.yaml. MIP_MIB_CA_FILE, or caFile: in the file, names the trusted certificates for https URLs.

            Examples:
              mip-mib status
              mip-mib bindings --home-address 10.0.0.0/8
              mip-mib bindings --json | jq '.[].careOfAddress'
              mip-mib counters --socket /run/mip-mib/home.sock --since 10s
              mip-mib history --url http://127.0.0.1:8044 --where endReason=expired
              mip-mib visitors --snmp router1 --credentials router1.yaml
              mip-mib events
              mip-mib watch
              mip-mib revoke 10.0.0.7 --yes
              mip-mib drain 198.51.100.1
              mip-mib doctor

            Exit status: 0 success; 1 nothing found, unhealthy, not everyone acknowledged, or bindings could still be moved; \
            2 invalid arguments or configuration; 3 an agent or daemon cannot be reached; 4 an agent or the API refused.
            """,
        version: "mip-mib \(MIPMIBVersion.current)",
        groupedSubcommands: [
            CommandGroup(
                name: "Reading",
                subcommands: [
                    StatusCommand.self, AgentsCommand.self, BindingsCommand.self, VisitorsCommand.self, PendingCommand.self,
                    AssociationsCommand.self, ViolationsCommand.self, MobileNodesCommand.self, CountersCommand.self,
                    TunnelsCommand.self, TrafficCommand.self, AdvertisementsCommand.self, NodeCommand.self,
                    RegistrationsCommand.self, ForeignAgentsCommand.self, ExchangesCommand.self, ExtensionsCommand.self,
                    HistoryCommand.self,
                ]),
            CommandGroup(
                name: "MIB",
                subcommands: [TranslateCommand.self, GetCommand.self, WalkCommand.self, TableCommand.self]),
            CommandGroup(name: "Live", subcommands: [WatchCommand.self, EventsCommand.self]),
            CommandGroup(
                name: "Changing",
                subcommands: [
                    RevokeCommand.self, NotifyCommand.self, DrainCommand.self, EnableCommand.self, DisableCommand.self,
                    AssociationCommand.self, AdvertisementCommand.self, CareOfCommand.self, UndoCommand.self,
                ]),
            CommandGroup(name: "Monitoring", subcommands: [DoctorCommand.self, NMSCommand.self, ManualCommand.self]),
        ])

    static func main() async {
        do {
            var command = try parseAsRoot()
            if let problem = RepeatedOption.problem(in: Array(CommandLine.arguments.dropFirst())) {
                throw CommandFailure.usage(problem)
            }
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch let failure as CommandFailure {
            StandardError.write(failure.message)
            Foundation.exit(failure.status)
        } catch let code as ExitCode {
            Foundation.exit(code.rawValue)
        } catch {
            // ArgumentParser would exit with 64 for invalid arguments; mip-mib exits with 2.
            let status = exitCode(for: error)
            let text = fullMessage(for: error)
            if status == .success {
                print(text)
                Foundation.exit(0)
            }
            // It repeats arguments, which a script may have taken from anywhere.
            StandardError.put(text.printableLines + "\n")
            Foundation.exit(2)
        }
    }
}

/// Why a command fails: one sentence that includes the remedy, and the exit status.
struct CommandFailure: Error {
    let message: String
    let status: Int32
    /// Why a management daemon did not answer, if that is the reason.
    var daemon: DaemonFailure?

    static func nothingFound(_ what: String) -> CommandFailure { CommandFailure(message: "no \(what) found", status: 1) }
    static func usage(_ message: String) -> CommandFailure { CommandFailure(message: message, status: 2) }
    static func unreachable(_ message: String) -> CommandFailure { CommandFailure(message: message, status: 3) }
    static func refused(_ message: String) -> CommandFailure { CommandFailure(message: message, status: 4) }
}
