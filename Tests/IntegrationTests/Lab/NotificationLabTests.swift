import Foundation
import MIPTesting
import Testing

extension SignallingLabTests {
    @Test("A hundred nodes acknowledge a text at once, a node that missed it the second try, and a stopped node is reported")
    func notifications() async throws {
        let lab = try await Laboratory.withRevocation(agents: "retransmissionTries: 2")
        try await lab.run("move", "foreign-a")
        // Not addresses of the interface, which the daemon of the node there would take for co-located ones.
        for prefix in ["10.1.0.32/27", "10.1.0.64/27"] {
            _ = try await lab.on("node", "ip", "route", "add", "local", prefix, "dev", "lo")
        }
        let fleets = [
            try await lab.fleet(
                of: 49, from: "10.1.0.32", on: "node", "--foreign-agent", "10.2.0.1", "--from-home-address"),
            try await lab.fleet(
                of: 50, from: "10.1.0.200", on: "correspondent", "--care-of-address", "10.0.4.2", "--local-address",
                "10.0.4.2"),
        ]
        try await acknowledgedByHundred(lab)
        try await lostOnTheWay(lab)
        try await stoppedNode(lab)
        for fleet in fleets { #expect(try await fleet.stop() == 0, "\(fleet.output)") }
        try await lab.run("down")
    }

    /// The node and 49 others through the foreign agent, and 50 with a co-located care-of address.
    private func acknowledgedByHundred(_ lab: Laboratory) async throws {
        let receivers = ["10.1.0.10"] + (32...80).map { "10.1.0.\($0)" } + (200...249).map { "10.1.0.\($0)" }
        let management = try await ManagementAPI(lab)
        let text = "Maintenance at 20:00"
        let result = try await lab.notify(["all"], text)
        #expect(result.status == 0, "\(result)")
        var lines = result.output.split(separator: "\n").map(String.init)
        #expect(lines.popLast() == "100 of 100 receivers acknowledged the text")
        #expect(lines.allSatisfy { $0.wholeMatch(of: /[0-9.]+ acknowledged the text after \d+ ms/) != nil }, "\(lines)")
        #expect(Set(lines.map { String($0.prefix { $0 != " " }) }) == Set(receivers))
        #expect(lines.count == 100)

        var rows: [[String: Any]] = []
        try await eventually("100 acknowledgments in the JSON API") {
            rows = try await management.exchanges().filter { $0["state"] as? String == "acknowledged" }
            return rows.count == 100
        }
        #expect(Set(rows.compactMap { $0["homeAddress"] as? String }) == Set(receivers))
        #expect(rows.allSatisfy { $0["text"] as? String == text && $0["kind"] as? String == "notification" })
        let careOf = rows.compactMap { $0["careOfAddress"] as? String }
        #expect(careOf.filter { $0 == "10.2.0.1" }.count == 50)
        #expect(careOf.filter { $0 == "10.0.4.2" }.count == 50)
        // First tries to one address are 10 ms apart, and each of the two addresses gets 50. A second is for what is left to do at
        // the last of them.
        let started = try #require(rows.compactMap { seconds(of: $0["started"]) }.min())
        let ended = try #require(rows.compactMap { seconds(of: $0["ended"]) }.max())
        print("seconds until 100 nodes had acknowledged a text: \(ended - started)")
        #expect(ended - started > 0.48 && ended - started < 2)
        #expect(try await lab.counter("foreignAgent.notificationsRelayed", of: "foreign-a") ?? 0 >= 100)
        #expect(try await lab.rows("node", of: "node").first.map { "\($0)".contains(text) } == true)
        try await management.stop()
    }

    private func lostOnTheWay(_ lab: Laboratory) async throws {
        let relay = try await lab.relay("22:lose")
        let text = "This copy is lost"
        let result = try await lab.notify(["10.1.0.10"], text)
        #expect(result.status == 0, "\(result)")
        #expect(result.output.hasSuffix("1 of 1 receiver acknowledged the text\n"), "\(result)")
        let row = try #require(try await lab.notifications(text, of: "home-agent").first)
        #expect(row["state"] as? String == "acknowledged")
        #expect(row["tries"] as? Int == 2)
        let delay = try #require(row["delay"] as? Int)
        #expect(delay >= 1000 && delay < 2000)
        let sent = relay.messages(of: 22)
        #expect(sent.map(\.fate) == ["lose", "pass"])
        #expect(Set(sent.map(\.identifier)).count == 2)
        // The acknowledgment has the Identification of the copy that arrived.
        #expect(relay.messages(of: 23).map(\.identifier) == sent.suffix(1).map(\.identifier))
        let received = try await lab.notifications(text, of: "node")
        #expect(received.compactMap { $0["tries"] as? Int } == [1])
        try await relay.end()
    }

    private func stoppedNode(_ lab: Laboratory) async throws {
        let home = try await lab.changes(of: "home-agent")
        let unmatched = try await lab.counter("discards.unmatchedAcknowledgment", of: "home-agent") ?? 0
        try lab.signal(SIGSTOP, "node")
        defer { try? lab.signal(SIGCONT, "node") }
        let text = "Nobody is at home"
        let result = try await lab.notify(["10.1.0.10", "10.1.0.32", "10.1.0.200"], text)
        #expect(result.status == 1, "\(result)")
        let lines = result.output.split(separator: "\n").map(String.init).sorted()
        #expect(lines.count == 3)
        #expect(lines.first == "10.1.0.10 did not acknowledge the text in 2 tries")
        #expect(lines.dropFirst().allSatisfy { $0.contains(" acknowledged the text after ") }, "\(lines)")
        #expect(result.errors == "mip-mib: 2 of 3 receivers acknowledged the text\n")
        let states = try await lab.notifications(text, of: "home-agent").map {
            "\($0["homeAddress"] ?? "") \($0["state"] ?? "")"
        }
        #expect(Set(states) == ["10.1.0.10 unanswered", "10.1.0.32 acknowledged", "10.1.0.200 acknowledged"])
        try await eventually("the event about the stopped node") {
            home.first("event", where: "kind", is: "notificationUnacknowledged")?["homeAddress"] == "10.1.0.10"
        }
        try lab.signal(SIGCONT, "node")
        // It acknowledges both copies, which nothing waits for any more.
        try await eventually("the late acknowledgments") {
            try await lab.counter("discards.unmatchedAcknowledgment", of: "home-agent") == unmatched + 2
        }
        #expect(
            try await lab.notifications(text, of: "node").compactMap { $0["state"] as? String } == ["received", "received"])
    }
}

/// Seconds since 1970 of a time in a row.
private func seconds(of value: Any?) -> Double? {
    let formatter = ISO8601DateFormatter()
    formatter.formatOptions = [.withInternetDateTime, .withFractionalSeconds]
    return (value as? String).flatMap { formatter.date(from: $0) }?.timeIntervalSince1970
}

/// The JSON API of a management daemon for the home agent of a laboratory, outside its networks.
private struct ManagementAPI {
    private let directory: TemporaryDirectory
    private let port = freePort(stream: true)
    private let daemon: ChildProcess

    init(_ lab: Laboratory) async throws {
        directory = try TemporaryDirectory()
        let configuration = try directory.write(
            """
            agents:
              - {name: home-agent, control: \(lab.socket("home-agent"))}
            runtimeDirectory: \(directory.file("runtime"))
            stateFile: \(directory.file("mip-mibd.json"))
            http: {port: \(port)}
            """, to: "mip-mibd.yaml")
        daemon = try ChildProcess(
            BuiltProducts.path(of: "mip-mibd"), ["--config", configuration], log: directory.file("mip-mibd.log"))
        try await eventually("the JSON API") { try await get("/v1/status").contains("synchronized") }
    }

    func exchanges() async throws -> [[String: Any]] {
        let text = try await get("/v1/exchanges")
        return (try? JSONSerialization.jsonObject(with: Data(text.utf8))) as? [[String: Any]] ?? []
    }

    func stop() async throws { try await daemon.stop() }

    private func get(_ path: String) async throws -> String {
        try await ChildProcess.run("curl", ["-sS", "--max-time", "5", "http://127.0.0.1:\(port)\(path)"]).output
    }
}
