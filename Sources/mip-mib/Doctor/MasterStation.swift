import Foundation

/// Looks at snmpd as the AgentX master: its configuration, its process and its socket.
struct MasterStation: Sendable {
    let configuration: SNMPDConfiguration
    /// The process that uses the configuration; nil if none was found.
    let process: RunningProgram?

    private static let standardFile = "/etc/snmp/snmpd.conf"

    init(configuration: SNMPDConfiguration) {
        let path = configuration.path
        let process = RunningProgram.all(named: "snmpd").first { program in
            let own = program.values(of: "-c").flatMap { $0.split(separator: ",").map(String.init) }
            return own.contains(path) || path == Self.standardFile && !program.arguments.contains("-C")
        }
        self.init(configuration: configuration, process: process)
    }

    init(configuration: SNMPDConfiguration, process: RunningProgram?) {
        self.configuration = configuration
        self.process = process
    }

    /// Where snmpd listens for AgentX. A line in its files takes precedence over its option -x.
    var socket: String { configuration.agentXSocket ?? option ?? "/var/agentx/master" }

    /// The address in snmpd's option -x; nil without one.
    private var option: String? {
        process?.values(of: "-x").last.map { address in address.hasPrefix("unix:") ? String(address.dropFirst(5)) : address }
    }

    /// Why `socket` is where snmpd listens.
    private var reason: String {
        if let own = configuration.agentXSocket {
            let without = option.map { $0 != own ? "; its option -x \($0) has no effect" : "" } ?? ""
            return "agentXSocket in \(configuration.path)\(without)"
        }
        return option == nil ? "its default" : "its option -x, because \(configuration.path) has no agentXSocket"
    }

    /// - Parameters:
    ///   - wanted: the socket that mip-mibd connects to; nil if it is not known.
    ///   - daemons: the mip-mibd of this machine.
    func look(for wanted: String?, daemons: [RunningProgram] = RunningProgram.all(named: "mip-mibd")) -> Look {
        let path = configuration.path
        guard configuration.isReadable else {
            return Look(findings: [
                Finding(
                    "snmpd", "cannot read its configuration '\(path)'",
                    "run this command as root, or give --snmpd-conf or --standalone")
            ])
        }
        guard configuration.isMaster || process?.arguments.contains("--master=agentx") == true else {
            return Look(findings: [
                Finding("snmpd", "AgentX is not enabled", "add to \(path): master agentx", kind: .masterClosed)
            ])
        }
        if let wanted, wanted != socket {
            return Look(findings: [
                Finding(
                    "AgentX", "snmpd listens for AgentX at '\(socket)' (\(reason)), but mip-mibd connects to '\(wanted)'",
                    "set 'snmp: agentx: socket: \(socket)' in mip-mibd's configuration file, and restart it", kind: .masterClosed)
            ])
        }
        return Look(findings: permissions(daemons.compactMap(\.user)))
    }

    /// The mode of the socket matters only to a mip-mibd that runs as a user who is neither root nor the owner, and only while snmpd runs:
    /// one that was killed leaves its socket behind.
    private func permissions(_ users: [uid_t]) -> [Finding] {
        guard process != nil, socket.hasPrefix("/"), !users.isEmpty, !users.contains(0) else { return [] }
        var status = stat()
        guard stat(socket, &status) == 0 else {
            // By default only root can enter the directory. What this user may not enter, another one may.
            guard errno == EACCES, users.allSatisfy({ $0 == geteuid() }) else { return [] }
            return [
                Finding("AgentX", "only root can enter the directory of the socket '\(socket)'", remedy, kind: .socketRights)
            ]
        }
        guard !users.contains(status.st_uid), status.st_mode & 0o060 != 0o060 else { return [] }
        return [Finding("AgentX", "only its owner can use the socket '\(socket)'", remedy, kind: .socketRights)]
    }

    private var remedy: String {
        Advice.hasGroup("Debian-snmp")
            ? "add to \(configuration.path): agentXPerms 0660 0755 root Debian-snmp"
            : "add to \(configuration.path): agentXPerms 0660 0755 root GROUP, with a group of mip-mibd's user"
    }

    /// How mip-mibd finds the socket, for a remedy.
    var advice: String { "'snmp: agentx: socket: \(socket)' in its configuration file (\(reason))" }
}
