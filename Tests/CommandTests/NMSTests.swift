import Foundation
import MIPTesting
import Testing
import Yams

@Suite("Files for monitoring systems")
struct NMSTests {
    static let files = [
        ("snmp-exporter", "snmp_exporter/snmp.yml"), ("zabbix", "zabbix/mobile-ipv4-agent.yaml"),
        ("icinga", "icinga/mip-mib.conf"),
        ("snmptt", "snmptt/snmptt.conf.mip-mib"), ("librenms", "librenms/mip-mib.yaml"),
    ]
    /// Files for metrics, which have names instead of OIDs.
    static let metricFiles = [("grafana", "grafana/mip-mib.json"), ("prometheus-rules", "prometheus/mip-mib.rules.yaml")]

    @Test("The copies in docs/monitoring are identical to the command's output", arguments: files + metricFiles)
    func copies(system: String, path: String) async throws {
        let result = try await Scene.run(["nms", system])
        #expect(result.status == 0)
        let file = "\(BuiltProducts.repository)/docs/monitoring/\(path)"
        if ProcessInfo.processInfo.environment["MIP_WRITE_GOLDEN"] != nil {
            try FileManager.default.createDirectory(
                atPath: (file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
            try result.output.write(toFile: file, atomically: true, encoding: .utf8)
        }
        let same = try String(contentsOfFile: file, encoding: .utf8) == result.output
        #expect(same, "out of date: mip-mib nms \(system) > docs/monitoring/\(path)")
    }

    @Test("Every OID in every file is in the MIB modules", arguments: files.map(\.0))
    func oids(system: String) async throws {
        let directory = try TemporaryDirectory()
        let modules = try Daemon.modules(directory)
        var known: Set<String> = []
        for module in ["MIP-MIB", "MIPV4-EXT-MIB"] {
            let dump = try await ChildProcess.run(
                "smidump", ["-c", "/dev/null", "-f", "identifiers", module], environment: modules)
            for line in dump.output.split(separator: "\n") {
                known.insert(line.split(separator: " ").last.map(String.init) ?? "")
            }
        }
        let text = try await Scene.run(["nms", system]).output
        let oids = text.matches(of: /1\.3\.6\.1\.[\d.]*\d/).map { String($0.output) }
        #expect(oids.count > 3)
        let unknown = oids.filter { !known.contains($0) && !known.contains(String($0.dropLast(2))) }
        #expect(unknown.isEmpty)
    }

    @Test(
        "An independent parser reads the YAML files",
        arguments: ["snmp-exporter", "zabbix", "librenms", "grafana", "prometheus-rules"])
    func yaml(system: String) async throws {
        let text = try await Scene.run(["nms", system]).output
        #expect(try Yams.load(yaml: text) is [String: Any])
    }

    @Test("Debian's snmp_exporter accepts the module and scrapes mip-mibd with it")
    func snmpExporter() async throws {
        let scene = try await Scene()
        let daemon = try await Daemon(scene)
        let file = try scene.directory.write(try await Scene.run(["nms", "snmp-exporter"]).output, to: "snmp.yml")
        let dryRun = try await ChildProcess.run("prometheus-snmp-exporter", ["--config.file=\(file)", "--dry-run"])
        #expect(dryRun.status == 0, "\(dryRun.errors)")
        let port = freePort(stream: true)
        let exporter = try ChildProcess(
            "prometheus-snmp-exporter", ["--config.file=\(file)", "--web.listen-address=127.0.0.1:\(port)"],
            log: scene.directory.file("exporter.log"))
        let url = "http://127.0.0.1:\(port)/snmp?module=mip_mib&target=127.0.0.1:\(daemon.snmpPort)"
        var output = ""
        try await eventually("a scrape") {
            output = try await ChildProcess.run("curl", ["-s", url]).output
            return output.contains("snmp_scrape_pdus_returned")
        }
        #expect(output.contains("mipEnable 1\n"))
        #expect(output.contains("haRegRequestsReceived 12\n"))
        #expect(output.contains("mipSecTotalViolations 2\n"))
        try await exporter.stop()
        try await daemon.stop()
        await scene.agent.stop()
    }

    @Test("Debian's Icinga 2 accepts the objects, and creates the services for a host with vars.mobile_ip")
    func icinga() async throws {
        let directory = try TemporaryDirectory()
        try directory.write(try await Scene.run(["nms", "icinga"]).output, to: "mip-mib.conf")
        let file = try directory.write(
            """
            const PluginDir = "/usr/lib/nagios/plugins"
            const NodeName = "here"
            include <itl>
            include <plugins>
            template Service "generic-service" {
              max_check_attempts = 5
            }
            object Host "agent" {
              check_command = "dummy"
              vars.mobile_ip = true
            }
            object Host "other" {
              check_command = "dummy"
            }
            include "mip-mib.conf"

            """, to: "icinga2.conf")
        let path = directory.path
        let user = try await ChildProcess.run("id", ["-un"]).output.trimmingCharacters(in: .whitespacesAndNewlines)
        let group = try await ChildProcess.run("id", ["-gn"]).output.trimmingCharacters(in: .whitespacesAndNewlines)
        let result = try await ChildProcess.run(
            "icinga2",
            [
                "daemon", "-C", "-c", file, "-DRunAsUser=\(user)", "-DRunAsGroup=\(group)", "-DDataDir=\(path)",
                "-DCacheDir=\(path)", "-DLogDir=\(path)",
            ])
        #expect(result.status == 0, "\(result.output)")
        #expect((result.output + result.errors).contains("Instantiated 4 Services."), "\(result)")
    }
}
