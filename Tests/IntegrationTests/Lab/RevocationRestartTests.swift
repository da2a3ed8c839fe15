import Foundation
import MIPTesting
import Testing

extension SignallingLabTests {
    @Test("A home agent that is killed before its revocation arrives sends it after its restart, with a later identifier")
    func homeAgentKilledWhileRevoking() async throws {
        let lab = try await Laboratory.withRevocation()
        try await lab.register(at: "foreign-a")
        let relay = try await lab.relay("7:lose+")
        try await lab.revoke(at: "home-agent")
        try await eventually("a revocation on the way") { !relay.messages(of: 7).isEmpty }
        try await lab.run("kill", "home-agent")
        #expect(try await lab.rows("visitors", of: "foreign-a").first?["state"] as? String == "accepted")
        let lost = relay.messages(of: 7)

        let foreign = try await lab.changes(of: "foreign-a")
        relay.stopLosing()
        try await lab.run("start", "home-agent")
        try await eventually("the revocation at the foreign agent") {
            foreign.first("visitorRemoved", where: "reason", is: "peerRevoked") != nil
        }
        let exchange = try await lab.acknowledgedRevocation(of: "home-agent")
        #expect(exchange["reason"] as? String == "administrativelyRevoked")
        #expect(exchange["informsNode"] as? Bool == true)
        let identifiers = relay.messages(of: 7).map(\.identifier)
        #expect(identifiers.count > lost.count)
        #expect(zip(identifiers, identifiers.dropFirst()).allSatisfy { $0 < $1 }, "\(identifiers)")
        try await eventually("the new registration") { try await lab.hasBinding() }
        #expect(try await lab.counter("homeAgent.bindingsRestored", of: "home-agent") == 0)
        #expect(try await lab.answers(to: 3) == 3)
        try await lab.run("down")
    }

    @Test("A foreign agent that is killed before a revocation arrives acknowledges it after its restart and informs no node")
    func foreignAgentKilledWhileRevoked() async throws {
        let lab = try await Laboratory.withRevocation()
        try await lab.register(at: "foreign-a")
        // Otherwise it registers again as soon as it hears the foreign agent, and the revocation no longer matters.
        try await lab.run("kill", "node")
        let relay = try await lab.relay()
        try await lab.run("kill", "foreign-a")
        try await lab.revoke(at: "home-agent")
        try await eventually("a revocation on the way") { !relay.messages(of: 7).isEmpty }
        #expect(try await lab.latestRevocation(of: "home-agent")?["state"] as? String == "waiting")
        try await lab.run("start", "foreign-a")
        let exchange = try await lab.acknowledgedRevocation(of: "home-agent")
        #expect(try #require(exchange["tries"] as? Int) >= 2)
        #expect(exchange["informsNode"] as? Bool == false)
        #expect(relay.messages(of: 15).count == 1)
        #expect(try await lab.latestRevocation(of: "foreign-a") == nil)
        #expect(try await lab.counter("foreignAgent.revocationsRepeated", of: "foreign-a") == 1)
        #expect(try await lab.counter("foreignAgent.visitorsInformed", of: "foreign-a") == 0)
        #expect(try await !lab.hasBinding())
        try await lab.run("down")
    }
}
