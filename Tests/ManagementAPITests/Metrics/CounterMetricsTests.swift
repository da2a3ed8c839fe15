import AgentModel
import Foundation
import HTTPTypes
import HummingbirdTesting
import MIPTesting
import ManagementAPI
import ManagementCore
import MobileIPv4
import NIOCore
import Testing

/// Checks that a scrape contains all counters of an agent.
@Suite("Counters in metrics")
struct CounterMetricsTests {
    /// Counters with distinct values, so that each can be found by its value.
    private static func distinct() throws -> (counters: AgentCounters, numbers: [(path: String, number: UInt64)]) {
        var all = AgentCounters(
            homeAgent: HomeAgentCounters(), foreignAgent: ForeignAgentCounters(), mobileNode: MobileNodeCounters())
        all.forwarding = ForwardingCounters()
        var numbers: [(path: String, number: UInt64)] = []
        func filled(_ value: Any, _ path: String) -> Any {
            if let object = value as? [String: Any] {
                return Dictionary(
                    uniqueKeysWithValues: object.sorted { $0.key < $1.key }.map { name, inner in
                        (name, filled(inner, path + "." + name))
                    })
            }
            let number = UInt64(1_000_001 + numbers.count)
            numbers.append((path, number))
            return number
        }
        let tree = try JSONSerialization.jsonObject(with: JSONEncoder().encode(all))
        let counters = try JSONDecoder().decode(
            AgentCounters.self, from: JSONSerialization.data(withJSONObject: filled(tree, "")))
        return (counters, numbers)
    }

    @Test("A scrape contains every value of the counters' JSON")
    func complete() async throws {
        let (counters, numbers) = try Self.distinct()
        #expect(numbers.count > 100)
        var information = Samples.information()
        information.roles = [.foreignAgent, .homeAgent, .mobileNode]
        try await Served([[.information(information), .counters(counters)]]).test { client in
            let response = try await client.get("/metrics", headers: [.accept: "text/plain"])
            let values = Set(String(buffer: response.body).split(separator: "\n").compactMap { $0.split(separator: " ").last })
            // These are sums of counts by code; no such counts are set here.
            let sums: Set = [".homeAgent.repliesSent", ".foreignAgent.repliesReceived"]
            let missing = numbers.filter { !sums.contains($0.path) && !values.contains("\($0.number)") }.map(\.path)
            #expect(missing == [])
        }
    }

    @Test(
        "Every code that a role sends has a sample from the start",
        arguments: [
            ("mip_home_agent_replies_sent_total", AgentRole.homeAgent), ("mip_foreign_agent_replies_sent_total", .foreignAgent),
            ("mip_foreign_agent_replies_received_total", .homeAgent), ("mip_mobile_node_replies_received_total", .homeAgent),
            ("mip_mobile_node_replies_received_total", .foreignAgent),
        ])
    func preset(metric: String, sender: AgentRole) async throws {
        let counters = AgentCounters(
            homeAgent: HomeAgentCounters(), foreignAgent: ForeignAgentCounters(), mobileNode: MobileNodeCounters())
        try await Served([[.counters(counters)]]).test { client in
            let response = try await client.get("/metrics", headers: [.accept: "text/plain"])
            let text = String(buffer: response.body)
            let missing = sender.repliesSent.filter { !text.contains("\(metric){agent=\"one\",code=\"\($0.rawValue)\"") }
            #expect(missing == [])
            #expect(!sender.repliesSent.isEmpty)
        }
    }

    @Test(
        "Whether host configuration is in use is a metric only if there is something that a machine can use",
        arguments: [(nil, nil), ("home.example", "0")] as [(String?, String?)])
    func hostConfiguration(domain: String?, value: String?) async throws {
        var status = Samples.mobileNodeStatus()
        status.hostConfiguration = ReceivedHostConfiguration(
            prefixLength: 16, defaultGateway: IPv4Address(10, 1, 0, 1), domainNameSuffix: domain, received: Samples.start)
        let rows: [StateChange] = [.information(Samples.information(roles: [.mobileNode])), .mobileNodeStatus(status)]
        try await Served([rows]).test { client in
            let response = try await client.get("/metrics", headers: [.accept: "text/plain"])
            let line = String(buffer: response.body).split(separator: "\n").first {
                $0.hasPrefix("mip_mobile_node_host_configuration_applied{")
            }
            #expect(line?.split(separator: " ").last.map(String.init) == value)
        }
    }
}
