import JSON
import MIPMIB

/// A discovery rule: what is found in a table or, by the presence of one of its scalars, that an agent plays a role.
struct ZabbixRule {
    let key: String
    let name: String
    let description: String
    /// What is read, and the macro that has the value.
    let columns: [(macro: String, oid: String)]
    var items: [ZabbixItem] = []
    var triggers: [ZabbixTrigger] = []
    var graphs: [ZabbixGraph] = []
    /// A macro of discovery and the macro whose regular expression it must match.
    var filter: (macro: String, pattern: String)?
    /// Whether the table may be long, so that only its first rows get items.
    var isLong = false
    /// JavaScript that adds macros to a row `r`, and what comes before it; empty for none.
    var script = ""
    var beginning = ""
    /// How long Zabbix keeps what is no longer found.
    var lifetime = "7d"
    /// Hosts made from what is found.
    var hosts: JSONValue?

    var json: JSONValue {
        let oids = columns.map { "{#\($0.macro)},\($0.oid)" }.joined(separator: ",")
        var object: JSONObject = [
            "uuid": ZabbixTemplate.uuid("rule \(key)"), "name": .string(name), "type": "SNMP_AGENT",
            "snmp_oid": .string("discovery[\(oids)]"), "key": .string(key), "delay": "{$MIP.DISCOVERY.INTERVAL}",
            "lifetime": .string(lifetime), "description": .string(description),
        ]
        if let filter {
            object["filter"] = [
                "conditions": [["macro": .string("{#\(filter.macro)}"), "value": .string(filter.pattern), "formulaid": "A"]]
            ]
        }
        var steps: [JSONValue] = []
        if isLong {
            steps.append([
                "type": "JSONPATH", "parameters": ["$[:{$MIP.ROWS.MAX}]"], "error_handler": "CUSTOM_VALUE",
                "error_handler_params": "[]",
            ])
        }
        if !script.isEmpty {
            let lines = [
                "var rows = JSON.parse(value);", beginning, "rows.forEach(function (r) {", script, "});",
                "return JSON.stringify(rows);",
            ]
            let text = lines.filter { !$0.isEmpty }.joined(separator: "\n")
            steps.append(["type": "JAVASCRIPT", "parameters": [.string(text)]])
        }
        // Most of the time nothing has changed, and Zabbix need not compare.
        steps.append(["type": "DISCARD_UNCHANGED_HEARTBEAT", "parameters": ["{$MIP.DISCOVERY.HEARTBEAT}"]])
        object["preprocessing"] = .array(steps)
        if !items.isEmpty { object["item_prototypes"] = .array(items.map { $0.json() }) }
        if !triggers.isEmpty { object["trigger_prototypes"] = .array(triggers.map(\.json)) }
        if !graphs.isEmpty { object["graph_prototypes"] = .array(graphs.map { $0.json() }) }
        if let hosts { object["host_prototypes"] = hosts }
        return .object(object)
    }

    /// JavaScript for an object that has the labels of an enumeration by number.
    static func labels(_ node: MIBNode) -> String {
        let pairs = node.text.syntax?.names ?? []
        return "{" + pairs.map { "\($0.number):'\($0.label)'" }.joined(separator: ",") + "}"
    }
}

/// A user macro of a template, which a host can change.
struct ZabbixMacro {
    let name: String
    let value: String
    let description: String

    static func json(_ macros: [ZabbixMacro]) -> JSONValue {
        .array(
            macros.map {
                ["macro": .string("{$\($0.name)}"), "value": .string($0.value), "description": .string($0.description)]
            })
    }

    static let intervals = [
        ZabbixMacro(name: "MIP.INTERVAL", value: "1m", description: "How often an agent is read."),
        ZabbixMacro(
            name: "MIP.DISCOVERY.INTERVAL", value: "10m", description: "How often roles, rows and agents are looked for."),
        ZabbixMacro(
            name: "MIP.DISCOVERY.HEARTBEAT", value: "1h",
            description: "How often what was found is compared with the items although it has not changed."),
    ]

    static let agent =
        intervals + [
            ZabbixMacro(
                name: "MIP.ROWS.INTERVAL", value: "5m", description: "How often bindings, visitors and associations are read."),
            ZabbixMacro(name: "MIP.ROWS.MAX", value: "200", description: "Rows of each table that get items: the first ones."),
            ZabbixMacro(
                name: "MIP.BINDING.MATCHES", value: ".*", description: "Home addresses whose bindings get items; ^$ for none."),
            ZabbixMacro(
                name: "MIP.VISITOR.MATCHES", value: ".*", description: "Home addresses whose visits get items; ^$ for none."),
            ZabbixMacro(
                name: "MIP.ASSOCIATION.MATCHES", value: ".*",
                description: "Peers whose security associations get items; ^$ for none."),
            ZabbixMacro(
                name: "MIP.AGENT", value: "\\S+",
                description: "The agent whose traps are shown; by default every agent of the interface's address."),
            ZabbixMacro(
                name: "MIP.SNMP.ALERT", value: "1",
                description: "1 to alert when the host does not answer SNMP; 0 where another host of the same address does."),
            ZabbixMacro(name: "MIP.SNMP.WINDOW", value: "5m", description: "How long a host is silent before that is a problem."),
            ZabbixMacro(
                name: "MIP.DATA.WINDOW", value: "10m", description: "How long mip-mibd gives no data before that is a problem."),
            ZabbixMacro(name: "MIP.DOWN.WINDOW", value: "3m", description: "How long an agent is away before that is a problem."),
            ZabbixMacro(
                name: "MIP.AGE.MAX", value: "10000", description: "Milliseconds for which an agent may be connected, but silent."),
            ZabbixMacro(name: "MIP.DISABLED.WINDOW", value: "5m", description: "How long registration may be disabled."),
            ZabbixMacro(
                name: "MIP.VIOLATIONS.WINDOW", value: "10m", description: "The time over which security violations are averaged."),
            ZabbixMacro(name: "MIP.VIOLATIONS.MAX", value: "0.5", description: "Security violations per minute that are usual."),
            ZabbixMacro(
                name: "MIP.DENIED.WINDOW", value: "10m", description: "The time over which denied registrations are averaged."),
            ZabbixMacro(name: "MIP.DENIED.MAX", value: "20", description: "Percentage of denied requests that is usual."),
            ZabbixMacro(
                name: "MIP.DENIED.MIN", value: "0.5", description: "Denied requests per minute below which none matters."),
            ZabbixMacro(
                name: "MIP.CAPACITY.WINDOW", value: "5m", description: "How long a table is full before that is a problem."),
            ZabbixMacro(name: "MIP.CAPACITY.MAX", value: "90", description: "Percentage of a table's limit that is a problem."),
            ZabbixMacro(
                name: "MIP.CAPACITY.MAX:\"violators\"", value: "101",
                description: "The table of violators is full during an attack and loses nothing by it."),
            ZabbixMacro(
                name: "MIP.RESTART.WINDOW", value: "10m",
                description: "How long a restart of an agent, or a step of its clock, is shown."),
            ZabbixMacro(
                name: "MIP.DRAIN.WINDOW", value: "15m",
                description: "How long a home agent that moves its nodes elsewhere may lose no bindings."),
            ZabbixMacro(
                name: "MIP.NODE.WINDOW", value: "5m", description: "How long a mobile node may be neither at home nor registered."
            ),
        ]
}
