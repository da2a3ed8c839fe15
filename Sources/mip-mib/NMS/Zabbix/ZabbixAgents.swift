import JSON

/// The template that finds the agents behind an SNMP entity, by its SNMP contexts, and makes a host of each.
enum ZabbixAgents {
    /// The group of the hosts that are made.
    static let group = "Mobile IP agents"

    private static let macros =
        ZabbixMacro.intervals + [
            ZabbixMacro(name: "MIP.SNMP.WINDOW", value: "5m", description: "How long a host is silent before that is a problem."),
            ZabbixMacro(name: "MIP.AGENT.MATCHES", value: ".+", description: "SNMP contexts that are agents of Mobile IP."),
            ZabbixMacro(
                name: "MIP.HOST", value: "", description: "With what the names of the agents' hosts begin; empty for sysName."),
            ZabbixMacro(
                name: "MIP.COMMUNITY", value: "public",
                description: "The community of SNMPv1 and v2c interfaces. At the hosts of agents it is the agent's name."),
            ZabbixMacro(
                name: "MIP.CONTEXT", value: "",
                description: "The context of SNMPv3 interfaces. At the hosts of agents it is the agent's name."),
        ]

    static let trigger = ZabbixTrigger(
        name: "Host does not answer SNMP",
        expression: "max(/\(ZabbixTemplate.agents)/\(ZabbixTrigger.availability),{$MIP.SNMP.WINDOW})=0", priority: .high,
        scope: "availability", description: "The host, its network or snmpd is down, or the community or user is not accepted.",
        identity: "trigger of agents")

    static func template(_ names: MIBNames) -> JSONValue {
        var availability = ZabbixItem(
            key: ZabbixTrigger.availability, name: "SNMP availability", source: .server, component: "agents")
        availability.namedLabels = ZabbixValueMap.availability
        var uptime = ZabbixItem(
            key: "mip[sysUpTime]", name: "Uptime of SNMP", source: .snmp("1.3.6.1.2.1.1.3.0"), component: "agents")
        (uptime.valueType, uptime.units) = ("FLOAT", "uptime")
        uptime.factor = "0.01"
        let map = ZabbixValueMap.map(
            name: ZabbixValueMap.availability, of: ZabbixTemplate.agents, ZabbixValueMap.availabilities)
        // vacmContextName (RFC 3415).
        var rule = ZabbixRule(
            key: "mip.agents", name: "Agents",
            description: "The SNMP contexts, one for each agent of mip-mibd; the view must include 1.3.6.1.6.3.16.1.1.",
            columns: [("MIP.AGENT", "1.3.6.1.6.3.16.1.1.1.1"), ("MIP.HOST", "1.3.6.1.2.1.1.5")])
        // Names of hosts are unique, and cannot contain that of the host where the rule is. sysName.0 comes with the default context, whose
        // index is 0 too.
        rule.beginning = """
            var host = '{$MIP.HOST}';
            rows.forEach(function (r) { host = host || r['{#MIP.HOST}'] || ''; });
            """
        rule.script = "  r['{#MIP.HOST}'] = host.replace(/[^0-9A-Za-z_. -]/g, '-');"
        rule.filter = ("MIP.AGENT", "{$MIP.AGENT.MATCHES}")
        rule.lifetime = "30d"
        rule.hosts = [
            [
                "uuid": ZabbixTemplate.uuid("host"), "host": "{#MIP.HOST} {#MIP.AGENT}", "name": "{#MIP.HOST}: {#MIP.AGENT}",
                "group_links": [["group": ["name": .string(group)]]],
                "templates": [["name": .string(ZabbixTemplate.agent)]],
                "macros": ZabbixMacro.json([
                    ZabbixMacro(
                        name: "MIP.COMMUNITY", value: "{#MIP.AGENT}", description: "The community of the agent's context."),
                    ZabbixMacro(name: "MIP.CONTEXT", value: "{#MIP.AGENT}", description: "The agent's context."),
                    ZabbixMacro(name: "MIP.AGENT", value: "{#MIP.AGENT}", description: "The agent whose traps are shown."),
                    ZabbixMacro(name: "MIP.SNMP.ALERT", value: "0", description: "The host that found the agent alerts for all."),
                ]),
            ]
        ]
        return .object(
            ZabbixTemplate.base(
                "template agents", ZabbixTemplate.agents,
                "The agents behind one snmpd or mip-mibd, each of which becomes a host. Link it to a host whose SNMP interface has the "
                    + "community {$MIP.COMMUNITY} or, for SNMPv3, the context {$MIP.CONTEXT}."
            ).merging([
                "items": .array([availability, uptime].map { $0.json(of: ZabbixTemplate.agents) }),
                "discovery_rules": [rule.json], "macros": ZabbixMacro.json(macros), "valuemaps": [map],
            ]))
    }
}
