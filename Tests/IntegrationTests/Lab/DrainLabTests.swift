import Foundation
import MIPTesting
import Testing

extension SignallingLabTests {
    @Test(
        "The node of a drained home agent registers with the other one within 5 s, and gets an address there that can be reached",
        arguments: ["foreign-a", "co-located"])
    func drained(place: String) async throws {
        let lab = try await Laboratory.withTwoHomeAgents()
        if place != "foreign-a" { try await lab.run("move", place) }
        let former = try await lab.anchored(at: Laboratory.homeAgents.first)
        #expect(former.hasPrefix("10.1.0."))
        #expect(try await lab.answers(to: 3, at: former) == 3)
        try await lab.pauseAfterRegistration()
        let home = try await lab.changes(of: "home-agent")
        try await lab.drain()
        let address = try await lab.anchored(at: Laboratory.homeAgents.second, within: .seconds(5))
        #expect(address.hasPrefix("10.3.0."))
        #expect(try await lab.search()["redirects"] as? [String] == [Laboratory.homeAgents.first])
        #expect(try await lab.answers(to: 3, at: address) == 3)
        #expect(try await lab.answers(to: 1, at: former) == 0)

        let ended = try #require(home.first("bindingRemoved", where: "reason", is: "drained"))
        #expect(ended["homeAddress"] == former)
        #expect(home.first("event", where: "kind", is: "drainStarted") != nil)
        try await eventually("the end of the drain") { home.first("event", where: "kind", is: "drainCompleted") != nil }
        #expect(try await !lab.hasBinding())
        try await lab.manage(["drain", "--end", "--socket", lab.socket("home-agent")])
        try await eventually("the event") { home.first("event", where: "kind", is: "drainEnded") != nil }
        try await lab.run("down")
    }

    @Test("A node is redirected once although requests or replies are lost, doubled or reordered")
    func redirectedInDisorder() async throws {
        let lab = try await Laboratory.withTwoHomeAgents()
        try await lab.anchored(at: Laboratory.homeAgents.first)
        try await lab.run("stop", "node")
        try await lab.drain()
        for fate in ["1:lose", "3:lose", "1:double", "3:double", "1:hold", "3:hold"] {
            let relay = try await lab.relay(fate)
            // It has forgotten its former home agent.
            try await lab.run("start", "node")
            try await lab.anchored(at: Laboratory.homeAgents.second)
            let type = Int(fate.prefix(1)) ?? 0
            #expect(relay.messages(of: type).contains { $0.fate != "pass" }, "\(fate)")
            #expect(try await lab.counter("mobileNode.redirects", of: "node") == 1, "\(fate)")
            #expect(try await lab.counter("mobileNode.redirectLoops", of: "node") == 0, "\(fate)")
            #expect(try await lab.rows("bindings", of: "foreign-b").count == 1, "\(fate)")
            #expect(try await !lab.hasBinding(), "\(fate)")
            try await relay.end()
            try await lab.run("stop", "node")
        }
        try await lab.run("down")
    }

    @Test("A home agent that is killed in the middle of a drain goes on with it after its restart, and the node moves")
    func killedWhileDraining() async throws {
        let lab = try await Laboratory.withTwoHomeAgents()
        try await lab.anchored(at: Laboratory.homeAgents.first)
        try await lab.pauseAfterRegistration()
        let relay = try await lab.relay("7:lose+")
        try await lab.drain()
        try await eventually("a revocation on the way") { !relay.messages(of: 7).isEmpty }
        try await lab.run("kill", "home-agent")
        relay.stopLosing()
        try await lab.run("start", "home-agent")
        try await lab.anchored(at: Laboratory.homeAgents.second)
        #expect(try await lab.counter("homeAgent.redirects", of: "home-agent") ?? 0 >= 1)
        // It succeeds only while the home agent drains.
        try await lab.manage(["drain", "--socket", lab.socket("home-agent")])
        try await lab.run("down")
    }

    @Test("A foreign agent that is killed in the middle of a drain serves the node again, which moves with its next registration")
    func foreignAgentKilledWhileDrained() async throws {
        let lab = try await Laboratory.withTwoHomeAgents()
        try await lab.anchored(at: Laboratory.homeAgents.first)
        try await lab.pauseAfterRegistration()
        try await lab.run("kill", "foreign-a")
        try await lab.drain()
        try await eventually("the end of the binding") { try await !lab.hasBinding() }
        try await lab.run("start", "foreign-a")
        try await lab.anchored(at: Laboratory.homeAgents.second, within: .seconds(30))
        try await lab.run("down")
    }

    /// An agent that does not take part in the search for a home agent.
    struct OldAgent: CustomTestStringConvertible {
        var testDescription: String
        var daemon: String
        var fallbacks: Int
    }

    @Test(
        "A node finds its home agent although an agent on the way does not know requests for any",
        arguments: [
            OldAgent(testDescription: "the foreign agent", daemon: "foreign-a", fallbacks: 1),
            OldAgent(testDescription: "the home agent", daemon: "home-agent", fallbacks: 0),
        ])
    func withoutDynamicHomeAgent(_ old: OldAgent) async throws {
        let lab = try await Laboratory.withTwoHomeAgents()
        try await lab.run("stop", "node")
        try await lab.restart(old.daemon, adding: "dynamicHomeAgent: false")
        try await lab.run("start", "node")
        let address = try await lab.anchored(at: Laboratory.homeAgents.first, within: .seconds(30), isFallback: true)
        #expect(try await lab.counter("mobileNode.dynamicFallbacks", of: "node") == old.fallbacks)
        #expect(try await lab.answers(to: 3, at: address) == 3)
        try await lab.run("down")
    }
}
