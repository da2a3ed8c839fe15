import Foundation
import MIPTesting
import Testing

extension LabTests {
    @Test(
        "A manager's changes of advertisements, care-of addresses and home agents appear on the wire and all interfaces, also after a restart",
        arguments: ManagementPath.allCases)
    func written(path: ManagementPath) async throws {
        let lab = try Laboratory()
        try await lab.run("up")
        try await lab.run("move", "foreign-a")
        let management = try ManagementBench(lab, [("foreign-a", "a"), ("node", "n")])
        try await management.start(path)

        let advertising = ".1.3.6.1.2.1.44.1.4.2.5.1"
        let longest = advertising + ".2"
        let walk = try await management.walk(longest, "a")
        let row = try #require(walk.split(separator: " ").first?.split(separator: ".").last)
        let careOf = ".1.3.6.1.2.1.44.1.5.1.1.1.2.10.0.2.2"
        let homeAgent = ".1.3.6.1.2.1.44.1.3.1.3.1.3.10.1.0.77"

        // Each mistake has its own error and changes nothing.
        for (bind, problem) in [
            (["\(longest).\(row)", "i", "70000"], "wrongValue"), (["\(longest).\(row)", "u", "120"], "wrongType"),
            (["\(advertising).10.\(row)", "s", "a@b"], "notWritable"), (["\(longest).9999", "i", "120"], "inconsistentName"),
            ([careOf, "i", "5"], "wrongValue"), ([homeAgent, "i", "1"], "inconsistentValue"),
        ] {
            let community = bind[0] == homeAgent ? "n" : "a"
            let answer = try await management.set(community, bind[0], bind[1], bind[2])
            #expect(answer?.contains(problem) == true, "\(bind): \(answer ?? "done")")
        }
        #expect(try await management.get("\(longest).\(row)", "a") == "300")

        #expect(try await management.set("a", "\(longest).\(row)", "i", "120", careOf, "i", "4") == nil)
        #expect(try await management.set("n", homeAgent, "i", "4") == nil)
        func isEverywhere() async throws -> Bool {
            // On the wire: what the node hears. On the interfaces: SNMP and the command.
            let heard = try await lab.rows("foreign-agents", of: "node").filter { $0["address"] as? String == "10.2.0.1" }
            let reported = try await lab.rows("advertisements", of: "foreign-a").first
            let node = try await lab.rows("node", of: "node").first
            let known = (node?["homeAgents"] as? [[String: Any]])?.compactMap { $0["address"] as? String } ?? []
            let read = [
                try await management.get("\(longest).\(row)", "a"), try await management.get(careOf, "a"),
                try await management.get(homeAgent, "n"),
            ]
            return Set(heard.compactMap { $0["careOfAddress"] as? String }) == ["10.2.0.1", "10.0.2.2"]
                && heard.allSatisfy { $0["registrationLifetime"] as? Int == 120 }
                && reported?["maximumRegistrationLifetime"] as? Int == 120 && known.contains("10.1.0.77")
                && read == ["120", "1", "1"]
        }
        try await eventually("all of it everywhere") { try await isEverywhere() }
        for daemon in ["foreign-a", "node"] {
            try await lab.run("stop", daemon)
            try await lab.run("start", daemon)
        }
        try await eventually("all of it after a restart") { try await isEverywhere() }

        // mip-mibd may still be reconnecting to a restarted daemon.
        try await eventually("both removed") {
            let careOfAddress = try await management.get(careOf, "a")
            if careOfAddress == "1" { _ = try await management.set("a", careOf, "i", "6") }
            return try await management.set("n", homeAgent, "i", "6") == nil
        }
        try await eventually("the end of both") {
            let heard = try await lab.rows("foreign-agents", of: "node").compactMap { $0["careOfAddress"] as? String }
            let row = try await management.get(homeAgent, "n")
            return heard == ["10.2.0.1"] && row.contains("No Such")
        }
        try await management.stop()
        try await lab.run("down")
    }
}
