import Foundation
import MIPTesting
import Testing

extension Laboratory {
    /// The home address of the node.
    static let homeAddress = "10.1.0.10"

    /// SPI and key of every association between agents.
    static let keyOfAgents = "spi: 700, key: 8899aabbccddeeff0011223344556677"

    /// The associations of the home agent with both foreign agents, for `MIP_LAB_ASSOCIATION`.
    static let associationsOfAgents = [
        "- {peer: 10.2.0.1, peerRole: foreignAgent, ownRole: homeAgent, \(keyOfAgents)}",
        "- {peer: 10.3.0.1, peerRole: foreignAgent, ownRole: homeAgent, \(keyOfAgents)}",
        "- {peer: 10.1.0.1, peerRole: homeAgent, ownRole: foreignAgent, \(keyOfAgents)}",
    ].joined(separator: "\n  ")

    /// A laboratory that is up, whose agents share keys and so agree on revocation (RFC 3543). The node renews no registration during a
    /// test.
    ///
    /// - Parameters:
    ///   - agents: Lines added to the configuration of all agents.
    ///   - homeAgent: Lines added to the role of the home agent.
    ///   - foreignAgents: Lines added to the role of the foreign agents.
    static func withRevocation(
        agents: String = "", homeAgent: String = "", foreignAgents: String = ""
    ) async throws -> Laboratory {
        let lab = try Laboratory(settings: [
            "MIP_LAB_ASSOCIATION": associationsOfAgents, "MIP_LAB_NODE_LIFETIME": "lifetime: 300",
            "MIP_LAB_AGENT": agents, "MIP_LAB_HOME_AGENT": homeAgent, "MIP_LAB_FOREIGN": foreignAgents,
        ])
        try await lab.run("up")
        return lab
    }

    /// Moves the node, and waits until a revocation may follow its registration: a second later (RFC 3543 §3.3).
    func register(at place: String) async throws {
        try await run("move", place)
        try await pauseAfterRegistration()
    }

    func pauseAfterRegistration() async throws { try await Task.sleep(for: .milliseconds(1100)) }

    /// Ends the node's registration at an agent, as an operator does.
    func revoke(at agent: String, beside others: String...) async throws {
        let sockets = ([agent] + others).flatMap { ["--socket", socket($0)] }
        try await manage(["revoke", Self.homeAddress, "--yes", "--agent", agent] + sockets)
    }

    /// Runs `mip-mib`; if it fails, throws an error with its output.
    func manage(_ arguments: [String]) async throws {
        let result = try await ChildProcess.run(BuiltProducts.path(of: "mip-mib"), arguments)
        guard result.status == 0 else {
            throw TimedOut(description: "mip-mib \(arguments.joined(separator: " ")): \(result.output)\(result.errors)")
        }
    }

    /// The latest revocation that a daemon has sent or received.
    func latestRevocation(of daemon: String) async throws -> [String: Any]? {
        try await rows("exchanges", of: daemon).filter { $0["kind"] as? String == "revocation" }
            .max { ($0["number"] as? Int ?? 0) < ($1["number"] as? Int ?? 0) }
    }

    /// Waits until the latest revocation that a daemon has sent is acknowledged, and returns it.
    func acknowledgedRevocation(of daemon: String) async throws -> [String: Any] {
        var latest: [String: Any]?
        try await eventually("the acknowledgment at \(daemon)") {
            latest = try await latestRevocation(of: daemon)
            return latest?["state"] as? String == "acknowledged"
        }
        return try #require(latest)
    }

    /// Whether the home agent has a binding for the node.
    func hasBinding() async throws -> Bool { try await !rows("bindings", of: "home-agent").isEmpty }
}
