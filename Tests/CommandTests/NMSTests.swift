import AgentModel
import Foundation
import MIPMIB
import MIPTesting
import ManagementCore
import MobileIPv4
import Testing
import Yams

@Suite("Files for monitoring systems")
struct NMSTests {
    static let files = [
        ("snmp-exporter", "snmp_exporter/snmp.yml"), ("snmp-exporter-0.23", "snmp_exporter/snmp-0.23.yml"),
        ("zabbix", "zabbix/mobile-ipv4-agent.yaml"), ("zabbix-traps", "zabbix/snmptt.conf.mip-mib-zabbix"),
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
        // The objects of other modules: the contexts of VACM, sysName, sysUpTime.
        var known: Set = ["1.3.6.1.6.3.16.1.1", "1.3.6.1.6.3.16.1.1.1.1", "1.3.6.1.2.1.1.5", "1.3.6.1.2.1.1.3"]
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
        arguments: ["snmp-exporter", "snmp-exporter-0.23", "zabbix", "librenms", "grafana", "prometheus-rules"])
    func yaml(system: String) async throws {
        let text = try await Scene.run(["nms", system]).output
        #expect(try Yams.load(yaml: text) is [String: Any])
    }

    /// What Zabbix imports, and in it the template of an agent.
    private static func zabbixTemplate() async throws -> (export: [String: Any], agent: [String: Any]) {
        let text = try await Scene.run(["nms", "zabbix"]).output
        let export = try #require((try Yams.load(yaml: text) as? [String: Any])?["zabbix_export"] as? [String: Any])
        let templates = try #require(export["templates"] as? [[String: Any]])
        return (export, try #require(templates.first { $0["name"] as? String == "Mobile IPv4 agent by SNMP" }))
    }

    @Test("Zabbix discovers the items of a role, and none of its triggers names an item that the template lacks")
    func zabbix() async throws {
        let (export, agent) = try await Self.zabbixTemplate()
        func keys(_ owner: [String: Any], _ list: String) -> [String] {
            (owner[list] as? [[String: Any]] ?? []).compactMap { $0["key"] as? String }
        }
        let items = keys(agent, "items")
        #expect(items.contains("mip[mipExtSourceStatus]"))
        #expect(items.filter { $0.contains(/^mip\[(ha|fa|mn|ma|mipExt(Ha|Fa|Mn))[A-Z]/) }.isEmpty)
        let rules = try #require(agent["discovery_rules"] as? [[String: Any]])
        let known = Set(items + rules.flatMap { keys($0, "item_prototypes") })
        #expect(known.contains("mip[haRegMobilityBindingCount,{#SNMPINDEX}]"))
        let triggers =
            (export["triggers"] as? [[String: Any]] ?? []) + rules.flatMap { $0["trigger_prototypes"] as? [[String: Any]] ?? [] }
        let named = triggers.compactMap { $0["expression"] as? String }
            .flatMap { $0.matches(of: /\/Mobile IPv4 agent by SNMP\/([a-z]+\[[^\]]*\])/).map { String($0.output.1) } }
        #expect(named.count > 10)
        #expect(Set(named).subtracting(known).isEmpty)
    }

    @Test(
        "An agent with nothing to show yet has a value for every item that the Zabbix template finds for it",
        arguments: [AgentRole.homeAgent, .foreignAgent, .mobileNode])
    func zabbixScalars(role: AgentRole) async throws {
        let (_, agent) = try await Self.zabbixTemplate()
        var counters = AgentCounters()
        switch role {
        case .homeAgent: counters.homeAgent = HomeAgentCounters()
        case .foreignAgent: counters.foreignAgent = ForeignAgentCounters()
        case .mobileNode: counters.mobileNode = MobileNodeCounters()
        }
        var changes = [StateChange.information(Samples.information(roles: [role])), .counters(counters)]
        if role == .mobileNode {
            changes.append(
                .mobileNodeStatus(
                    MobileNodeStatus(state: .registered, homeAddress: IPv4Address(10, 0, 1, 1), nai: nil, homeAgents: [])))
        }
        let state = AgentState(name: "a", changes: changes, agentTime: Samples.start)
        let instances = Set(MIBReading(MIBView(state: state, sysUpTime: 5)).values.keys)
        // What the rules find: the scalars of each rule whose first one has an instance.
        let mib = MIPMIB()
        var (found, missing): (Int, [String]) = (0, [])
        for rule in try #require(agent["discovery_rules"] as? [[String: Any]]) {
            let source = try #require(rule["snmp_oid"] as? String)
            let numbers = try #require(source.firstMatch(of: /,([\d.]+)/)).output.1.split(separator: ".").compactMap { UInt($0) }
            guard let probe = mib.object(of: numbers.span)?.0.name, instances.contains("\(probe).0") else { continue }
            for item in rule["item_prototypes"] as? [[String: Any]] ?? [] where item["type"] as? String == "SNMP_AGENT" {
                let steps = (item["preprocessing"] as? [[String: Any]] ?? []).compactMap { $0["type"] as? String }
                let name = try #require((item["key"] as? String)?.firstMatch(of: /^mip\[(\w+),/)).output.1
                found += 1
                if !steps.contains("CHECK_NOT_SUPPORTED") && !instances.contains("\(name).0") { missing.append("\(name)") }
            }
        }
        #expect(found > 20)
        #expect(missing.isEmpty)
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

    @Test("The file for snmp_exporter since 0.23 has the same module, and its credentials apart")
    func snmpExporterWithAuths() async throws {
        let before = try #require(try Yams.load(yaml: try await Scene.run(["nms", "snmp-exporter"]).output) as? [String: Any])
        var module = try #require(before["mip_mib"] as? [String: Any])
        let credentials = try #require(module.removeValue(forKey: "auth") as? [String: Any])
        let version = try #require(module.removeValue(forKey: "version") as? Int)
        #expect(module.keys.sorted() == ["metrics", "walk"])
        let since = try #require(
            try Yams.load(yaml: try await Scene.run(["nms", "snmp-exporter-0.23"]).output) as? [String: [String: [String: Any]]])
        #expect(since.keys.sorted() == ["auths", "modules"])
        #expect(since["modules"]?.keys.sorted() == ["mip_mib"])
        func text(_ value: [String: Any]?) throws -> String { try Yams.dump(object: value, sortKeys: true) }
        #expect(try text(since["modules"]?["mip_mib"]) == text(module))
        #expect(try text(since["auths"]?["public_v2"]) == text(credentials.merging(["version": version]) { $1 }))
    }

    @Test("In Grafana, two agents of one name are apart: every query keeps the instance, and every legend shows it")
    func grafanaInstances() async throws {
        let text = try await Scene.run(["nms", "grafana"]).output
        let dashboard = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        let panels = try #require(dashboard["panels"] as? [[String: Any]])
        var count = 0
        for panel in panels {
            for target in panel["targets"] as? [[String: Any]] ?? [] {
                let expression = try #require(target["expr"] as? String)
                count += 1
                #expect(!expression.matches(of: /instance=~"\$instance"/).isEmpty, "\(expression)")
                #expect(expression.matches(of: /\bby \((?!instance, )/).isEmpty, "\(expression)")
                let legend = try #require(target["legendFormat"] as? String)
                #expect(legend.contains("{{instance}}") || panel["type"] as? String == "table", "\(expression)")
            }
        }
        #expect(count > 20)
    }
}
