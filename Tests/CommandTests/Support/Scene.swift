import AgentModel
import MIPTesting
import MobileIPv4

/// An agent with a few rows of each kind, and `mip-mib` reading it. Its times are half a minute off any that shows, so that a slow
/// machine prints the same.
struct Scene {
    let directory: TemporaryDirectory
    let agent: ScriptedAgent

    static var rows: [StateChange] {
        let expires = Samples.start.adding(milliseconds: (8 * 3600 + 60) * 1000)
        var plain = Samples.binding(1, lifetime: 36_000)
        plain.expires = expires
        var hostile = Samples.binding(4, lifetime: 36_000)
        hostile.expires = expires
        var visitors = [Samples.visitor(1), Samples.visitor(2, state: .pending)]
        for index in visitors.indices { visitors[index].expires = expires }
        hostile.nai = NetworkAccessIdentifier("turned\u{202E}@evil.example")
        var home = HomeAgentCounters()
        home.requestsReceived = 12
        home.deregistrationRequestsReceived = 2
        home.repliesSent = 11
        home.repliesSentByCode[.accepted] = 9
        home.repliesSentByCode[.haMobileNodeFailedAuthentication] = 2
        home.discards[.unknownExtension] = 1
        var counters = AgentCounters(homeAgent: home, foreignAgent: ForeignAgentCounters())
        counters.securityViolations = 2
        counters.datagramsReceived = 12
        return [
            .counters(counters), .binding(plain), .binding(Samples.binding(2, lifetime: .max)), .binding(hostile),
            .visitor(visitors[0]), .visitor(visitors[1]), .association(Samples.association(1)),
            .violation(Samples.violation(1)), .mobileNode(Samples.mobileNode(1)),
        ]
    }

    init(_ rows: [StateChange] = rows, information: AgentInformation = Samples.information()) async throws {
        directory = try TemporaryDirectory()
        agent = ScriptedAgent(
            socketPath: directory.file("home.sock"), information: information, rows: rows, uptime: 3 * 3600 + 30)
        try await agent.start()
    }

    var socket: String { directory.file("home.sock") }

    func run(_ arguments: [String]) async throws -> (status: Int32, output: String, errors: String) {
        try await Self.run(arguments + ["--socket", socket])
    }

    static func run(
        _ arguments: [String], environment: [String: String] = [:]
    ) async throws -> (status: Int32, output: String, errors: String) {
        try await ChildProcess.run(
            BuiltProducts.path(of: "mip-mib"), arguments, environment: environment.merging(["COLUMNS": "100"]) { $1 })
    }
}
