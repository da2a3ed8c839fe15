import Foundation
import MIPTesting
import Testing

/// A registration message as read by tshark.
private struct Message: Decodable {
    var time: Double
    var source: String
    var destination: String
    var isRequest: Bool
    var code: Int?
    var lifetime: Int
    var identification: String
}

extension SignallingLabTests {
    /// Where messages are lost, and which of them still reach each agent.
    enum Loss: String, CaseIterable {
        /// Between the node and its foreign agent.
        case requestsToForeignAgent
        /// Between the foreign agent and the home agent.
        case requestsToHomeAgent
        /// On the return path.
        case repliesToForeignAgent
    }

    @Test(
        "Lost registrations are sent again after 1 and 2 seconds, each with a new identification, and counted by all that receive them",
        arguments: Loss.allCases)
    func loss(of loss: Loss) async throws {
        let lab = try Laboratory(node: "eager: false", foreign: "  pendingTimeout: 30")
        try await lab.run("up")
        let directory = try TemporaryDirectory()
        let capture = try await lab.capture(on: "node", "eth0", to: directory.file("node.pcap"))
        try await lab.lose(loss, true)
        try await lab.plug("foreign-a")
        // The third request is sent 3 seconds after the first.
        try await eventually("two requests") { try await lab.counter("mobileNode.requestsSent", of: "node") == 2 }
        try await lab.lose(loss, false)
        try await eventually("a registration") {
            try await lab.rows("registrations", of: "node").contains { $0["isAccepted"] as? Bool == true }
        }
        let requests = try await capture.registrations(as: Message.self).filter { $0.isRequest && $0.lifetime > 0 }
        #expect(requests.count == 3)
        let gaps = zip(requests, requests.dropFirst()).map { $1.time - $0.time }
        for (gap, expected) in zip(gaps, [1.0, 2.0]) { #expect(abs(gap - expected) < 0.3, "\(gaps)") }
        #expect(Set(requests.map(\.identification)).count == 3)

        let all = requests.count
        let (atForeign, relayed, atHome, back) =
            switch loss {
            case .requestsToForeignAgent: (1, 1, 1, 1)
            case .requestsToHomeAgent: (all, all, 1, 1)
            case .repliesToForeignAgent: (all, all, all, 1)
            }
        #expect(try await lab.counter("mobileNode.requestsSent", of: "node") == all)
        #expect(try await lab.counter("mobileNode.repliesReceived", of: "node") == 1)
        #expect(try await lab.counter("mobileNode.requestsAccepted", of: "node") == 1)
        #expect(try await lab.counter("foreignAgent.requestsReceived", of: "foreign-a") == atForeign)
        #expect(try await lab.counter("foreignAgent.requestsRelayed", of: "foreign-a") == relayed)
        #expect(try await lab.counter("foreignAgent.repliesReceived", of: "foreign-a") == back)
        #expect(try await lab.counter("foreignAgent.repliesRelayed", of: "foreign-a") == back)
        #expect(try await lab.counter("homeAgent.requestsReceived", of: "home-agent") == atHome)
        #expect(try await lab.counter("homeAgent.repliesSent", of: "home-agent") == atHome)
        #expect(try await lab.rows("bindings", of: "home-agent").count == 1)
        #expect(try await lab.answers(to: 2) == 2)
        try await lab.run("down")
    }
}

extension Laboratory {
    fileprivate func lose(_ loss: SignallingLabTests.Loss, _ isLost: Bool) async throws {
        let action = isLost ? "add" : "delete"
        switch loss {
        case .requestsToForeignAgent: try await loseFrames(to: "foreign-a", isLost)
        case .requestsToHomeAgent: _ = try await on("hub", "ip", "route", action, "blackhole", "10.1.0.1/32")
        case .repliesToForeignAgent: _ = try await on("hub", "ip", "route", action, "blackhole", "10.2.0.1/32")
        }
    }

    /// Plugs the node's cable into another network, without waiting for the node's reaction.
    func plug(_ network: String) async throws {
        for change in [["down"], ["nomaster"], ["master", network], ["up"]] {
            _ = try await on("switch", ["ip", "link", "set", "cable"] + change)
        }
    }
}

extension LabCapture {
    /// The registration messages in the capture.
    fileprivate func registrations<Message: Decodable>(as type: Message.Type) async throws -> [Message] {
        try await end()
        let result = try await ChildProcess.run(BuiltProducts.python, [BuiltProducts.client("registrations.py"), file])
        return try JSONDecoder().decode([Message].self, from: Data(result.output.utf8))
    }
}
