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

@Suite("Metrics")
struct MetricsTests {
    static var counters: AgentCounters {
        var home = HomeAgentCounters()
        home.requestsReceived = 12
        home.repliesSentByCode[.accepted] = 7
        home.repliesSentByCode[ReplyCode(rawValue: 131)] = 3
        home.repliesSentByCode[ReplyCode(rawValue: 250)] = 1
        home.discards[.malformed] = 4
        var all = AgentCounters(homeAgent: home, foreignAgent: ForeignAgentCounters())
        all.datagramsReceived = UInt64.max
        all.forwarding = ForwardingCounters()
        return all
    }

    private static let rows: [StateChange] =
        (0..<4).map { .binding(Samples.binding($0)) } + [.counters(counters), .visitor(Samples.visitor(1))]
        + [.association(Samples.association(1)), .violation(Samples.violation(1))]

    private static func text(_ client: Client, accept: String = "text/plain") async throws -> String {
        let response = try await client.get("/metrics", headers: [.accept: accept])
        #expect(response.status == .ok)
        return String(buffer: response.body)
    }

    @Test(
        "A scrape contains the agent's values",
        arguments: [
            "mip_agent_up{agent=\"one\"} 1", "mip_home_agent_bindings{agent=\"one\"} 4",
            "mip_foreign_agent_visitors{agent=\"one\"} 1",
            "mip_home_agent_bindings_limit{agent=\"one\"} 1000",
            "mip_agent_connection{agent=\"one\",mip_agent_connection=\"synchronized\"} 1",
            "mip_agent_connection{agent=\"one\",mip_agent_connection=\"down\"} 0",
            "mip_home_agent_requests_received_total{agent=\"one\"} 12",
            "mip_home_agent_replies_sent_total{agent=\"one\",code=\"131\",outcome=\"denied\",meaning=\"haMobileNodeFailedAuthentication\"} 3",
            "mip_home_agent_replies_sent_total{agent=\"one\",code=\"0\",outcome=\"accepted\",meaning=\"accepted\"} 7",
            "mip_home_agent_replies_sent_total{agent=\"one\",code=\"133\",outcome=\"denied\",meaning=\"haIdentificationMismatch\"} 0",
            "mip_home_agent_replies_sent_total{agent=\"one\",code=\"250\",outcome=\"denied\",meaning=\"code250\"} 1",
            "mip_datagrams_discarded_total{agent=\"one\",role=\"homeAgent\",reason=\"malformed\"} 4",
            "mip_datagrams_received_total{agent=\"one\"} 18446744073709551615",
            "mip_agent_info{agent=\"one\",name=\"sample\",version=\"test 1\",instance_id=\"one\",data_plane=\"none\",durability=\"none\"} 1",
            "mip_agent_start_time_seconds{agent=\"one\"} 1700000000.0", "mip_security_associations{agent=\"one\"} 1",
            "mip_agent_starts{agent=\"one\"} 0", "mip_agent_state_unsaved{agent=\"one\"} 0",
            "mip_clock_steps_total{agent=\"one\"} 0", "mip_home_agent_bindings_restored_total{agent=\"one\"} 0",
            "mip_forwarding_datagrams_dropped_total{agent=\"one\",reason=\"loop\"} 0",
        ])
    func samples(line: String) async throws {
        try await Served([Self.rows]).test { client in
            let lines = try await Self.text(client).split(separator: "\n").map(String.init)
            #expect(lines.contains(line))
        }
    }

    @Test("Series for single rows exist only when enabled, up to a limit, and omitted rows are counted", arguments: [0, 2, 100])
    func perRow(limit: Int) async throws {
        try await Served([Self.rows]).test(configure: { $0.metricsPerRow = limit }) { client in
            let text = try await Self.text(client)
            #expect(text.matches(of: /mip_binding_time_remaining_seconds\{/).count == min(limit, 4))
            #expect(text.contains("mip_series_omitted{agent=\"one\",table=\"bindings\"} 2\n") == (limit == 2))
            #expect(text.contains("mip_series_omitted{agent=\"one\",table=\"bindings\"} 0\n") == (limit == 100))
        }
    }

    @Test("An unreachable agent is down, and its values are absent rather than stale")
    func unreachable() async throws {
        let served = try Served([Self.rows], grace: .milliseconds(50))
        try await served.test { client in
            await served.agents[0].stop()
            try await eventually("the withdrawal") { try await Self.text(client).contains("mip_agent_up{agent=\"one\"} 0") }
            try await eventually("the withdrawal of values") {
                try await !Self.text(client).contains("mip_home_agent_requests_received_total")
            }
            #expect(try await Self.text(client).contains("mip_agent_data_age_seconds{agent=\"one\"} "))
        }
    }

    @Test("promtool has no complaints about names, types and help texts", arguments: [0, 10])
    func promtool(limit: Int) async throws {
        try await Served([Self.rows, Self.rows]).test(configure: { $0.metricsPerRow = limit }) { client in
            let directory = try TemporaryDirectory()
            let file = try directory.write(try await Self.text(client), to: "metrics")
            let (status, output, errors) = try await ChildProcess.run("bash", ["-c", "promtool check metrics < \(file)"])
            #expect(status == 0)
            #expect(output + errors == "")
        }
    }

    @Test("The text is OpenMetrics when requested, and Prometheus' own parser can read it")
    func openMetrics() async throws {
        try await Served([Self.rows, Self.rows]).test(configure: { $0.metricsPerRow = 10 }) { client in
            let response = try await client.get(
                "/metrics",
                headers: [.accept: "application/openmetrics-text;version=1.0.0;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1"])
            #expect(response.headers[.contentType] == "application/openmetrics-text; version=1.0.0; charset=utf-8")
            let directory = try TemporaryDirectory()
            let file = try directory.write(String(buffer: response.body), to: "metrics")
            let (status, output, errors) = try await ChildProcess.run(
                BuiltProducts.python, [BuiltProducts.client("openmetrics_families.py"), file])
            #expect(status == 0, "\(errors)")
            let kinds = Dictionary(
                uniqueKeysWithValues: output.split(separator: "\n").map { line in
                    let parts = line.split(separator: " ")
                    return (String(parts[0]), String(parts[1]))
                })
            #expect(kinds["mip_agent"] == "info")
            #expect(kinds["mip_agent_connection"] == "stateset")
            #expect(kinds["mip_home_agent_requests_received"] == "counter")
            #expect(kinds["mip_home_agent_bindings"] == "gauge")
        }
    }

    @Test(
        "A scrape shows whether SNMP managers are answered, from the start", arguments: SNMPAgentStatus.Connection.allCases)
    func snmpConnection(connection: SNMPAgentStatus.Connection) async throws {
        let status = SNMPAgentStatus(mode: "agentx", connection: connection)
        try await Served([[]]).test(snmpStatus: { status }) { client in
            let lines = try await Self.text(client).split(separator: "\n").map(String.init)
            for one in SNMPAgentStatus.Connection.allCases {
                let sample = "mip_management_snmp_connection{mip_management_snmp_connection=\"\(one.rawValue)\"}"
                #expect(lines.contains("\(sample) \(one == connection ? 1 : 0)"))
            }
        }
        // Without SNMP, there is nothing that could be disconnected.
        try await Served([[]]).test { client in
            let text = try await Self.text(client)
            #expect(!text.contains("mip_management_snmp_connection"))
        }
    }

    /// Fixed numbers of notifications about one agent.
    private struct FixedNotifications: NotificationControl {
        let sendsNotifications: Bool

        func notifications(of agent: String) -> NotificationState? {
            guard agent == "one" else { return nil }
            return NotificationState(
                sent: [.authFailure2: 7],
                suppressed: [
                    .authFailure2: SuppressionCounts([.nodeInterval: 3, .maximumRate: 2]),
                    .agentReachable: SuppressionCounts([.queue: 1]),
                ])
        }

        func setNotifications(_ settings: NotificationSettings, of agent: String) throws {}
    }

    @Test("Notifications are counted by kind and cause, each from the start; a daemon that sends none has no such metric")
    func notifications() async throws {
        try await Served([[]]).test(notifications: FixedNotifications(sendsNotifications: true)) { client in
            let lines = try await Self.text(client).split(separator: "\n").map(String.init)
            #expect(lines.contains("mip_notifications_sent_total{agent=\"one\",kind=\"authFailure2\"} 7"))
            let suppressed = "mip_notifications_suppressed_total{agent=\"one\",kind="
            #expect(lines.contains(suppressed + "\"authFailure2\",cause=\"nodeInterval\"} 3"))
            #expect(lines.contains(suppressed + "\"authFailure2\",cause=\"maximumRate\"} 2"))
            #expect(lines.contains(suppressed + "\"authFailure2\",cause=\"queue\"} 0"))
            #expect(lines.contains(suppressed + "\"agentReachable\",cause=\"queue\"} 1"))
            let samples = lines.count { $0.hasPrefix(suppressed) }
            #expect(samples == NotificationKind.allCases.count * SuppressionCause.allCases.count)
        }
        try await Served([[]]).test(notifications: FixedNotifications(sendsNotifications: false)) { client in
            let text = try await Self.text(client)
            #expect(!text.contains("mip_notifications"))
        }
    }

    @Test("Special characters in names of agents and nodes are escaped")
    func escaping() async throws {
        let served = try Served([[]])
        try await served.test { client in
            var information = Samples.information()
            information.name = "a\"b\\c\nd"
            await served.agents[0].publish([.information(information)])
            try await eventually("the name") { try await Self.text(client).contains("name=\"a\\\"b\\\\c\\nd\"") }
        }
    }
}
