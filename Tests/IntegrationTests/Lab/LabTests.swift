import Foundation
import MIPTesting
import Testing

@Suite(
    "A mobile node moving between networks", .serialized,
    .enabled(if: Laboratory.isPossible, "needs root, network namespaces and TUN devices"))
struct LabTests {
    @Test(
        "A ping reaches the node at home, foreign-a, foreign-b, co-located and home again; tshark reads every packet; TCP arrives whole"
    )
    func tour() async throws {
        let lab = try Laboratory()
        let report = try await lab.run("tour", within: .seconds(180))
        #expect(report.contains("8 MB over TCP arrived whole"), "\(report)")
        // "packets 10 to 12: 3 lost": each move loses less than two seconds of a ping every 20 ms.
        let losses = report.matches(of: /: (\d+) lost/).compactMap { Int($0.output.1) }
        #expect(losses.allSatisfy { $0 < 100 }, "\(report)")
        #expect(report.matches(of: /([1-9]\d*) advertisements, ([1-9]\d*) registrations, ([1-9]\d*) tunnelled/).count == 4)
        #expect(!report.contains("complains"))
    }

    @Test(
        "Tunnels of every kind carry datagrams both ways and count exactly the packets they carried",
        arguments: [
            ("", "ipInIp", false), ("encapsulation: gre", "gre", false), ("encapsulation: minEnc", "minEnc", false),
            ("reverseTunnel: direct", "ipInIp", true), ("reverseTunnel: direct\nencapsulation: gre", "gre", true),
            ("reverseTunnel: direct\nencapsulation: minEnc", "minEnc", true), ("reverseTunnel: encapsulating", "ipInIp", true),
        ])
    func tunnels(node: String, encapsulation: String, reverse: Bool) async throws {
        let lab = try Laboratory(node: node)
        try await lab.run("up")
        for place in ["foreign-a", "co-located"] {
            try await lab.run("move", place)
            #expect(try await lab.answers(to: 10) == 10, "\(place): \(lab.log("node"))")
            try await eventually("the counters of the tunnel to \(place)", within: .seconds(20)) {
                let tunnel = try await lab.rows("tunnels", of: "home-agent").first
                return tunnel?["packetsSent"] as? Int == 10 && tunnel?["octetsSent"] as? Int == 840
                    && tunnel?["packetsReceived"] as? Int == (reverse ? 10 : 0)
                    && tunnel?["encapsulation"] as? String == encapsulation
            }
        }
        try await lab.run("move", "foreign-b")
        #expect(try await lab.run("transfer", "2").contains("2 MB over TCP arrived whole"))
        try await lab.run("down")
    }

    @Test("A node identified only by its NAI is assigned an address and reached at it")
    func assignedAddress() async throws {
        let lab = try Laboratory(node: "nai: alice@example.net", settings: ["MIP_LAB_HOME": ""])
        try await lab.run("up")
        try await lab.run("move", "foreign-a")
        let address = try #require(try await lab.rows("node", of: "node").first?["homeAddress"] as? String)
        #expect(address == "10.1.0.100")
        let ping = try await lab.on("correspondent", "ping", "-n", "-c", "3", "-i", "0.2", address)
        #expect(ping.contains("3 received"), "\(ping)")
        #expect(try await lab.rows("bindings", of: "home-agent").first?["nai"] as? String == "alice@example.net")

        // At home the address is returned, and is neither kept nor announced.
        try await lab.run("move", "home")
        try await eventually("the end of the binding") { try await lab.rows("bindings", of: "home-agent").isEmpty }
        try await eventually("the end of the address") {
            try await !lab.on("node", "ip", "-o", "address", "show", "dev", "eth0").contains(address)
        }
        #expect(try await lab.counter("mobileNode.gratuitousARPsSent", of: "node") == 0)
        try await lab.run("move", "foreign-b")
        #expect(try await lab.rows("node", of: "node").first?["homeAddress"] as? String == address)
        try await lab.run("down")
    }

    @Test("A foreign agent that requires answers to its challenges gets them, and counts a node that sends none")
    func challenge() async throws {
        let associations = """
            foreignAgentAssociation: {spi: 300, key: 0f1e2d3c4b5a69788796a5b4c3d2e1f0}
            """
        let settings = [
            "MIP_LAB_ADVERTISE": "challenge: 16",
            "MIP_LAB_ASSOCIATION": "- {peer: 10.1.0.10, spi: 300, key: 0f1e2d3c4b5a69788796a5b4c3d2e1f0, ownRole: foreignAgent}",
        ]
        let lab = try Laboratory(node: associations, foreign: "  challenge: {window: 2}", settings: settings)
        try await lab.run("up")
        try await lab.run("move", "foreign-a")
        try await lab.run("move", "foreign-b")
        #expect(try await lab.answers(to: 3) == 3)
        #expect(try #require(try await lab.counter("mobileNode.challengesAnswered", of: "node")) >= 2)
        try await lab.run("down")
    }

    @Test("The restart of a killed foreign agent is detected by its sequence number, and the node registers again")
    func restartedForeignAgent() async throws {
        let lab = try Laboratory()
        try await lab.run("up")
        try await lab.run("move", "foreign-a")
        // Wait until after the first advertisements, so that a smaller sequence number is recognisable.
        try await eventually("a second advertisement") {
            try #require(try await lab.rows("advertisements", of: "foreign-a").first?["advertisementsSent"] as? Int) >= 3
        }
        try await lab.run("kill", "foreign-a")
        try await lab.run("start", "foreign-a")
        try await eventually("the visitor in the new foreign agent") {
            try await lab.rows("visitors", of: "foreign-a").contains { $0["state"] as? String == "accepted" }
        }
        #expect(try await lab.counter("mobileNode.agentRebootsDetected", of: "node") == 1)
        #expect(try await lab.answers(to: 3) == 3)
        try await lab.run("down")
    }

    @Test("When its agent falls silent, the node reports that it is isolated, and then finds another agent")
    func silentForeignAgent() async throws {
        let lab = try Laboratory(settings: ["MIP_LAB_LIFETIME": "4"])
        try await lab.run("up")
        try await lab.run("move", "foreign-a")
        try await lab.run("kill", "foreign-a")
        try await eventually("isolation") { try await lab.rows("node", of: "node").first?["state"] as? String == "isolated" }
        try await lab.run("move", "foreign-b")
        #expect(try await lab.answers(to: 3) == 3)
        try await lab.run("down")
    }

    @Test(
        "A home agent killed while it has bindings cleans up what it left in the kernel at its next start, and has them again")
    func killedHomeAgent() async throws {
        let lab = try Laboratory(node: "lifetime: 4", settings: ["MIP_LAB_NODE_LIFETIME": ""])
        try await lab.run("up")
        try await lab.run("move", "foreign-a")
        try await lab.run("kill", "home-agent")
        try await lab.run("start", "home-agent")
        try await eventually("the binding in the new home agent") { try await !lab.rows("bindings", of: "home-agent").isEmpty }
        #expect(try await lab.answers(to: 3) == 3)
        try await lab.run("down")
    }

    @Test("Nothing is left in the kernel after SIGTERM, nor after SIGKILL, a restart and SIGTERM")
    func leftovers() async throws {
        let lab = try Laboratory(node: "reverseTunnel: direct")
        try await lab.run("up")
        let daemons = ["node", "home-agent", "foreign-a"]
        for daemon in daemons { try await lab.run("stop", daemon) }
        func state(_ part: String) async throws -> String {
            var all = ""
            for what in ["link", "address", "route", "rule"] { all += try await lab.on(part, "ip", "-o", what) }
            all += try await lab.on(part, "ip", "route", "show", "table", "all", "proto", "44")
            all += try await lab.on(part, "ip", "neigh", "show", "proxy")
            all += try await lab.on(part, "sysctl", "net.ipv4.ip_forward")
            return all
        }
        var clean: [String: String] = [:]
        for daemon in daemons { clean[daemon] = try await state(daemon) }
        for signal in ["stop", "kill"] {
            for daemon in daemons { try await lab.run("start", daemon) }
            try await lab.run("move", "foreign-a")
            for daemon in daemons { #expect(try await state(daemon) != clean[daemon], "\(daemon) has set nothing up") }
            for daemon in daemons { try await lab.run(signal, daemon) }
            if signal == "kill" {
                for daemon in daemons { try await lab.run("start", daemon) }
                for daemon in daemons { try await lab.run("stop", daemon) }
            }
            for daemon in daemons {
                #expect(try await state(daemon) == clean[daemon], "\(daemon) after \(signal)")
                #expect(!FileManager.default.fileExists(atPath: lab.socket(daemon)))
            }
        }
        try await lab.run("down")
        let namespaces = try await ChildProcess.run("ip", ["netns", "list"]).output
        #expect(!namespaces.contains(lab.name))
    }

    @Test("Visitors on a link that went down and came back are reached again without a new registration")
    func returnedLink() async throws {
        let lab = try Laboratory()
        try await lab.run("up")
        try await lab.run("move", "foreign-a")
        let renewals = try await lab.rows("bindings", of: "home-agent").first?["renewals"] as? Int
        _ = try await lab.on("foreign-a", "ip", "link", "set", "net0", "down")
        _ = try await lab.on("foreign-a", "ip", "link", "set", "net0", "up")
        try await eventually("answers", within: .seconds(15)) { try await lab.answers(to: 1) == 1 }
        #expect(try await lab.rows("bindings", of: "home-agent").first?["renewals"] as? Int == renewals)
        try await lab.run("down")
    }

    @Test("Datagrams that a stranger sends through a tunnel are dropped and counted: no agent acts as an open relay")
    func strangers() async throws {
        let lab = try Laboratory(node: "reverseTunnel: direct")
        try await lab.run("up")
        try await lab.run("move", "foreign-a")
        let program = """
            from scapy.all import IP, ICMP, send, conf
            conf.verb = 0
            inner = IP(src="10.0.4.2", dst="10.1.0.10") / ICMP()
            for _ in range(5):
                send(IP(dst="10.2.0.1") / inner)
                send(IP(dst="10.1.0.1") / IP(src="10.1.0.10", dst="10.0.3.2") / ICMP())
                send(IP(dst="10.1.0.1", proto=4) / b"garbage")
            """
        _ = try await lab.on("correspondent", BuiltProducts.python, "-c", program)
        try await eventually("the drops of the foreign agent") {
            let unknown = try await lab.counter("forwarding.drops.unknownSource", of: "foreign-a") ?? 0
            return unknown + (try await lab.counter("forwarding.drops.sourceMismatch", of: "foreign-a") ?? 0) == 5
        }
        try await eventually("the drops of the home agent") {
            let mismatched = try await lab.counter("forwarding.drops.sourceMismatch", of: "home-agent") ?? 0
            let unknown = try await lab.counter("forwarding.drops.unknownSource", of: "home-agent") ?? 0
            let malformed = try await lab.counter("forwarding.drops.malformed", of: "home-agent") ?? 0
            return mismatched + unknown + malformed == 10
        }
        #expect(try await lab.rows("tunnels", of: "foreign-a").first?["packetsReceived"] as? Int == 0)
        try await lab.run("down")
    }

    @Test("The daemons keep only the capabilities that they need")
    func privileges() async throws {
        let lab = try Laboratory()
        try await lab.run("up")
        for daemon in ["home-agent", "foreign-a", "node"] {
            let pid = try String(contentsOfFile: "/tmp/mip-\(lab.name)/\(daemon).pid", encoding: .utf8)
                .trimmingCharacters(in: .whitespacesAndNewlines)
            for thread in try FileManager.default.contentsOfDirectory(atPath: "/proc/\(pid)/task") {
                let status = try String(contentsOfFile: "/proc/\(pid)/task/\(thread)/status", encoding: .utf8)
                // CAP_NET_ADMIN (12) and CAP_NET_RAW (13); a node opens port 434 when it comes to a network without a foreign agent, for
                // which it needs CAP_NET_BIND_SERVICE (10).
                let expected = daemon == "node" ? "3400" : "3000"
                #expect(status.contains("CapEff:\t000000000000\(expected)"), "\(daemon) \(thread)")
                #expect(status.contains("NoNewPrivs:\t1"))
            }
        }
        try await lab.run("down")
    }
}
