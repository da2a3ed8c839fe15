import ArgumentParser
import Foundation
import Persistence

/// Selects the source that the command reads.
struct SourceOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Control socket of an agent; may be repeated.", valueName: "path"))
    var socket: [String] = []

    @Option(help: ArgumentHelp("URL of a management daemon, such as http://127.0.0.1:8044.", valueName: "url"))
    var url: String?

    @Option(
        help: ArgumentHelp(
            "SNMP agent with MIP-MIB: a host, with :port unless it is 161. See --credentials.",
            valueName: "host"))
    var snmp: String?

    @Option(help: ArgumentHelp("Only the agent of this name; may be repeated.", valueName: "name")) var agent: [String] = []

    @Option(help: ArgumentHelp("File with the token for --url.", valueName: "file")) var tokenFile: String?

    @Option(
        help: ArgumentHelp(
            "File with the credentials for --snmp: lines such as 'community: public' or 'user: monitor'.", valueName: "file"))
    var credentials: String?

    @Option(
        help: ArgumentHelp(
            "How long to wait for a reply, or for more of it; default 5 at a socket, 10 by URL, 3 by SNMP.", valueName: "seconds"),
        transform: { try WholeNumber.parse($0, as: Int.self) })
    var timeout: Int?

    func validate() throws {
        if let timeout, !Settings.timeouts.contains(timeout) {
            throw ValidationError("--timeout \(timeout) is invalid; expected 1 to 3600 seconds")
        }
    }

    /// The settings of the environment and the configuration file, overridden by these options.
    func settings() throws -> Settings {
        var settings = try Settings.read()
        let own = Settings.Target(sockets: socket, url: url, snmpHost: snmp)
        if own.count > 1 {
            throw CommandFailure.usage("--socket, --url and --snmp are mutually exclusive; give only one of them")
        }
        if !own.isEmpty { settings.target = own }
        settings.timeout = timeout ?? settings.timeout
        settings.tokenFile = tokenFile ?? settings.tokenFile
        settings.credentialsFile = credentials ?? settings.credentialsFile
        settings.agents = agent
        return settings
    }

    /// The settings for `doctor`, which looks at agents and SNMP in the same run, and only where its options or defaults point.
    func doctorSettings() throws -> Settings {
        var settings = try Settings.read()
        let own = Settings.Target(sockets: socket, url: url)
        if own.count > 1 { throw CommandFailure.usage("--socket and --url are mutually exclusive; give only one of them") }
        if !own.isEmpty { settings.target = own }
        if own.isEmpty { settings.target = .init(sockets: settings.target.sockets) }
        settings.timeout = timeout ?? settings.timeout
        settings.tokenFile = tokenFile ?? settings.tokenFile
        settings.credentialsFile = credentials ?? settings.credentialsFile
        settings.agents = agent
        return settings
    }

    /// The configured source; by default, every control socket in the standard directory.
    func source(_ settings: Settings) async throws -> any RowSource {
        if let url = settings.target.url { return try DaemonSource(settings, url: url) }
        if let host = settings.target.snmpHost { return SNMPSource(settings: settings, host: host) }
        return SocketSource(paths: try await paths(settings), timeout: settings.socketTimeout)
    }

    /// The control sockets of the chosen agents on this machine.
    func paths(_ settings: Settings) async throws -> [String] {
        let all = try sockets(settings)
        guard !settings.agents.isEmpty else { return all }
        return try await LocalAgents(paths: all, timeout: settings.socketTimeout).paths(named: settings.agents)
    }

    /// The control sockets of all agents on this machine, whatever agents are chosen.
    func sockets(_ settings: Settings, in directory: SocketDirectory = .standard) throws -> [String] {
        guard settings.target.url == nil, settings.target.snmpHost == nil else {
            throw CommandFailure.usage("this needs the agent's control socket; give --socket instead of --url or --snmp")
        }
        var seen: Set<String> = []
        let given = settings.target.sockets.filter { seen.insert($0).inserted }
        for path in given {
            do throws(UnixSocketPath.Problem) {
                _ = try UnixSocketPath(path)
            } catch {
                throw CommandFailure.usage("--socket '\(path)' is invalid: \(error)")
            }
        }
        if !given.isEmpty { return given }
        if let problem = directory.problem { throw CommandFailure.unreachable("\(problem.text); \(problem.remedy)") }
        let (found, leftovers) = directory.sockets()
        guard !found.isEmpty else {
            throw CommandFailure.unreachable(
                leftovers.first
                    ?? "no control socket in \(directory.path); start mip-agentd, or give its socket with --socket PATH")
        }
        for message in leftovers { StandardError.write(message) }
        return found
    }
}
