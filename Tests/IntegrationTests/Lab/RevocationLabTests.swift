import Foundation
import MIPTesting
import Testing

extension SignallingLabTests {
    @Test("Within a second of a revocation at the home agent, the foreign agent and the node know, and the node registers again")
    func revokedByHomeAgent() async throws {
        let lab = try await Laboratory.withRevocation()
        try await lab.register(at: "foreign-a")
        #expect(try await lab.answers(to: 3) == 3)
        let directory = try TemporaryDirectory()
        let capture = try await lab.capture(on: "node", "eth0", to: directory.file("node.pcap"))
        let (home, foreign) = (try await lab.changes(of: "home-agent"), try await lab.changes(of: "foreign-a"))
        try await lab.revoke(at: "home-agent")
        try await eventually("the new registration") { home.first("binding") != nil }

        let start = try #require(home.first("bindingRemoved", where: "reason", is: "administrativelyRevoked")).received
        let ends = [
            "visitor": foreign.first("visitorRemoved", where: "reason", is: "peerRevoked"),
            "event": foreign.first("event", where: "kind", is: "revoked"),
            "acknowledgment": home.first("exchange", where: "state", is: "acknowledged"),
            "new binding": home.first("binding"),
        ]
        for (name, change) in ends { #expect(try #require(change, "\(name)").received - start < 1, "\(name)") }
        let exchange = try #require(home.first("exchange", where: "state", is: "acknowledged"))
        #expect(exchange["reason"] == "administrativelyRevoked")
        #expect(exchange.row["tries"] as? Int == 1)
        #expect(exchange.row["informsNode"] as? Bool == true)
        #expect(foreign.first("exchange")?["state"] == "received")

        let steps = try await capture.noticesAndRequests()
        let notice = try #require(steps.first { $0.isNotice }, "\(steps)")
        let request = try #require(steps.first { !$0.isNotice }, "\(steps)")
        #expect(notice.time - start < 1 && request.time > notice.time && request.time - start < 1, "\(steps), \(start)")
        #expect(try await lab.answers(to: 3) == 3)
        try await lab.run("down")
    }

    @Test(
        "A disabled home agent revokes its bindings, repeats what is not acknowledged after a second, and ends its tunnels"
    )
    func disabledHomeAgent() async throws {
        let lab = try await Laboratory.withRevocation()
        try await lab.register(at: "foreign-a")
        let relay = try await lab.relay("15:lose")
        let (home, foreign) = (try await lab.changes(of: "home-agent"), try await lab.changes(of: "foreign-a"))
        try await lab.manage(["disable", "--yes", "--socket", lab.socket("home-agent")])
        let exchange = try await lab.acknowledgedRevocation(of: "home-agent")
        let start = try #require(home.first("bindingRemoved")).received
        let ends = [
            "visitor": foreign.first("visitorRemoved", where: "reason", is: "peerRevoked"),
            "foreign agent's tunnel": foreign.first("tunnelRemoved"), "home agent's tunnel": home.first("tunnelRemoved"),
        ]
        for (name, change) in ends { #expect(try #require(change, "\(name)").received - start < 1, "\(name)") }
        #expect(exchange["tries"] as? Int == 2)
        let delay = try #require(exchange["delay"] as? Int)
        #expect(delay >= 1000 && delay < 2000)
        #expect(relay.messages(of: 7).count == 2 && relay.messages(of: 15).count == 2)

        // The node's requests are denied, and no tunnel takes anything to it.
        #expect(relay.messages(of: 3).count >= 1)
        #expect(try await lab.rows("visitors", of: "foreign-a").allSatisfy { $0["state"] as? String != "accepted" })
        #expect(try await lab.rows("tunnels", of: "home-agent").isEmpty)
        #expect(try await lab.rows("tunnels", of: "foreign-a").isEmpty)
        #expect(try await lab.answers(to: 1) == 0)
        try await lab.manage(["enable", "--socket", lab.socket("home-agent")])
        // The node's next try may be long after the latest denial.
        try await lab.run("move", "foreign-b")
        #expect(try await lab.answers(to: 3) == 3)
        try await lab.run("down")
    }

    @Test("After a revocation by the foreign agent, the home agent ends the binding, and only then the node is informed")
    func revokedByForeignAgent() async throws {
        let lab = try await Laboratory.withRevocation()
        try await lab.register(at: "foreign-a")
        let directory = try TemporaryDirectory()
        let capture = try await lab.capture(on: "node", "eth0", to: directory.file("node.pcap"))
        let relay = try await lab.relay()
        let (home, foreign) = (try await lab.changes(of: "home-agent"), try await lab.changes(of: "foreign-a"))
        try await lab.revoke(at: "foreign-a", beside: "home-agent")
        try await eventually("the new registration") { home.first("binding") != nil }

        let start = try #require(foreign.first("visitorRemoved", where: "reason", is: "administrativelyRevoked")).received
        #expect(try #require(home.first("bindingRemoved", where: "reason", is: "peerRevoked")).received - start < 1)
        #expect(home.first("event", where: "kind", is: "revoked")?["sourceAddress"] == "10.2.0.1")
        let exchange = try await lab.acknowledgedRevocation(of: "foreign-a")
        #expect(exchange["peerRole"] as? String == "homeAgent")
        #expect(exchange["informsNode"] as? Bool == true)
        // Both agents have agreed that the home agent decides, which its acknowledgment says (RFC 3543 §3.4).
        let acknowledgment = try #require(relay.messages(of: 15).first)
        let notice = try #require(try await capture.noticesAndRequests().first { $0.isNotice })
        #expect(notice.time > acknowledgment.time && notice.time - start < 1)
        #expect(try await lab.answers(to: 3) == 3)
        try await lab.run("down")
    }

    @Test("A node without a foreign agent acknowledges a revocation by its home agent and registers again")
    func revokedAtCoLocatedNode() async throws {
        let lab = try await Laboratory.withRevocation()
        try await lab.register(at: "co-located")
        let node = try await lab.changes(of: "node")
        let relay = try await lab.relay("15:lose")
        try await lab.revoke(at: "home-agent")
        try await eventually("the revocation at the node") { node.first("exchange", where: "state", is: "received") != nil }
        #expect(node.first("event", where: "kind", is: "revoked") != nil)
        try await eventually("the new registration", within: .seconds(20)) { try await lab.hasBinding() }
        #expect(try await lab.answers(to: 3) == 3)
        let revocation = try #require(relay.messages(of: 7).first)
        #expect(revocation.source == "10.1.0.1" && revocation.destination == "10.4.0.9")
        try await lab.run("down")
    }

    @Test("A revocation at the home agent does not reach a foreign agent that has not agreed on it")
    func notAgreed() async throws {
        let lab = try await Laboratory.withRevocation()
        try await lab.run("stop", "foreign-a")
        let file = "/tmp/mip-\(lab.name)/foreign-a.yaml"
        let text = try String(contentsOfFile: file, encoding: .utf8)
        try (text + "\nrevocation: false\n").write(toFile: file, atomically: true, encoding: .utf8)
        // It contains keys.
        chmod(file, 0o600)
        try await lab.run("start", "foreign-a")
        try await lab.register(at: "foreign-a")
        #expect(try await lab.rows("bindings", of: "home-agent").first?["revocation"] as? String == "none")
        let relay = try await lab.relay()
        try await lab.revoke(at: "home-agent")
        // A message would be sent at once.
        try await Task.sleep(for: .milliseconds(500))
        #expect(relay.messages(of: 7).isEmpty)
        #expect(try await lab.latestRevocation(of: "home-agent") == nil)
        #expect(try await lab.rows("visitors", of: "foreign-a").first?["state"] as? String == "accepted")
        try await lab.run("down")
    }

    @Test("tshark reads the agreement in registrations, the revocation and its acknowledgment on the link without complaint")
    func revocationOnTheLink() async throws {
        let lab = try await Laboratory.withRevocation()
        let directory = try TemporaryDirectory()
        let capture = try await lab.capture(on: "home-agent", "up0", to: directory.file("home-agent.pcap"))
        try await lab.register(at: "foreign-a")
        try await lab.revoke(at: "home-agent")
        _ = try await lab.acknowledgedRevocation(of: "home-agent")
        try await capture.end()
        #expect(try await capture.read("_ws.malformed || _ws.short || _ws.expert.severity >= 0x600000", ["frame.number"]) == [])
        // 32 is the node's authenticator, 137 the offer or the answer to it, 34 the agents' authenticator.
        for type in ["1", "3"] {
            let registrations = try await capture.read("mip.type == \(type)", ["mip.ext.type", "mip.ext.rev.i"])
            #expect(registrations.first == "32,137,34|1", "\(registrations)")
        }
        let revocations = try await capture.read(
            "mip.type == 7",
            ["mip.ext.type", "mip.rev.a", "mip.rev.i", "mip.homeaddr", "mip.rev.hda", "mip.rev.fda", "mip.revid"])
        let revocation = try #require(revocations.first)
        #expect(revocation.hasPrefix("34|1|1|10.1.0.10|10.1.0.1|10.2.0.1|"), "\(revocation)")
        let acknowledgments = try await capture.read(
            "mip.type == 15", ["mip.ext.type", "mip.ack.i", "mip.homeaddr", "mip.revid"])
        let identifier = try #require(revocation.split(separator: "|").last)
        #expect(acknowledgments.first == "34|1|10.1.0.10|\(identifier)", "\(acknowledgments)")
        try await lab.run("down")
    }
}

/// What a node hears of a revocation, or its answer.
private struct Step {
    /// Seconds since 1970.
    var time: Double
    /// True for an advertisement with sequence number 0 to the node alone, false for a registration request.
    var isNotice: Bool
}

extension LabCapture {
    /// The notices to the node and its requests in the capture, in order.
    fileprivate func noticesAndRequests() async throws -> [Step] {
        try await end()
        let filter = "mip.type == 1 || (icmp.mip.seq == 0 && ip.dst == \(Laboratory.homeAddress))"
        return try await read(filter, ["frame.time_epoch", "icmp.mip.seq"]).compactMap { line in
            let fields = line.split(separator: "|", omittingEmptySubsequences: false)
            return Double(fields[0]).map { Step(time: $0, isNotice: fields.last == "0") }
        }
    }

    /// The fields of the packets that a filter selects, separated by `|`.
    fileprivate func read(_ filter: String, _ fields: [String]) async throws -> [String] {
        let result = try await ChildProcess.run(
            "tshark",
            ["-n", "-r", file, "-Y", filter, "-T", "fields", "-E", "separator=|"] + fields.flatMap { ["-e", $0] })
        return result.output.split(separator: "\n").map(String.init)
    }
}
