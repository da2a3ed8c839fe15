import DaemonSupport
import Foundation
import MobileIPv4

/// The user's settings: the environment overrides the configuration file, and an option overrides both.
struct Settings: Sendable {
    /// The source to read. Naming more than one is an error.
    struct Target: Sendable {
        var sockets: [String] = []
        var url: String?
        var snmpHost: String?

        var isEmpty: Bool { sockets.isEmpty && url == nil && snmpHost == nil }
        var count: Int { (sockets.isEmpty ? 0 : 1) + (url == nil ? 0 : 1) + (snmpHost == nil ? 0 : 1) }
    }

    var target = Target()
    var output: OutputFormat?
    /// A file with the token for the JSON API.
    var tokenFile: String?
    /// The token itself, from the environment.
    var token: String?
    /// A PEM file with the trusted certificates for the JSON API; nil for those of the system.
    var caFile: String?
    /// Seconds without data after which reading fails; nil for the default of the source.
    var timeout: Int?
    /// A file with the credentials for an SNMP agent.
    var credentialsFile: String?
    /// The names of the agents to read or to change; empty for all.
    var agents: [String] = []

    /// Reads the environment and the configuration file.
    ///
    /// - Throws: A usage `CommandFailure` that lists every mistake in the file.
    static func read(environment: [String: String] = ProcessInfo.processInfo.environment) throws -> Settings {
        var settings = try file(environment).map(read(file:)) ?? Settings()
        func value(_ name: String) -> String? { environment["MIP_MIB_\(name)"].flatMap { $0.isEmpty ? nil : $0 } }
        var own = Target()
        own.sockets = value("SOCKET")?.split(separator: ":").map(String.init) ?? []
        own.url = value("URL")
        own.snmpHost = value("SNMP")
        if own.count > 1 {
            throw CommandFailure.usage(
                "MIP_MIB_SOCKET, MIP_MIB_URL and MIP_MIB_SNMP are mutually exclusive; set only one of them")
        }
        if !own.isEmpty { settings.target = own }
        if let name = value("OUTPUT") {
            guard let format = OutputFormat(rawValue: name) else {
                let known = OutputFormat.allCases.map(\.rawValue).joined(separator: ", ")
                throw CommandFailure.usage("MIP_MIB_OUTPUT '\(name)' is invalid; expected one of \(known)")
            }
            settings.output = format
        }
        if let text = value("TIMEOUT") {
            guard let seconds: Int = DecimalNumber.parse(text), timeouts.contains(seconds) else {
                throw CommandFailure.usage("MIP_MIB_TIMEOUT '\(text)' is invalid; expected 1 to 3600 seconds")
            }
            settings.timeout = seconds
        }
        settings.tokenFile = value("TOKEN_FILE") ?? settings.tokenFile
        settings.token = value("TOKEN")
        settings.caFile = value("CA_FILE") ?? settings.caFile
        settings.credentialsFile = value("CREDENTIALS") ?? settings.credentialsFile
        return settings
    }

    static let timeouts = 1...3600

    /// How long an agent may send nothing at its control socket before reading fails.
    var socketTimeout: Duration { .seconds(timeout ?? 5) }

    /// The configuration file in use; nil when there is none.
    private static func file(_ environment: [String: String]) -> String? {
        if let named = environment["MIP_MIB_CONFIG"], !named.isEmpty { return named }
        let home = environment["XDG_CONFIG_HOME"] ?? environment["HOME"].map { "\($0)/.config" }
        let places = (home.map { ["\($0)/mip-mib/mip-mib.yaml"] } ?? []) + ["/etc/mip-mib/mip-mib.yaml"]
        return places.first { access($0, F_OK) == 0 }
    }

    private static func read(file path: String) throws -> Settings {
        do {
            return try ConfigurationFile.read(path) { root in
                var settings = Settings()
                settings.target.sockets = root.list("sockets", .socketPath)
                settings.target.url = root.optional("url", .text)
                settings.target.snmpHost = root.optional("snmp", .text)
                if settings.target.count > 1 {
                    root.mistake("sockets, url and snmp are mutually exclusive", "keep one of them")
                }
                settings.output = root.optional("output", .anyWord(standIn: OutputFormat.table))
                settings.timeout = root.optional("timeout", .integer(in: timeouts, unit: "seconds"))
                settings.tokenFile = root.optional("tokenFile", .path)
                settings.caFile = root.optional("caFile", .path)
                settings.credentialsFile = root.optional("credentials", .path)
                return settings
            }
        } catch {
            throw CommandFailure.usage("\(error)")
        }
    }
}
