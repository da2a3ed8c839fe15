import Foundation
import MIPTesting
import Testing

/// Lines of the node's configuration that the parts of the test replace.
private enum NodeLines {
    /// A service, and an experimental extension of each kind for its agents.
    static let whole = """
        service: ims
        experimental: true
        experimentalExtensions:
          - {subtype: 1, value: 0a0b, critical: true, for: homeAgent}
          - {subtype: 2, value: 0c, for: homeAgent}
          - {subtype: 3, value: 0d, critical: true, for: foreignAgent}
        """
    /// No service, and a setting that changes nothing.
    static let plain = "experimental: false"
    static let refusedService = "service: voip"

    /// An extension that an agent refuses.
    static func refused(_ subtype: Int, by agent: String) -> String {
        "experimental: true\nexperimentalExtensions: [{subtype: \(subtype), for: \(agent)}]"
    }
}

extension SignallingLabTests {
    @Test("Services, identities and experiments have their effect at every agent on the way, and end or refuse what they must")
    func servicesAndIdentities() async throws {
        let lab = try await Laboratory.withServices()
        try await served(lab)
        try await withoutRule(lab)
        try await experimentalMessages(lab)
        try await addedService(lab)
        try await refusedService(lab)
        try await refusedExperiments(lab)
        try await lab.run("down")
    }

    /// What the home agent gives to a new node, and what each daemon shows of it.
    private func served(_ lab: Laboratory) async throws {
        let node = try await lab.node()
        #expect(node["homeAgentIdentity"] as? String == "ha1@example.net")
        #expect(node["homeAAAIdentity"] as? String == "aaa1@example.net")
        #expect(node["homeAddress"] as? String == "10.1.0.200", "the first of the service's pool")
        let rows = [
            node, try await lab.rows("bindings", of: "home-agent").first, try await lab.rows("visitors", of: "foreign-a").first,
        ]
        for row in rows { #expect(row?["service"] as? String == "ims", "\(row ?? [:])") }
        #expect(try await lab.answers(to: 3, at: "10.1.0.200") == 3)

        let counts = [
            ("homeAgent.serviceRequests", "home-agent"), ("homeAgent.identitiesSent", "home-agent"),
            ("homeAgent.experimentalExtensions", "home-agent"), ("mobileNode.identitiesReceived", "node"),
        ]
        for (path, daemon) in counts { #expect(try await lab.counter(path, of: daemon) == 1, "\(path)") }
        #expect(try await lab.counter("homeAgent.identitiesReceived", of: "home-agent") == 0)
        // It knows the one for the home agent, which it relays, and the one for itself.
        #expect(try await lab.counter("foreignAgent.experimentalExtensions", of: "foreign-a") == 2)
        try await eventually("the uses of extensions") {
            let home = try await lab.uses(at: "home-agent"), foreign = try await lab.uses(at: "foreign-a")
            return home == ["127/1 accepted", "255/2 skipped"] && foreign == ["127/3 accepted"]
        }
    }

    /// A foreign agent without rules for extension 127 drops the request, whoever the extension is for (RFC 5944 §1.8).
    private func withoutRule(_ lab: Laboratory) async throws {
        try await lab.plug("foreign-b")
        try await eventually("the drop") {
            try await lab.counter("foreignAgent.discards.unknownExtension", of: "foreign-b") ?? 0 >= 1
        }
        try await eventually("the use of the extension") { try await lab.uses(at: "foreign-b") == ["127/1 refused"] }
        #expect(try await lab.rows("visitors", of: "foreign-b").isEmpty)
        #expect(try await lab.counter("homeAgent.serviceRequests", of: "home-agent") == 1)
    }

    /// The node by itself repeats the identities; messages of type 255 are counted if they are signed and made of what is known.
    private func experimentalMessages(_ lab: Laboratory) async throws {
        try await lab.run("move", "co-located")
        #expect(try await lab.counter("homeAgent.identitiesReceived", of: "home-agent") ?? 0 >= 1)
        #expect(try await lab.rows("bindings", of: "home-agent").first?["homeAddress"] as? String == "10.1.0.200")
        let before = try await lab.counter("homeAgent.experimentalExtensions", of: "home-agent") ?? 0
        for arguments in [["1"], ["9"], ["1", "--wrong-key"]] {
            let sender = [BuiltProducts.python, BuiltProducts.client("experimental_message.py"), "10.4.0.9", "10.1.0.1"]
            _ = try await lab.on(
                "node", sender + ["alice@example.net", "00112233445566778899aabbccddeeff"] + arguments)
        }
        try await eventually("the three messages") {
            let messages = try await lab.counter("homeAgent.experimentalMessages", of: "home-agent")
            let unknown = try await lab.counter("homeAgent.discards.unknownExtension", of: "home-agent")
            let unsigned = try await lab.counter("homeAgent.discards.authenticationFailed", of: "home-agent")
            return messages == 1 && unknown == 1 && unsigned == 1
        }
        #expect(try await lab.counter("homeAgent.experimentalExtensions", of: "home-agent") == before + 1)
        try await eventually("the uses of the messages") {
            let uses = try await lab.uses(at: "home-agent")
            return uses.isSuperset(of: ["0/0 accepted refused", "127/9 refused", "255/9 skipped"])
        }
        let violation = try await lab.rows("violations", of: "home-agent").first
        #expect(violation?["violator"] as? String == "10.4.0.9")
        #expect(violation?["recentReason"] as? String == "badAuthenticator")
    }

    /// The foreign agent selects for a node that does not, and keeps the echo to itself.
    private func addedService(_ lab: Laboratory) async throws {
        try await lab.restartNode(with: NodeLines.plain, insteadOf: NodeLines.whole)
        try await lab.run("move", "foreign-b")
        #expect(try await lab.node()["service"] == nil)
        #expect(try await lab.rows("bindings", of: "home-agent").first?["service"] as? String == "ims")
        let added = try await lab.counter("foreignAgent.servicesAdded", of: "foreign-b") ?? 0
        #expect(added >= 1)
        #expect(try await lab.counter("foreignAgent.serviceEchoesRemoved", of: "foreign-b") == added)
        #expect(try await lab.answers(to: 3, at: "10.1.0.200") == 3)
    }

    /// 151 ends what the node has, and the node does not ask again.
    private func refusedService(_ lab: Laboratory) async throws {
        let home = try await lab.changes(of: "home-agent")
        // A node that is stopped deregisters.
        try await lab.restartNode(with: NodeLines.refusedService, insteadOf: NodeLines.plain, by: "kill")
        try await eventually("the end of the binding") {
            home.first("bindingRemoved", where: "reason", is: "denied")?["homeAddress"] == "10.1.0.200"
        }
        try await eventually("the refusal at the node") { try await lab.counter("mobileNode.serviceRefusals", of: "node") == 1 }
        let requests = try await lab.counter("mobileNode.requestsSent", of: "node")
        try await lab.plug("foreign-a")
        try await eventually("the other foreign agent") {
            (try await lab.node()["recentAdvertisement"] as? [String: Any])?["sourceAddress"] as? String == "10.2.0.1"
        }
        // A request would follow at once.
        try await Task.sleep(for: .milliseconds(1500))
        #expect(try await lab.counter("mobileNode.requestsSent", of: "node") == requests)
        #expect(try await lab.counter("homeAgent.serviceRefusals", of: "home-agent") == 1)
        #expect(try await !lab.hasBinding())
        #expect(lab.log("node").contains("151 service authorization failed"))
    }

    /// An extension that a rule refuses, with the codes that are for experiments alone (RFC 4064 §9).
    private func refusedExperiments(_ lab: Laboratory) async throws {
        let cases = [
            (4, "homeAgent", "home-agent", "denied: 192 experimental"),
            (5, "foreignAgent", "foreign-a", "denied: 127 experimental"),
        ]
        var lines = NodeLines.refusedService
        for (subtype, role, daemon, text) in cases {
            let changed = NodeLines.refused(subtype, by: role)
            try await lab.restartNode(with: changed, insteadOf: lines)
            lines = changed
            try await eventually("the denial by \(daemon)") { lab.log("node").contains(text) }
            #expect(try await lab.counter("\(role).experimentalRefusals", of: daemon) ?? 0 >= 1)
            #expect(try await !lab.hasBinding())
        }
    }

    /// Who knows where to find the home agent that a node names by its identity.
    enum Guide: CaseIterable { case homeAgent, foreignAgent }

    @Test(
        "A node that names its home agent by identity comes to it, by a redirection or through the foreign agent",
        arguments: Guide.allCases)
    func identityOfHomeAgent(_ guide: Guide) async throws {
        let line = "  homeAgentsByIdentity: {ha2@example.net: \(Laboratory.homeAgents.second)}"
        let lab = try await Laboratory.withTwoHomeAgents(
            node: "homeAgentIdentity: ha2@example.net"
                + (guide == .homeAgent ? "\nhomeAgentHint: \(Laboratory.homeAgents.first)" : ""),
            homeAgent: guide == .homeAgent ? line : "", foreignAgent: guide == .foreignAgent ? line : "")
        let address = try await lab.anchored(at: Laboratory.homeAgents.second)
        #expect(address.hasPrefix("10.3.0.1"))
        let redirects = guide == .homeAgent ? 1 : 0
        #expect(try await lab.counter("mobileNode.redirects", of: "node") == redirects)
        #expect(try await lab.counter("homeAgent.redirects", of: "home-agent") == redirects)
        #expect(try await !lab.hasBinding())
        #expect(try await lab.answers(to: 3, at: address) == 3)
        try await lab.run("down")
    }
}

extension Laboratory {
    /// A laboratory that is up, with the node at `foreign-a`. The home agent has two services and its identities; the agent of `foreign-a`
    /// has rules for experiments, and that of `foreign-b` adds a service instead.
    fileprivate static func withServices() async throws -> Laboratory {
        let (accepted, refused) = ("{type: 127, subtype: 1, action: accept}", "action: refuse}")
        let homeAgent = """
              identity: ha1@example.net
              aaaIdentity: aaa1@example.net
              services:
                - {service: ims, addressPool: [10.1.0.200-10.1.0.209], allowed: ['@example.net']}
                - {service: voip, allowed: [bob@example.net]}
              experimental: [\(accepted), {type: message, action: accept}, {type: 255, subtype: 4, \(refused)]
            """
        let foreignAgent =
            "  experimental: [\(accepted), {type: 127, subtype: 3, action: accept}, {type: 255, subtype: 5, \(refused)]"
        let other = """
            foreignAgent:
              addresses: [10.3.0.1]
              careOfAddresses: [10.3.0.1]
              service: ims
            """
        let lab = try Laboratory(
            node: "nai: alice@example.net\n" + NodeLines.whole, foreign: foreignAgent,
            settings: [
                "MIP_LAB_ASSOCIATION": associationsOfAgents, "MIP_LAB_NODE_LIFETIME": "lifetime: 300",
                "MIP_LAB_HOME": "", "MIP_LAB_AGENT": "experimental: true", "MIP_LAB_HOME_AGENT": homeAgent,
                "MIP_LAB_ROLE_B": other, "MIP_LAB_PLACE": "foreign-a",
            ])
        try await lab.run("up")
        return lab
    }

    /// Stops or kills the node, and starts it again with some lines of its configuration replaced.
    fileprivate func restartNode(with lines: String, insteadOf former: String, by end: String = "stop") async throws {
        try await restart("node", by: end) { text in
            #expect(text.contains(former), "\(text)")
            text = text.replacingOccurrences(of: former, with: lines)
        }
    }

    /// The kinds of extensions and messages that an agent lists, such as `127/1 accepted`, with what has happened to them.
    fileprivate func uses(at daemon: String) async throws -> Set<String> {
        let rows = try await rows("extensions", of: daemon)
        return Set(
            rows.filter { [0, 127, 255].contains($0["type"] as? Int) }.map { row in
                let outcomes = ["accepted", "skipped", "refused"].filter { row[$0] as? Int ?? 0 > 0 }
                return "\(row["type"] as? Int ?? -1)/\(row["number"] as? Int ?? -1) \(outcomes.joined(separator: " "))"
            })
    }
}
