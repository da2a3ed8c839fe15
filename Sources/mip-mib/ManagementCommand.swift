import ArgumentParser
import DaemonSupport
import Foundation

@main
struct ManagementCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mip-mib",
        abstract: "See and change what Mobile IPv4 agents do.",
        discussion: """
            Agents on this machine are read by their control sockets: every *.sock in /run/mip-mib unless something else is named. \
            With --url the same commands read a mip-mibd anywhere, with --snmp any SNMP agent that has MIP-MIB, and print the same.

            An option comes before the environment, and that before the configuration file:
              --socket        MIP_MIB_SOCKET, paths with colons between   sockets:
              --url           MIP_MIB_URL                                 url:
              --snmp          MIP_MIB_SNMP                                snmp:
              --output        MIP_MIB_OUTPUT                              output:
              --timeout       MIP_MIB_TIMEOUT                             timeout:
              --token-file    MIP_MIB_TOKEN_FILE; MIP_MIB_TOKEN           tokenFile:
              --credentials   MIP_MIB_CREDENTIALS                         credentials:
            The file is that in MIP_MIB_CONFIG, else mip-mib/mip-mib.yaml in $XDG_CONFIG_HOME (~/.config), else \
            /etc/mip-mib/mip-mib.yaml. MIP_MIB_CA_FILE, or caFile:, names certificates for https URLs.

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
              mip-mib doctor

            Exit status: 0 fine; 1 found nothing, or unhealthy; 2 wrong arguments; 3 an agent cannot be reached; \
            4 an agent, or the API, refused.
            """,
        version: "mip-mib \(MIPMIBVersion.current)",
        groupedSubcommands: [
            CommandGroup(
                name: "Reading",
                subcommands: [
                    StatusCommand.self, AgentsCommand.self, BindingsCommand.self, VisitorsCommand.self, PendingCommand.self,
                    AssociationsCommand.self, ViolationsCommand.self, MobileNodesCommand.self, CountersCommand.self,
                    TunnelsCommand.self, TrafficCommand.self, AdvertisementsCommand.self, NodeCommand.self,
                    RegistrationsCommand.self, ForeignAgentsCommand.self, HistoryCommand.self,
                ]),
            CommandGroup(
                name: "MIB",
                subcommands: [TranslateCommand.self, GetCommand.self, WalkCommand.self, TableCommand.self]),
            CommandGroup(name: "Live", subcommands: [WatchCommand.self, EventsCommand.self]),
            CommandGroup(
                name: "Changing",
                subcommands: [
                    RevokeCommand.self, EnableCommand.self, DisableCommand.self, AssociationCommand.self,
                    AdvertisementCommand.self, CareOfCommand.self, UndoCommand.self,
                ]),
            CommandGroup(name: "Monitoring", subcommands: [DoctorCommand.self, NMSCommand.self, ManualCommand.self]),
        ])

    static func main() async {
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch let failure as CommandFailure {
            FileHandle.standardError.write(Data("mip-mib: \(failure.message)\n".utf8))
            Foundation.exit(failure.status)
        } catch let code as ExitCode {
            Foundation.exit(code.rawValue)
        } catch {
            // The library's own status for wrong arguments is 64.
            let status = exitCode(for: error)
            let text = fullMessage(for: error)
            if status == .success {
                print(text)
                Foundation.exit(0)
            }
            FileHandle.standardError.write(Data((text + "\n").utf8))
            Foundation.exit(2)
        }
    }
}

/// Why a command ends without success: one sentence with the remedy, and the exit status.
struct CommandFailure: Error {
    let message: String
    let status: Int32

    static func nothingFound(_ what: String) -> CommandFailure { CommandFailure(message: "no \(what) found", status: 1) }
    static func usage(_ message: String) -> CommandFailure { CommandFailure(message: message, status: 2) }
    static func unreachable(_ message: String) -> CommandFailure { CommandFailure(message: message, status: 3) }
    static func refused(_ message: String) -> CommandFailure { CommandFailure(message: message, status: 4) }
}
