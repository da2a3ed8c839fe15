import MIPMIB
import ManagementCore

/// Objects for Icinga 2: a command and a service for each thing that can be wrong.
enum IcingaObjects {
    static func text(_ names: MIBNames) -> String {
        var text = """
            // Written by: mip-mib nms icinga. Hosts with vars.mobile_ip = true get the services.

            """
        let watched: [(object: String, title: String, warning: String?, critical: String?)] = [
            ("mipEnable", "registration", nil, "1:1"), ("mipSecTotalViolations", "security violations", "1", nil),
            ("mipExtSourceStatus", "agent connection", "3:3", "3:4"), ("mipExtSourceAge", "age of the snapshot", "500", "3000"),
        ]
        for entry in watched {
            guard let node = names.node(named: entry.object) else { continue }
            let isRate = node.object?.syntax.isCounter == true
            text += """

                apply Service "mobile-ip \(entry.title)" {
                  import "generic-service"
                  check_command = "snmp"
                  vars.snmp_oid = ".\(node.oidText).0"
                  vars.snmp_version = "2c"
                  vars.snmp_label = "\(node.name)"
                \(entry.warning.map { "  vars.snmp_warn = \"\($0)\"\n" } ?? "")\(entry.critical.map { "  vars.snmp_crit = \"\($0)\"\n" } ?? "")\(isRate ? "  vars.snmp_rate = true\n" : "")  assign where host.vars.mobile_ip
                }

                """
        }
        return text
    }
}

/// Events for snmptt, one for each notification.
enum SNMPTTEvents {
    static func text(_ names: MIBNames) -> String {
        var text = "# Written by: mip-mib nms snmptt\n"
        let kinds = Dictionary(uniqueKeysWithValues: NotificationKind.allCases.map { ($0.name, $0) })
        for node in names.nodes where node.kind == "notification" {
            let severity =
                switch kinds[node.name]?.descriptor.severity {
                case .warning: "WARNING"
                case .normal, nil: "Normal"
                }
            text += """
                #
                EVENT \(node.name) .\(node.oidText) "Mobile IP" \(severity)
                FORMAT \(node.name) from $aA: $+*

                """
        }
        return text
    }
}

/// Sensors for LibreNMS, for its os_discovery of Linux.
enum LibreNMSDiscovery {
    static func text(_ names: MIBNames) -> String {
        var text = "# Written by: mip-mib nms librenms\nmodules:\n  sensors:\n    count:\n      data:\n"
        let scalars = names.numericScalars.filter { $0.object?.syntax.base == .gauge32 }
        for node in scalars { text += sensor(node) }
        text += "    state:\n      data:\n"
        for node in names.numericScalars where node.object?.syntax.base == .enumeration {
            text += sensor(node) + "          states:\n"
            for name in node.object?.syntax.names ?? [] {
                let isFine = ["enabled", "true", "synchronized", "home", "registered"].contains(name.label)
                text += "            - { value: \(name.number), descr: \(name.label), graph: 0, generic: \(isFine ? 0 : 1) }\n"
            }
        }
        return text
    }

    private static func sensor(_ node: NamedNode) -> String {
        """
                - oid: \(node.module)::\(node.name)
                  value: \(node.module)::\(node.name)
                  num_oid: '.\(node.oidText).{{ $index }}'
                  index: '\(node.name).{{ $index }}'
                  descr: \(node.quotedSummary)

        """
    }
}
