import Foundation
import MIPTesting

extension Laboratory {
    /// The home agent of the home network, and the one in the second foreign network.
    static let homeAgents = (first: "10.1.0.1", second: "10.3.0.1")

    /// A laboratory that is up, with a home agent in place of the second foreign agent, and a node that registers with any home
    /// agent and gets its home address from it. The node is at `foreign-a` first, and asks the first home agent first.
    ///
    /// - Parameters:
    ///   - node: Lines added to the configuration of the node.
    ///   - homeAgent: Lines added to the role of the first home agent.
    ///   - foreignAgent: Lines of the role of the foreign agent.
    static func withTwoHomeAgents(
        node: String = "homeAgentHint: \(Laboratory.homeAgents.first)", homeAgent: String = "", foreignAgent: String = ""
    ) async throws -> Laboratory {
        let nodes = "00112233445566778899aabbccddeeff"
        let associations = [
            "- {peer: 10.2.0.1, peerRole: foreignAgent, ownRole: homeAgent, \(keyOfAgents)}",
            "- {peer: \(homeAgents.first), peerRole: homeAgent, ownRole: foreignAgent, \(keyOfAgents)}",
            "- {peer: \(homeAgents.second), peerRole: homeAgent, ownRole: foreignAgent, \(keyOfAgents)}",
            "- {peer: \(fleetNetwork), spi: 256, key: \(nodes), ownRole: homeAgent}",
        ]
        let second = """
            homeAgent:
              addresses: [\(homeAgents.second)]
              homeNetworks: [10.3.0.0/24, \(fleetNetwork)]
              maximumLifetime: 3600
              addressPool: [10.3.0.100-10.3.0.199]
              encapsulations: [ipInIp, gre, minEnc]
            """
        let lab = try Laboratory(settings: [
            "MIP_LAB_ASSOCIATION": associations.joined(separator: "\n  "), "MIP_LAB_NODE_LIFETIME": "lifetime: 300",
            "MIP_LAB_HOME_NETWORKS": ", \(fleetNetwork)", "MIP_LAB_ROLE_B": second, "MIP_LAB_PLACE": "foreign-a",
            "MIP_LAB_NODE_HOME": "home: {agent: any}", "MIP_LAB_NODE": "nai: alice@example.net\n" + node,
            "MIP_LAB_HOME_AGENT": homeAgent, "MIP_LAB_FOREIGN": foreignAgent,
        ])
        try await lab.run("up")
        return lab
    }

    /// Has the first home agent move its nodes to the second one, as an operator does.
    func drain() async throws {
        try await manage(["drain", Self.homeAgents.second, "--yes", "--socket", socket("home-agent")])
    }

    /// The status of the node.
    func node() async throws -> [String: Any] { try await rows("node", of: "node").first ?? [:] }

    /// The node's search for a home agent.
    func search() async throws -> [String: Any] { try await node()["homeAgentSearch"] as? [String: Any] ?? [:] }

    /// Waits until the node is registered with a home agent; returns its home address.
    @discardableResult
    func anchored(
        at homeAgent: String, within limit: Duration = .seconds(20), isFallback: Bool = false
    ) async throws -> String {
        try await eventually("the registration with \(homeAgent)", within: limit) {
            let status = try await node()
            let search = status["homeAgentSearch"] as? [String: Any] ?? [:]
            return status["state"] as? String == "registered" && search["homeAgent"] as? String == homeAgent
                && search["state"] as? String == (isFallback ? "fallback" : "anchored")
        }
        guard let address = try await node()["homeAddress"] as? String else {
            throw TimedOut(description: "the node has no home address: \(try await node())")
        }
        return address
    }

    /// How many of the given number of pings from the correspondent to an address were answered.
    func answers(to count: Int, at address: String) async throws -> Int {
        let output = try await on("correspondent", "ping", "-n", "-c", "\(count)", "-i", "0.02", "-W", "2", address)
        return output.matches(of: /(\d+) received/).first.flatMap { Int($0.output.1) } ?? 0
    }

    /// Starts a daemon again with a line added to its configuration.
    func restart(_ daemon: String, adding line: String) async throws {
        try await restart(daemon) { $0 += "\n\(line)\n" }
    }

    /// Stops a daemon, or kills it, and starts it again with another configuration.
    func restart(_ daemon: String, by end: String = "stop", editing edit: (inout String) -> Void) async throws {
        try await run(end, daemon)
        let file = "/tmp/mip-\(name)/\(daemon).yaml"
        var text = try String(contentsOfFile: file, encoding: .utf8)
        edit(&text)
        try text.write(toFile: file, atomically: true, encoding: .utf8)
        // It contains keys.
        chmod(file, 0o600)
        try await run("start", daemon)
    }
}
