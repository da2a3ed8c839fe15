import ArgumentParser
import MIPMIB

struct NMSCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "nms", abstract: "Print a configuration file for a monitoring system.", usage: "mip-mib nms <system>",
        discussion: """
            Examples:
              mip-mib nms snmp-exporter > snmp.yml
              mip-mib nms zabbix > template.yaml
              mip-mib nms zabbix-traps > snmptt.conf.mip-mib-zabbix
              mip-mib nms icinga > mip-mib.conf
              mip-mib nms snmptt > snmptt.conf.mip-mib
              mip-mib nms grafana > dashboard.json
              mip-mib nms prometheus-rules > mip-mib.rules.yaml

            grafana and prometheus-rules use the metrics of mip-mibd. The others use SNMP and are generated from the object table.
            snmp-exporter is for versions of snmp_exporter before 0.23, such as Debian 12's; snmp-exporter-0.23 for 0.23 and newer.
            """)

    enum System: String, CaseIterable, ExpressibleByArgument {
        case snmpExporter = "snmp-exporter"
        case snmpExporterWithAuths = "snmp-exporter-0.23"
        case zabbix
        case zabbixTraps = "zabbix-traps"
        case icinga, snmptt, librenms, grafana
        case prometheusRules = "prometheus-rules"
    }

    @Argument(
        help: """
            The system: snmp-exporter, snmp-exporter-0.23, zabbix, zabbix-traps, icinga, snmptt, librenms, grafana or prometheus-rules.
            """)
    var system: System

    func run() {
        let names = MIBNames()
        var output = StandardOutput()
        let text =
            switch system {
            case .snmpExporter: SNMPExporterModule.text(names)
            case .snmpExporterWithAuths: SNMPExporterModule.textWithAuths(names)
            case .zabbix: ZabbixTemplate.text(names)
            case .zabbixTraps: ZabbixTraps.events(names)
            case .icinga: IcingaServices.text(names)
            case .snmptt: SNMPTTEvents.text(names)
            case .librenms: LibreNMSDiscovery.text(names)
            case .grafana: GrafanaDashboard.text
            case .prometheusRules: PrometheusRules.text
            }
        output.write(text)
        output.flush()
    }
}

extension MIBNames {
    /// The readable scalars that are numbers, sorted by OID.
    var numericScalars: [NamedNode] {
        nodes.filter { $0.kind == "scalar" && $0.object?.access.isReadable == true && $0.object?.syntax.isNumber == true }
    }
}

extension NamedNode {
    var oidText: String { oid.map(String.init).joined(separator: ".") }
}
