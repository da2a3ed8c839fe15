import Foundation
import MIPTesting
import Testing

/// An advertisement or a registration request, as read by tshark.
private struct Step {
    /// Seconds since 1970.
    var time: Double
    /// The sequence number of an advertisement; nil for a request.
    var sequence: Int?
}

extension SignallingLabTests {
    @Test(
        "A home agent that is killed or stopped and started again keeps its binding, and at most a second of a ping is lost",
        arguments: ["kill", "stop"])
    func restartedHomeAgent(ending: String) async throws {
        // The node does not renew its registration in the meantime.
        let lab = try Laboratory(settings: ["MIP_LAB_NODE_LIFETIME": "lifetime: 300"])
        try await lab.run("up")
        try await lab.run("move", "foreign-a")
        let before = try #require(try await lab.rows("bindings", of: "home-agent").first)
        let sent = try #require(try await lab.counter("mobileNode.requestsSent", of: "node"))

        var lost: [Int] = []
        // A busy machine takes its time to start a program. Another attempt shows whether that was it.
        while lost.count < 3, lost.allSatisfy({ $0 > 50 }) {
            let report = try await lab.run("outage", ending)
            lost.append(try #require(report.firstMatch(of: /: (\d+) lost/).flatMap { Int($0.output.1) }))
        }
        print("restarted home agent: \(ending) and start: \(lost) lost of a ping every 20 ms")
        #expect(lost.last.map { $0 <= 50 } == true, "\(lost): \(lab.log("home-agent"))")

        let after = try #require(try await lab.rows("bindings", of: "home-agent").first)
        for member in ["homeAddress", "careOfAddress", "created", "renewed", "identification"] {
            let kept = try #require(before[member] as? String)
            #expect(after[member] as? String == kept, "\(member)")
        }
        #expect(after["renewals"] as? Int == before["renewals"] as? Int)
        let remaining = (try #require(before["timeRemaining"] as? Int), try #require(after["timeRemaining"] as? Int))
        #expect(remaining.1 <= remaining.0 && remaining.1 > remaining.0 - 60)
        #expect(try await lab.counter("homeAgent.bindingsRestored", of: "home-agent") == 1)
        #expect(try await lab.counter("homeAgent.requestsReceived", of: "home-agent") == 0)
        #expect(try await lab.counter("mobileNode.requestsSent", of: "node") == sent)
        try await lab.run("down")
    }

    @Test("A node registers again within half a second of the first advertisement of its restarted foreign agent")
    func promptness() async throws {
        let lab = try Laboratory()
        try await lab.run("up")
        try await lab.run("move", "foreign-a")
        // A smaller sequence number shows the restart only if a larger one was heard.
        try await eventually("a second advertisement") {
            try #require(try await lab.rows("advertisements", of: "foreign-a").first?["advertisementsSent"] as? Int) >= 3
        }
        let directory = try TemporaryDirectory()
        let capture = try await lab.capture(on: "node", "eth0", to: directory.file("node.pcap"))
        try await lab.run("outage", "kill", "foreign-a")
        let steps = try await capture.steps()
        let numbers = steps.compactMap(\.sequence)
        let restart = try #require(steps.firstIndex { $0.sequence == 0 }, "\(numbers)")
        let request = try #require(steps[restart...].first { $0.sequence == nil })
        #expect(request.time - steps[restart].time < 0.5)
        #expect(try await lab.rows("visitors", of: "foreign-a").first?["state"] as? String == "accepted")
        try await lab.run("down")
    }
}

extension LabCapture {
    /// The advertisements and registration requests in the capture, in order.
    fileprivate func steps() async throws -> [Step] {
        try await end()
        let result = try await ChildProcess.run(
            "tshark",
            [
                "-n", "-r", file, "-Y", "icmp.type == 9 || mip.type == 1", "-T", "fields", "-E", "separator=,",
                "-e", "frame.time_epoch", "-e", "icmp.mip.seq",
            ])
        return result.output.split(separator: "\n").compactMap { line in
            let fields = line.split(separator: ",", omittingEmptySubsequences: false)
            guard fields.count == 2, let time = Double(fields[0]) else { return nil }
            return Step(time: time, sequence: Int(fields[1]))
        }
    }
}
