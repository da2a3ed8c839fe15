import AgentModel
import Foundation
import MIPTesting
import MobileIPv4
import Testing

@Suite("The three sources of mip-mib")
struct SourceTests {
    @Test("The same query by control socket, by URL and by SNMP gives the same JSON")
    func sameJSON() async throws {
        let scene = try await Scene()
        let daemon = try await Daemon(scene)
        let queries = [
            [
                "bindings", "--columns",
                "homeAddress,careOfAddress,sourceAddress,flags,identification,lifetimeGranted,homeAgent,nai,created,renewed,renewals,"
                    + "encapsulation,reverseTunnel,sourcePort,spi",
            ],
            ["bindings", "--home-address", "10.0.1.0/31", "--columns", "homeAddress,careOfAddress,flags"],
            ["bindings", "--sort", "-homeAddress", "--limit", "2", "--columns", "homeAddress"],
            ["visitors", "--columns", "sourceAddress,homeAddress,homeAgent,flags,identification,state,lifetimeGranted"],
            ["pending", "--columns", "sourceAddress,homeAddress"],
            ["violations", "--columns", "violator,count,recentSPI,recentReason,recentIdentification"],
            ["associations", "--columns", "peer,spi,replayMethod"],
            ["mobile-nodes", "--columns", "homeAddress,accepted,denied,serviceTime"],
        ]
        for query in queries {
            let sources = [
                ["--socket", scene.socket], ["--url", "http://127.0.0.1:\(daemon.httpPort)"],
                ["--snmp", "127.0.0.1:\(daemon.snmpPort)"],
            ]
            var outputs: [String] = []
            for source in sources where query[0] != "mobile-nodes" || source[0] != "--url" {
                let result = try await Scene.run(query + ["--json"] + source)
                #expect(result.status == 0 && result.errors == "", "\(query) \(source): \(result.errors)")
                outputs.append(result.output)
            }
            #expect(outputs.first?.contains("{") == true)
            #expect(Set(outputs).count == 1, "\(outputs)")
        }
        try await daemon.stop()
        await scene.agent.stop()
    }

    @Test("Lists, status and counters by URL are those of the control socket", arguments: ["bindings", "counters", "violations"])
    func byURL(command: String) async throws {
        let scene = try await Scene()
        let daemon = try await Daemon(scene)
        let local = try await scene.run([command, "--json"])
        let remote = try await Scene.run([command, "--json", "--url", "http://127.0.0.1:\(daemon.httpPort)"])
        #expect(remote.status == 0)
        let time = /"timeRemaining":180\d\d/
        #expect(remote.output.replacing(time, with: "") == local.output.replacing(time, with: ""))
        try await daemon.stop()
        await scene.agent.stop()
    }

    @Test("What ended is told by SNMP; an agent itself is not asked, which is said")
    func history() async throws {
        let scene = try await Scene()
        let daemon = try await Daemon(scene)
        let key = Samples.binding(1).key
        await scene.agent.publish([.bindingRemoved(key, .expired)])
        let query = [
            "history", "-o", "csv", "--no-header", "--columns", "homeAddress,careOfAddress,homeAgent,role,endReason,renewals",
        ]
        var output = ""
        try await eventually("the end is told") {
            output = try await Scene.run(query + ["--snmp", "127.0.0.1:\(daemon.snmpPort)"]).output
            return !output.isEmpty
        }
        let binding = Samples.binding(1)
        #expect(output == "10.0.1.1,\(binding.careOfAddress),\(binding.homeAgent),homeAgent,expired,\(binding.renewals)\n")
        let socket = try await scene.run(["history"])
        #expect(socket.status == 2)
        #expect(socket.errors.contains("name mip-mibd with --url, or its SNMP with --snmp"))
        try await daemon.stop()
        await scene.agent.stop()
    }

    @Test(
        "A source that is none ends with status 3 or 2 and says what would be right",
        arguments: [
            (["--url", "http://127.0.0.1:1"], 3, "is mip-mibd running there"),
            (["--url", "ftp://x"], 2, "right would be http://"),
            (["--snmp", "127.0.0.1:1"], 3, "no SNMP agent runs on that port"), (["--snmp", "x:y"], 2, "right would be a host"),
            (["--url", "http://x", "--snmp", "x"], 2, "exclude each other"),
        ] as [([String], Int32, String)])
    func wrongSources(arguments: [String], status: Int32, expected: String) async throws {
        let result = try await Scene.run(["bindings"] + arguments)
        #expect(result.status == status)
        #expect(result.output == "")
        #expect(result.errors.contains(expected), "\(result.errors)")
    }
}
