import ArgumentParser

/// Authenticated registrations through the home agent's state machine on one core; no sockets.
struct EngineBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "engine", abstract: "Measures registrations per second in the home agent, and how fast bindings expire.")

    @Option(name: .shortAndLong, help: "Mobile nodes, 1 to 4000000.")
    var nodes = 100_000

    @Option(name: .shortAndLong, help: "Total number of registrations; the nodes register in rotation.")
    var registrations = 500_000

    @Option(
        help: """
            Signalling besides registration: 'unused' with the default settings, 'off' with revocation and notifications turned off, \
            or 'used', where each request offers revocation and each reply carries an offer and a text.
            """)
    var signalling = EngineLoad.Use.unused

    @Option(
        help: """
            Dynamic home agents, services, identities and host configuration: 'unused' with the default settings, 'off' with all \
            turned off, or 'used', where each request is for any home agent and asks for a service and host configuration.
            """)
    var discovery = EngineLoad.Use.unused

    @Flag(help: "Print one JSON object.")
    var json = false

    func validate() throws {
        guard (1...4_000_000).contains(nodes) else {
            throw ValidationError("--nodes \(nodes) is invalid; expected 1 to 4000000")
        }
        guard registrations >= 1 else {
            throw ValidationError("--registrations \(registrations) is invalid; expected at least 1")
        }
    }

    func run() throws {
        var load = EngineLoad(nodes: nodes, signalling: signalling, discovery: discovery)
        let result = load.run(registrations: registrations)
        print(json ? result.json : result.description)
    }
}

extension EngineLoad.Use: ExpressibleByArgument {}
