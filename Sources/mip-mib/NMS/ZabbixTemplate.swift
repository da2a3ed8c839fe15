import Crypto
import JSON
import MIPMIB
import MobileIPv4

/// A template for Zabbix 6.0, which newer servers read as well: scalars as items, an alarm for an agent that is switched off, and a
/// discovery of bindings' home agents is left to those who want a series for each node.
enum ZabbixTemplate {
    static func text(_ names: MIBNames) -> String {
        var text = """
            # Written by: mip-mib nms zabbix
            zabbix_export:
              version: '6.0'
              groups:
                - uuid: \(uuid("group"))
                  name: Templates/Mobile IP
              templates:
                - uuid: \(uuid("template"))
                  template: Mobile IPv4 agent by SNMP
                  name: Mobile IPv4 agent by SNMP
                  groups:
                    - name: Templates/Mobile IP
                  items:

            """
        for node in names.numericScalars { text += item(node) }
        return text
    }

    private static func item(_ node: NamedNode) -> String {
        guard let object = node.object else { return "" }
        var text = """
                    - uuid: \(uuid(node.name))
                      name: \(node.name)
                      type: SNMP_AGENT
                      snmp_oid: \(node.oidText).0
                      key: mip[\(node.name)]
                      delay: 1m
                      description: \(JSONValue.string("\(node.module): \(object.summary)").json)

            """
        if object.syntax.isCounter {
            text +=
                "          preprocessing:\n            - type: CHANGE_PER_SECOND\n              parameters:\n                - ''\n"
        }
        if object.syntax.isCounter { text += "          value_type: FLOAT\n" }
        text += "          tags:\n            - tag: component\n              value: \(component(node))\n"
        if node.name == "mipEnable" {
            text += """
                          triggers:
                            - uuid: \(uuid("mipEnable.trigger"))
                              expression: 'last(/Mobile IPv4 agent by SNMP/mip[mipEnable])=2'
                              name: Registration is switched off
                              priority: WARNING

                """
        }
        return text
    }

    private static func component(_ node: NamedNode) -> String {
        for (prefix, word) in [("ha", "home-agent"), ("fa", "foreign-agent"), ("mn", "mobile-node"), ("ma", "advertising")] {
            if node.name.hasPrefix(prefix), node.name.dropFirst(2).first?.isUppercase == true { return word }
        }
        return "agent"
    }

    /// The same for the same name, in the form of a random one (RFC 9562 §5.4), as Zabbix demands.
    private static func uuid(_ name: String) -> String {
        var octets = Array(SHA256.hash(data: Array("mip-mib zabbix \(name)".utf8)).prefix(16))
        octets[6] = octets[6] & 0x0F | 0x40
        octets[8] = octets[8] & 0x3F | 0x80
        return Hexadecimal.text(octets)
    }
}
