import Foundation
import MIPTesting
import Testing

extension SignallingLabTests {
    /// A message that is lost on the way, and when the foreign agent has to know of the revocation all the same.
    struct LostMessage: CustomTestStringConvertible {
        var type: Int
        /// Seconds.
        var limit: Double
        var tries: Int

        var testDescription: String { "message \(type)" }
    }

    /// A second revocation must not follow the first within a second (RFC 3543 §3.3): if the first is lost, the foreign agent cannot
    /// know earlier. If the acknowledgment is lost, the new registration ends the exchange before the revocation is sent again.
    @Test(
        "With one message lost, the foreign agent knows of a revocation as soon as the RFC allows, and the node registers again",
        arguments: [LostMessage(type: 7, limit: 1.2, tries: 2), LostMessage(type: 15, limit: 1, tries: 1)])
    func lostSignal(_ lost: LostMessage) async throws {
        let lab = try await Laboratory.withRevocation()
        try await lab.run("move", "foreign-a")
        var delays: [Double] = []
        // A busy machine may delay everything. Another attempt shows whether that was it.
        while delays.count < 3, delays.allSatisfy({ $0 >= lost.limit }) {
            try await lab.pauseAfterRegistration()
            let relay = try await lab.relay("\(lost.type):lose")
            let (home, foreign) = (try await lab.changes(of: "home-agent"), try await lab.changes(of: "foreign-a"))
            try await lab.revoke(at: "home-agent")
            try await eventually("the new registration") { home.first("binding") != nil }
            let start = try #require(home.first("bindingRemoved")).received
            let known = try #require(foreign.first("visitorRemoved", where: "reason", is: "peerRevoked")).received
            delays.append(known - start)
            #expect(try #require(home.first("binding")).received - known < 1)

            let exchange = try #require(try await lab.latestRevocation(of: "home-agent"))
            #expect(exchange["tries"] as? Int == lost.tries)
            #expect(exchange["state"] as? String != "waiting")
            let sent = relay.messages(of: 7)
            #expect(sent.count == lost.tries)
            #expect(Set(sent.map(\.identifier)).count == lost.tries)
            for (earlier, later) in zip(sent, sent.dropFirst()) { #expect(later.time - earlier.time > 0.95) }
            try await relay.end()
        }
        print("revocation with message \(lost.type) lost: seconds until the foreign agent knew: \(delays)")
        #expect(delays.last.map { $0 < lost.limit } == true, "\(delays)")
        #expect(try await lab.answers(to: 3) == 3)
        try await lab.run("down")
    }

    @Test("Doubled, late and repeated messages end one registration each, and none that was made afterwards")
    func disorderedSignals() async throws {
        let lab = try await Laboratory.withRevocation()
        try await lab.run("move", "foreign-a")
        let disorders: [(fates: [String], tries: Int, repeated: Int, replayed: Int, unmatched: Int)] = [
            // The second copy is acknowledged as well; the acknowledgments arrive in reverse order.
            (["7:double", "15:hold"], 1, 1, 0, 1),
            (["15:double"], 1, 0, 0, 1),
            // The message that was held arrives after the one that was sent in its place.
            (["7:hold"], 2, 1, 0, 1),
            // A copy that arrives after the node has registered again.
            (["7:echo"], 1, 0, 1, 0),
        ]
        for disorder in disorders {
            try await lab.pauseAfterRegistration()
            let before = try await lab.signalCounts()
            let relay = try await lab.relay(disorder.fates)
            let home = try await lab.changes(of: "home-agent")
            try await lab.revoke(at: "home-agent")
            try await eventually("the new registration") { home.first("binding") != nil }
            let exchange = try #require(try await lab.latestRevocation(of: "home-agent"))
            #expect(exchange["state"] as? String == "acknowledged", "\(disorder)")
            #expect(exchange["tries"] as? Int == disorder.tries, "\(disorder)")
            let expected = zip(before, [1, disorder.repeated, disorder.replayed, disorder.unmatched]).map { $0 + $1 }
            try await eventually("the counters after \(disorder)") { try await lab.signalCounts() == expected }
            #expect(home.all.filter { $0.kind == "bindingRemoved" }.count == 1, "\(disorder)")
            #expect(try await lab.rows("visitors", of: "foreign-a").first?["state"] as? String == "accepted", "\(disorder)")
            #expect(try await lab.answers(to: 2) == 2, "\(disorder)")
            try await relay.end()
        }
        try await lab.run("down")
    }
}

extension Laboratory {
    /// How many revocations the foreign agent has received, how many of them again, how many it dropped as replayed, and how many
    /// acknowledgments at the home agent matched nothing.
    fileprivate func signalCounts() async throws -> [Int] {
        var counts: [Int] = []
        for (path, agent) in [
            ("foreignAgent.revocationsReceived", "foreign-a"), ("foreignAgent.revocationsRepeated", "foreign-a"),
            ("foreignAgent.discards.replayed", "foreign-a"), ("discards.unmatchedAcknowledgment", "home-agent"),
        ] {
            counts.append(try #require(try await counter(path, of: agent), "\(path)"))
        }
        return counts
    }
}
