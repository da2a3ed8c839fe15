import AgentModel
import Foundation
import HTTPTypes
import HummingbirdTesting
import MIPTesting
import ManagementAPI
import ManagementCore
import MobileIPv4
import Testing

@Suite("Resources of the JSON API")
struct ResourceTests {
    private static let rows: [StateChange] =
        (0..<4).map { .binding(Samples.binding($0)) } + [.visitor(Samples.visitor(1)), .association(Samples.association(1))]
        + [.violation(Samples.violation(1))]

    @Test("Bindings are served as records plus computed members")
    func bindings() async throws {
        try await Served([Self.rows]).test { client in
            let items = try await client.list("/v1/bindings")
            #expect(items.map { $0["homeAddress"] as? String } == (0..<4).map { Samples.binding($0).homeAddress.description })
            let first = try #require(items.first)
            #expect(first["agent"] as? String == "one")
            #expect(first["careOfAddress"] as? String == "192.0.2.0")
            #expect(first["nai"] as? String == "user0@example.net")
            #expect(first["flags"] as? [String] == ["decapsulationbyMN", "reverseTunnel"])
            #expect(first["sourcePort"] as? Int == 4000)
            #expect(first["expires"] as? String == Samples.start.adding(milliseconds: 600_000).description)
            let remaining = try #require(first["timeRemaining"] as? Int)
            #expect((580...600).contains(remaining))
        }
    }

    @Test(
        "Every list is an array, with or without rows",
        arguments: ["bindings", "visitors", "associations", "violations", "counters"])
    func lists(name: String) async throws {
        try await Served([Self.rows]).test { client in
            let items = try await client.list("/v1/\(name)")
            #expect(items.count == (name == "bindings" ? 4 : 1))
            #expect(items.allSatisfy { $0["agent"] as? String == "one" })
        }
        try await Served([[]]).test { client in
            let items = try await client.list("/v1/\(name)")
            #expect(items.count == (name == "counters" ? 1 : 0))
        }
    }

    @Test("An association has no member for a key")
    func noKeys() async throws {
        try await Served([Self.rows]).test { client in
            let item = try #require(try await client.list("/v1/associations").first)
            #expect(item.keys.sorted() == ["agent", "algorithm", "peer", "peerRole", "replayMethod", "replayTolerance", "spi"])
            #expect(item["spi"] as? Int == 0x8000_0101)
        }
    }

    @Test("The status shows each agent's health, roles and counts, and the state of SNMP")
    func status() async throws {
        try await Served([Self.rows, []]).test(snmpStatus: { SNMPAgentStatus(mode: "agentx", connection: .refused) }) { client in
            let status = try await client.object("/v1/status")
            #expect((status["snmp"] as? [String: Any])?["connection"] as? String == "refused")
            let agents = try #require(status["agents"] as? [[String: Any]])
            #expect(agents.map { $0["agent"] as? String } == ["one", "two"])
            let first = agents[0]
            #expect(first["connection"] as? String == "synchronized")
            #expect((first["age"] as? Double).map { $0 >= 0 && $0 < 10 } == true)
            #expect((first["information"] as? [String: Any])?["roles"] as? [String] == ["homeAgent", "foreignAgent"])
            #expect((first["information"] as? [String: Any])?["instance"] as? String == "one")
            #expect((first["counts"] as? [String: Int]) == ["bindings": 4, "visitors": 1, "associations": 1, "violations": 1])
        }
    }

    @Test("An unreachable agent is down in the status and has no rows; /readyz reports it")
    func unreachable() async throws {
        let served = try Served([Self.rows], grace: .milliseconds(50))
        try await served.test { client in
            let ready = try await client.object("/readyz")
            #expect(ready["status"] as? String == "ready")
            let parts = try #require(ready["parts"] as? [[String: String]])
            #expect(parts == [["part": "agent", "name": "one", "status": "synchronized"]])
            await served.agents[0].stop()
            try await eventually("the withdrawal of rows") { try await client.list("/v1/bindings").isEmpty }
            let agents = try #require(try await client.object("/v1/status")["agents"] as? [[String: Any]])
            #expect(agents[0]["connection"] as? String == "down")
            #expect(agents[0]["information"] == nil)
            #expect(agents[0]["lastError"] is String)
            #expect(try await client.list("/v1/counters").isEmpty)
            let refused = try await client.get("/readyz")
            #expect(refused.status == .serviceUnavailable)
            #expect(refused.headers[.contentType] == "application/problem+json")
            let missing = try #require(try refused.object()["parts"] as? [[String: String]])
            #expect(missing.map { $0["status"] } == ["down"] && missing[0]["detail"]?.isEmpty == false)
            #expect(try await client.get("/healthz").status == .ok)
        }
    }

    @Test("SNMP without a master and a state file that cannot be written show in /readyz, which stays 200")
    func parts() async throws {
        let directory = try TemporaryDirectory()
        let file = try directory.write("", to: "file")
        var status = SNMPAgentStatus(mode: "agentx", connection: .disconnected)
        status.lastError = "no AgentX master"
        let snmp = status
        let places = [
            (directory.file("new/state.json"), "writable"), (file, "writable"), (file + "/state.json", "unwritable"),
            (directory.path, "unwritable"),
        ]
        for (path, state) in places {
            try await Served([Self.rows]).test(snmpStatus: { snmp }, configure: { $0.stateFile = path }) { client in
                let parts = try #require(try await client.object("/readyz")["parts"] as? [[String: String]])
                #expect(parts.map { $0["part"] } == ["agent", "snmp", "state"])
                #expect(parts.map { $0["status"] } == ["synchronized", "disconnected", state])
                #expect(parts[1]["detail"] == "no AgentX master")
                #expect((parts[2]["detail"] == nil) == (state == "writable"))
                if path == directory.path {
                    #expect(parts[2]["detail"] == "it is a folder, so changes of settings are refused; remove it")
                }
            }
        }
    }

    @Test("Whether an agent can save its state shows in /readyz, which stays 200")
    func agentState() async throws {
        let problem = "cannot write '/s/home.state': no space left on device"
        let cases: [(role: AgentRole, durability: String?, keepsChanges: Bool, error: String, part: [String: String]?)] = [
            (.homeAgent, nil, false, "", nil),
            (.homeAgent, "process", true, "", ["part": "agentState", "name": "one", "status": "saved"]),
            (
                .homeAgent, "disk", true, problem,
                [
                    "part": "agentState", "name": "one", "status": "notSaved",
                    "detail": problem
                        + "; until this is mended, a restart of the agent may lose bindings, replay memory and changes by operators",
                ]
            ),
            (
                .mobileNode, nil, true, problem,
                [
                    "part": "agentState", "name": "one", "status": "notSaved",
                    "detail": problem + "; until this is mended, a restart of the agent may lose changes by operators",
                ]
            ),
        ]
        for (role, durability, keepsChanges, error, part) in cases {
            var information = Samples.information(roles: [role])
            (information.durability, information.keepsChanges, information.stateError) = (durability, keepsChanges, error)
            try await Served([[.information(information)]]).test { client in
                let ready = try await client.object("/readyz")
                #expect(ready["status"] as? String == "ready")
                let parts = try #require(ready["parts"] as? [[String: String]])
                #expect(Array(parts.dropFirst()) == (part.map { [$0] } ?? []))
            }
        }
    }

    @Test("The root of the API lists its resources, each with a sentence, and where it is described")
    func index() async throws {
        try await Served([[]]).test { client in
            let index = try await client.object("/v1")
            #expect(index["version"] is String)
            #expect(index["document"] as? String == "/openapi.json")
            let resources = try #require(index["resources"] as? [[String: String]])
            #expect(resources.count > 25)
            for resource in resources {
                #expect(resource["about"]?.isEmpty == false, "\(resource)")
                let path = try #require(resource["path"])
                let fields: HTTPFields = path == "/v1/events" ? [.accept: "application/json"] : [:]
                #expect(try await client.get(path, headers: fields).status == .ok, "\(path)")
            }
        }
    }

    @Test(
        "Filters select rows",
        arguments: [
            ("agent=two", 1), ("homeAddress=10.0.1.2", 2), ("homeAddress=10.0.1.2&agent=one", 1), ("homeAddress=10.0.1.0/31", 2),
            ("homeAddress=10.0.0.0/8", 5), ("homeAddress=0.0.0.0/0", 5), ("homeAddress=255.255.255.255", 0),
            ("careOfAddress=192.0.2.3", 1), ("careOfAddress=192.0.2.0/24", 5), ("nai=user2@example.net", 2),
            ("nai=user2%40example.net", 2), ("nai=nobody", 0), ("nai=user2@example.net&careOfAddress=192.0.2.3", 0),
        ])
    func filters(query: String, count: Int) async throws {
        try await Served([(0..<4).map { .binding(Samples.binding($0)) }, [.binding(Samples.binding(2))]]).test { client in
            let items = try await client.list("/v1/bindings?\(query)")
            #expect(items.count == count)
        }
    }

    @Test("Many rows arrive as one well-formed list over a real connection")
    func many() async throws {
        try await Served([(0..<5000).map { .binding(Samples.binding($0)) }]).test(.live) { client in
            let items = try await client.list("/v1/bindings")
            #expect(items.count == 5000)
            #expect(Set(items.compactMap { $0["homeAddress"] as? String }).count == 5000)
        }
    }
}
