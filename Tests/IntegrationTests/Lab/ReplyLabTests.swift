import MIPTesting
import Testing

extension LabTests {
    @Test("A node shows the texts of its home agent, and does not use a registration that its foreign agent refuses")
    func repliesOfAgents() async throws {
        // What follows the role in the configuration is about the whole agent.
        let lab = try await Laboratory.withRevocation(
            homeAgent: "  messages: {replies: {accepted: Welcome, deregistered: Goodbye}}\nrevocation: false",
            foreignAgents: "revocationRequired: true")
        try await lab.run("move", "co-located")
        let welcomed = try await lab.message("homeAgentMessage")
        #expect(welcomed["text"] as? String == "Welcome" && welcomed["isAuthenticated"] as? Bool == true)
        try await lab.run("move", "home")
        try await eventually("the text of the deregistration") {
            try await lab.message("homeAgentMessage")["text"] as? String == "Goodbye"
        }

        let node = try await lab.changes(of: "node")
        try await lab.plug("foreign-a")
        try await eventually("the error of the foreign agent") {
            try await lab.message("foreignAgentError")["agentAddress"] as? String == "10.2.0.1"
        }
        let error = try await lab.message("foreignAgentError")
        #expect(error["status"] as? Int == 65 && error["code"] as? Int == 0)
        // The node and the foreign agent share no key.
        #expect(error["isAuthenticated"] as? Bool == false)
        try await eventually("the deregistration after the error") {
            try await lab.counter("mobileNode.deregistrationsAfterError", of: "node") ?? 0 >= 1
        }
        #expect(try await lab.counter("foreignAgent.errorExtensionsSent", of: "foreign-a") ?? 0 >= 1)
        #expect(try await lab.counter("mobileNode.errorExtensionsUnsigned", of: "node") ?? 0 >= 1)
        #expect(try await lab.rows("registrations", of: "node").allSatisfy { $0["isAccepted"] as? Bool != true })
        #expect(try await lab.rows("visitors", of: "foreign-a").allSatisfy { $0["state"] as? String != "accepted" })
        try await eventually("the end of the binding") { try await !lab.hasBinding() }
        try await eventually("the event about the text of the acceptance") {
            node.first("event", where: "kind", is: "messageReceived") != nil
        }
        try await lab.run("down")
    }
}

extension Laboratory {
    /// What the node shows of its agents under a name; empty for nothing.
    fileprivate func message(_ name: String) async throws -> [String: Any] {
        try await rows("node", of: "node").first?[name] as? [String: Any] ?? [:]
    }
}
