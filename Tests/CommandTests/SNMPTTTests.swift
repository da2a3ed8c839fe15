import MIPTesting
import Testing

/// Tests with Debian's snmptt.
@Suite("The file for snmptt")
struct SNMPTTTests {
    /// What snmptt, without any MIB module, makes of a notification.
    private static func line(_ notification: String, _ variables: [(oid: String, value: String)]) async throws -> String {
        let directory = try TemporaryDirectory()
        let events = try directory.write(try await Scene.run(["nms", "snmptt"]).output, to: "snmptt.conf.mip-mib")
        let settings = try directory.write(
            """
            [General]
            mode = standalone
            dns_enable = 0
            net_snmp_perl_enable = 0
            ipv6_enable = 0
            [Logging]
            stdout_enable = 1
            log_enable = 0
            log_system_enable = 0
            unknown_trap_log_enable = 0
            syslog_enable = 0
            syslog_system_enable = 0
            [Exec]
            exec_enable = 0
            [TrapFiles]
            snmptt_conf_files = <<END
            \(events)
            END

            """, to: "snmptt.ini")
        let trap = try directory.write(
            """
            router.example.net
            192.0.2.7
            .1.3.6.1.2.1.1.3.0 0:0:00:01.00
            .1.3.6.1.6.3.1.1.4.1.0 \(notification)
            \(variables.map { "\($0.oid) \($0.value)" }.joined(separator: "\n"))

            """, to: "trap")
        let (status, output, errors) = try await ChildProcess.run("bash", ["-c", "snmptt --ini=\(settings) < \(trap)"])
        #expect(status == 0, "\(errors)")
        return output
    }

    private static let agent = ".1.3.6.1.4.1.8072.9999.9999.44"

    @Test("A denied registration is a line with the name and the value of each object")
    func denied() async throws {
        let content = Self.agent + ".1.10.4"
        let line = try await Self.line(
            Self.agent + ".0.6",
            [
                (Self.agent + ".1.1.1.0", "home"), (content + ".1.0", "homeAgent"), (content + ".2.0", "2026-11-29,20:00:00.0"),
                (content + ".3.0", "192.0.2.10"), (content + ".4.0", "alice@example.net"), (content + ".5.0", "198.51.100.1"),
                (content + ".6.0", "192.0.2.1"), (content + ".8.0", "198.51.100.1"), (content + ".9.0", "131"),
            ])
        #expect(line.contains("WARNING"))
        #expect(
            line.contains(
                """
                mipExtRegistrationDenied from 192.0.2.7: mipExtAgentName=home, mipExtNotifyRole=homeAgent, \
                mipExtNotifyTime=2026-11-29,20:00:00.0, mipExtNotifyHomeAddress=192.0.2.10, mipExtNotifyNAI=alice@example.net, \
                mipExtNotifyCareOfAddress=198.51.100.1, mipExtNotifyHomeAgent=192.0.2.1, mipExtNotifySourceAddress=198.51.100.1, \
                mipExtNotifyCode=131
                """), "\(line)")
    }

    @Test("An alarm about capacity says which resource it is about: the last number of the OID")
    func capacity() async throws {
        let capacity = Self.agent + ".1.2.1.1"
        let line = try await Self.line(
            Self.agent + ".0.7",
            [
                (Self.agent + ".1.1.1.0", "home"), (capacity + ".2.1", "90"), (capacity + ".5.1", "100"),
                (capacity + ".6.1", "90"),
            ])
        #expect(
            line.contains("mipExtCapacityInUse=90, mipExtCapacityMaximum=100, mipExtCapacityRising=90 (\(capacity).2.1)"),
            "\(line)")
    }
}
