import AgentModel
import Foundation
import HummingbirdTesting
import MIPTesting
import ManagementAPI
import ManagementCore
import MobileIPv4
import Testing

/// Tests with Debian's Prometheus package.
@Suite("Prometheus", .serialized)
struct PrometheusTests {
    private static let folder = BuiltProducts.repository + "/docs/monitoring"

    @Test(
        "promtool accepts the rules and their tests pass",
        arguments: [
            "check rules mip-mib.rules.yaml", "test rules mip-mib.rules.test.yaml", "check config --syntax-only prometheus.yaml",
        ])
    func rules(command: String) async throws {
        let (status, output, errors) = try await ChildProcess.run(
            "bash", ["-c", "cd \(Self.folder)/prometheus && promtool \(command)"])
        #expect(status == 0, "\(output)\(errors)")
    }

    /// Every expression of the dashboard, with its variables filled in as Grafana does.
    private static func expressions() throws -> [String] {
        let data = try Data(contentsOf: URL(fileURLWithPath: folder + "/grafana/mip-mib.json"))
        let dashboard = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        let panels = try #require(dashboard["panels"] as? [[String: Any]])
        let targets = panels.flatMap { $0["targets"] as? [[String: Any]] ?? [] }
        let annotations = (dashboard["annotations"] as? [String: Any])?["list"] as? [[String: Any]] ?? []
        return (targets + annotations).compactMap { $0["expr"] as? String }.map {
            $0.replacing("$__rate_interval", with: "1m").replacing("$agent", with: ".+").replacing("$job", with: ".+")
                .replacing("$instance", with: ".+")
        }
    }

    /// The result of a query; throws with Prometheus' message when it refuses the query.
    private static func query(_ expression: String, port: UInt16) async throws -> [[String: Any]] {
        let (_, output, _) = try await ChildProcess.run(
            "curl",
            ["-sS", "--max-time", "10", "-G", "http://127.0.0.1:\(port)/api/v1/query", "--data-urlencode", "query=\(expression)"])
        let answer = try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any]
        guard answer?["status"] as? String == "success", let data = answer?["data"] as? [String: Any] else {
            throw TimedOut(description: "\(expression): \(output)")
        }
        return data["result"] as? [[String: Any]] ?? []
    }

    private static func counters(step: Int) -> AgentCounters {
        var counters = MetricsTests.counters
        counters.homeAgent?.repliesSentByCode[.accepted] += UInt64(step * 10)
        counters.homeAgent?.repliesSentByCode[ReplyCode(rawValue: 131)] += UInt64(step * 10)
        counters.homeAgent?.discards[.malformed] += UInt64(step * 10)
        counters.forwarding?.drops[.loop] = UInt64(step * 10)
        return counters
    }

    @Test("A real Prometheus scrapes the daemon, evaluates the rules, and every panel of the Grafana dashboard has data")
    func scraped() async throws {
        let counters = Self.counters(step: 0)
        let rows: [StateChange] = [.counters(counters), .binding(Samples.binding(1)), .visitor(Samples.visitor(1))]
        let served = try Served([rows])
        try await served.test(.live) { client in
            let target = try #require(client.client.port)
            let port = freePort(stream: true)
            let directory = try TemporaryDirectory()
            let configuration = try directory.write(
                """
                global: {scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s}
                rule_files: ["\(Self.folder)/prometheus/mip-mib.rules.yaml"]
                scrape_configs:
                  - job_name: mip-mib
                    static_configs: [{targets: ["127.0.0.1:\(target)"]}]
                """, to: "prometheus.yaml")
            let prometheus = try ChildProcess(
                "prometheus",
                [
                    "--config.file=\(configuration)", "--storage.tsdb.path=\(directory.file("data"))",
                    "--web.listen-address=127.0.0.1:\(port)",
                ], log: directory.file("log"))
            try await eventually("the first scrape", within: .seconds(30)) {
                (try? await Self.query("mip_agent_up == 1", port: port).count) == 1
            }
            // Counters increase between scrapes, so that rates are above zero.
            for step in 1...4 {
                await served.agents[0].publish([.counters(Self.counters(step: step))])
                try await eventually("the step in Prometheus") {
                    let result = try await Self.query("mip_forwarding_datagrams_dropped_total{reason=\"loop\"}", port: port)
                    return (result.first?["value"] as? [Any])?.last as? String == "\(step * 10)"
                }
            }
            for expression in try Self.expressions() {
                let isAnnotation = expression.hasPrefix("changes(")
                let result = try await Self.query(expression, port: port)
                #expect(result.isEmpty == isAnnotation, "\(expression)")
            }
            for rule in [
                "agent:mip_registrations:rate5m", "agent:mip_home_agent_bindings:fill_ratio",
                "agent:mip_datagrams_discarded:rate5m",
            ] {
                try await eventually("the recorded \(rule)") { try await !Self.query(rule, port: port).isEmpty }
            }
            try await prometheus.stop()
        }
    }
}
