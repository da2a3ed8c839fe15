import Foundation
import MIPTesting
import Testing

extension LabTests {
    @Test("Of two agents on its link, the node finds the other one when its own refuses it or is gone")
    func twoAgents() async throws {
        let lab = try Laboratory(node: "eager: false\ntries: 1", settings: ["MIP_LAB_LIFETIME": "4"])
        try await lab.run("up")
        // Both foreign agents on one link.
        _ = try await lab.on("switch", "ip", "link", "set", "to-foreign-b", "master", "foreign-a")
        func registered(with careOfAddress: String) async throws {
            try await eventually("a registration with \(careOfAddress)") {
                try await lab.rows("registrations", of: "node").contains {
                    $0["careOfAddress"] as? String == careOfAddress && $0["isAccepted"] as? Bool == true
                }
            }
            #expect(try await lab.answers(to: 2) == 2)
        }
        let program = BuiltProducts.path(of: "mip-mib")
        let disabled = try await ChildProcess.run(program, ["disable", "--yes", "--socket", lab.socket("foreign-a")])
        #expect(disabled.status == 0, "\(disabled.errors)")
        try await lab.plug("foreign-a")
        try await registered(with: "10.3.0.1")
        let enabled = try await ChildProcess.run(program, ["enable", "--socket", lab.socket("foreign-a")])
        #expect(enabled.status == 0, "\(enabled.errors)")
        try await lab.run("kill", "foreign-b")
        try await registered(with: "10.2.0.1")
        try await lab.run("down")
    }

    @Test("When a node vanishes, its binding, its visit and their tunnels last exactly as long as they were granted")
    func vanishedNode() async throws {
        let lab = try Laboratory(node: "lifetime: 4", settings: ["MIP_LAB_NODE_LIFETIME": ""])
        try await lab.run("up")
        try await lab.run("move", "foreign-a")
        #expect(try await lab.answers(to: 1) == 1)
        try await lab.run("kill", "node")
        #expect(try await lab.rows("bindings", of: "home-agent").count == 1)
        #expect(try await lab.rows("tunnels", of: "home-agent").count == 1)
        try await eventually("the end of the binding and its tunnel", within: .seconds(6)) {
            let left = try await lab.rows("bindings", of: "home-agent") + lab.rows("tunnels", of: "home-agent")
            return left.isEmpty
        }
        try await eventually("the end of the visit and its tunnel", within: .seconds(2)) {
            let left = try await lab.rows("visitors", of: "foreign-a") + lab.rows("tunnels", of: "foreign-a")
            return left.isEmpty
        }
        #expect(try await lab.counter("homeAgent.bindingsExpired", of: "home-agent") == 1)
        #expect(try await lab.counter("foreignAgent.visitorsExpired", of: "foreign-a") == 1)
        #expect(try await lab.on("home-agent", "ip", "neigh", "show", "proxy").isEmpty)
        try await lab.run("down")
    }

    @Test("A registration that the home agent no longer renews ends on time at the node, together with its tunnel")
    func unrenewed() async throws {
        let lab = try Laboratory(node: "lifetime: 4", settings: ["MIP_LAB_NODE_LIFETIME": ""])
        try await lab.run("up")
        try await lab.run("move", "co-located")
        try await eventually("the node's tunnel") { try await lab.rows("tunnels", of: "node").count == 1 }
        try await lab.run("kill", "home-agent")
        try await eventually("the end of the registration and its tunnel", within: .seconds(6)) {
            let accepted = try await lab.rows("registrations", of: "node").filter { $0["isAccepted"] as? Bool == true }
            let tunnels = try await lab.rows("tunnels", of: "node")
            return accepted.isEmpty && tunnels.isEmpty
        }
        #expect(try await lab.rows("node", of: "node").first?["state"] as? String != "registered")
        try await lab.run("down")
    }

    @Test("A node whose interface is replaced by another of the same name reports it, exits and leaves nothing behind")
    func replacedInterface() async throws {
        let lab = try Laboratory()
        try await lab.run("up")
        try await lab.run("move", "foreign-a")
        _ = try await lab.on("node", "ip", "link", "delete", "eth0")
        _ = try await lab.on("node", "ip", "link", "add", "eth0", "type", "veth", "peer", "name", "other")
        try await eventually("the end of the node") { !FileManager.default.fileExists(atPath: lab.socket("node")) }
        // The node's last line, written after its socket was removed.
        try await eventually("the reason in the log") {
            lab.log("node").contains("the interface 'eth0' was replaced by another one of the same name; restart the node")
        }
        #expect(try await lab.on("node", "ip", "-o", "rule").split(separator: "\n").count == 3)
        #expect(try await !lab.on("node", "ip", "-o", "link").contains("mip0"))
        try await lab.run("down")
    }

    @Test("A visitor's move to another link of its foreign agent and the removal of its home address are handled")
    func otherLink() async throws {
        let lab = try Laboratory()
        try await lab.run("up")
        try await lab.run("stop", "foreign-a")
        for command in [
            "link add second type bridge", "link set second type bridge forward_delay 0 stp_state 0", "link set second up",
            "link add to-second type veth peer name net1 netns mip-\(lab.name)-foreign-a", "link set to-second master second up",
        ] {
            _ = try await lab.on("switch", ["ip"] + command.split(separator: " ").map(String.init))
        }
        _ = try await lab.on("foreign-a", "ip", "address", "add", "10.2.1.1/24", "dev", "net1")
        _ = try await lab.on("foreign-a", "ip", "link", "set", "net1", "up")
        let file = "/tmp/mip-\(lab.name)/foreign-a.yaml"
        let text = try String(contentsOfFile: file, encoding: .utf8)
        let changed = text.replacing(
            "  addresses: [10.2.0.1]", with: "  addresses: [10.2.0.1, 10.2.1.1]\n  relayAddress: 10.2.0.1"
        )
        .replacing(
            "interfaces:\n",
            with: "interfaces:\n  - {name: net1, advertise: {maximumInterval: 4, minimumInterval: 3, lifetime: 12}}\n")
        try changed.write(toFile: file, atomically: true, encoding: .utf8)
        // It contains keys.
        chmod(file, 0o600)
        try await lab.run("start", "foreign-a")
        for (network, agent) in [("foreign-a", "10.2.0.1"), ("second", "10.2.1.1"), ("foreign-a", "10.2.0.1")] {
            try await lab.plug(network)
            try await eventually("a registration with \(agent)") {
                try await lab.rows("registrations", of: "node").contains {
                    $0["agentAddress"] as? String == agent && $0["isAccepted"] as? Bool == true
                }
            }
            #expect(try await lab.answers(to: 2) == 2, "\(network): \(lab.log("foreign-a"))")
            #expect(try await lab.rows("visitors", of: "foreign-a").count == 1)
        }
        _ = try await lab.on("node", "ip", "address", "flush", "dev", "eth0")
        try await eventually("answers again", within: .seconds(20)) { try await lab.answers(to: 1) == 1 }
        try await lab.run("down")
    }
}
