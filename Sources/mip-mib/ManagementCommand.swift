import ArgumentParser
import DaemonSupport
import Foundation

@main
struct ManagementCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mip-mib",
        abstract: "See and change what Mobile IPv4 agents on this machine do.",
        discussion: """
            Reads, in this order of precedence: what --socket, --url or --snmp names; what MIP_MIB_SOCKET (paths separated by colons),
            MIP_MIB_URL or MIP_MIB_SNMP names; what the configuration file names; every *.sock in /run/mip-mib.

            Configuration file: that in MIP_MIB_CONFIG, else $XDG_CONFIG_HOME/mip-mib/mip-mib.yaml (~/.config), else
            /etc/mip-mib/mip-mib.yaml. Settings: sockets, url or snmp; output, tokenFile, credentials. The environment comes before it
            with MIP_MIB_OUTPUT, MIP_MIB_TOKEN_FILE, MIP_MIB_TOKEN and MIP_MIB_CREDENTIALS.

            Examples:
              mip-mib status
              mip-mib bindings --home-address 10.0.0.0/8
              mip-mib bindings --json | jq '.[].careOfAddress'
              mip-mib counters --socket /run/mip-mib/home.sock
              mip-mib watch
              mip-mib revoke 10.0.0.7 --yes

            Exit status: 0 fine, 1 found nothing or unhealthy, 2 wrong arguments, 3 an agent cannot be reached, 4 an agent refused.
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
                name: "The MIB, without MIB files",
                subcommands: [TranslateCommand.self, GetCommand.self, WalkCommand.self, TableCommand.self]),
            CommandGroup(name: "Live", subcommands: [WatchCommand.self, EventsCommand.self]),
            CommandGroup(
                name: "Changing",
                subcommands: [
                    RevokeCommand.self, EnableCommand.self, DisableCommand.self, AssociationCommand.self,
                    AdvertisementCommand.self, CareOfCommand.self, UndoCommand.self,
                ]),
            CommandGroup(name: "Monitoring systems", subcommands: [DoctorCommand.self, NMSCommand.self, ManualCommand.self]),
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
