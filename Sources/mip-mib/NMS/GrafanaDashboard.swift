import JSON

/// A Grafana dashboard for the metrics of `mip-mibd`, in schema version 38 (Grafana 9 and newer).
///
/// An agent is known by its name and the instance, because every home agent may be called `home`.
enum GrafanaDashboard {
    private struct Row {
        let title: String
        let panels: [Panel]
    }

    private struct Panel {
        enum Kind: String { case stat, table, timeseries }

        let kind: Kind
        let title: String
        let about: String
        let unit: String
        let width: Int
        let height: Int
        let queries: [(expression: String, legend: String)]
        /// Shows 1 as up in green and 0 as down in red.
        let colours: Bool

        init(
            _ kind: Kind, _ title: String, about: String = "", unit: String, width: Int, height: Int,
            _ queries: [(String, String)],
            colours: Bool = false
        ) {
            self.kind = kind
            self.title = title
            self.about = about
            self.unit = unit
            self.width = width
            self.height = height
            self.queries = queries.map { (expression: $0.0, legend: $0.1) }
            self.colours = colours
        }
    }

    /// Selects the chosen daemons, and the chosen agents, by the dashboard's variables.
    private static let daemons = #"job=~"$job", instance=~"$instance""#
    private static let agents = daemons + #", agent=~"$agent""#

    private static let rows = [
        Row(
            title: "Agents",
            panels: [
                Panel(
                    .stat, "Agents", about: "Whether mip-mibd is connected to the agent.", unit: "short", width: 8, height: 4,
                    [
                        ("mip_agent_up{\(agents)}", "{{agent}} {{instance}}")
                    ], colours: true),
                Panel(
                    .stat, "Uptime", unit: "s", width: 8, height: 4,
                    [
                        ("time() - mip_agent_start_time_seconds{\(agents)}", "{{agent}} {{instance}}")
                    ]),
                Panel(
                    .stat, "Age of the data", unit: "s", width: 8, height: 4,
                    [
                        ("mip_agent_data_age_seconds{\(agents)}", "{{agent}} {{instance}}")
                    ]),
                Panel(
                    .table, "Agent details", about: "Name, version, data plane and durability of each agent.", unit: "short",
                    width: 24, height: 4,
                    [
                        ("mip_agent_info{\(agents)}", "")
                    ]),
            ]),
        Row(
            title: "Registrations",
            panels: [
                Panel(
                    .timeseries, "Registrations per second", unit: "reqps", width: 12, height: 8,
                    [
                        (
                            "sum by (instance, agent, outcome) "
                                + "(rate(mip_home_agent_replies_sent_total{\(agents)}[$__rate_interval]))",
                            "{{agent}} {{instance}} {{outcome}}"
                        )
                    ]),
                Panel(
                    .timeseries, "Denied, by reason", unit: "reqps", width: 12, height: 8,
                    [
                        (
                            "sum by (instance, agent, meaning) "
                                + "(rate(mip_home_agent_replies_sent_total{\(agents), outcome=\"denied\"}[$__rate_interval])) > 0",
                            "{{agent}} {{instance}} {{meaning}}"
                        )
                    ]),
                Panel(
                    .timeseries, "Requests received", unit: "reqps", width: 12, height: 8,
                    [
                        (
                            ""
                                + "rate(mip_home_agent_requests_received_total{\(agents)}[$__rate_interval])",
                            "{{agent}} {{instance}} home agent"
                        ),
                        (
                            ""
                                + "rate(mip_foreign_agent_requests_received_total{\(agents)}[$__rate_interval])",
                            "{{agent}} {{instance}} foreign agent"
                        ),
                    ]),
                Panel(
                    .timeseries, "Share of registrations denied", unit: "percentunit", width: 12, height: 8,
                    [
                        (
                            "sum by (instance, agent) (rate(mip_home_agent_replies_sent_total{\(agents), "
                                + "outcome=\"denied\"}[$__rate_interval])) / (sum by (instance, agent) (rate(mip_home_agent_replies_sent_total{\(agents)}[$__rate_interval])) > 0)",
                            "{{agent}} {{instance}}"
                        )
                    ]),
            ]),
        Row(
            title: "Bindings and visitors",
            panels: [
                Panel(
                    .timeseries, "Mobility bindings", unit: "short", width: 8, height: 8,
                    [
                        ("mip_home_agent_bindings{\(agents)}", "{{agent}} {{instance}}"),
                        ("mip_home_agent_bindings_limit{\(agents)}", "{{agent}} {{instance}} limit"),
                    ]),
                Panel(
                    .timeseries, "Visitors", unit: "short", width: 8, height: 8,
                    [
                        ("mip_foreign_agent_visitors{\(agents)}", "{{agent}} {{instance}}"),
                        ("mip_foreign_agent_visitors_limit{\(agents)}", "{{agent}} {{instance}} limit"),
                    ]),
                Panel(
                    .timeseries, "Expired", unit: "ops", width: 8, height: 8,
                    [
                        (
                            "rate(mip_home_agent_bindings_expired_total{\(agents)}[$__rate_interval])",
                            "{{agent}} {{instance}} bindings"
                        ),
                        (
                            "rate(mip_foreign_agent_visitors_expired_total{\(agents)}[$__rate_interval])",
                            "{{agent}} {{instance}} visits"
                        ),
                    ]),
            ]),
        Row(
            title: "Moving nodes, and what agents say to each other",
            panels: [
                Panel(
                    .stat, "Moving nodes", about: "1 while a home agent moves its nodes to other home agents (mip-mib drain).",
                    unit: "short", width: 8, height: 8,
                    [
                        ("mip_home_agent_draining{\(agents)}", "{{agent}} {{instance}}")
                    ]),
                Panel(
                    .timeseries, "Requests for any home agent", unit: "reqps", width: 8, height: 8,
                    [
                        (
                            "rate(mip_home_agent_dynamic_requests_total{\(agents)}[$__rate_interval])",
                            "{{agent}} {{instance}} received"
                        ),
                        (
                            "rate(mip_home_agent_redirects_total{\(agents)}[$__rate_interval])",
                            "{{agent}} {{instance}} redirected"
                        ),
                    ]),
                Panel(
                    .timeseries, "Without acknowledgment", unit: "ops", width: 8, height: 8,
                    [
                        (
                            "rate(mip_home_agent_revocations_unacknowledged_total{\(agents)}[$__rate_interval])",
                            "{{agent}} {{instance}} revocations"
                        ),
                        (
                            "rate(mip_home_agent_notifications_unacknowledged_total{\(agents)}[$__rate_interval])",
                            "{{agent}} {{instance}} texts"
                        ),
                        (
                            "rate(mip_foreign_agent_revocations_unacknowledged_total{\(agents)}[$__rate_interval])",
                            "{{agent}} {{instance}} revocations of visits"
                        ),
                    ]),
            ]),
        Row(
            title: "Security and discards",
            panels: [
                Panel(
                    .timeseries, "Security violations per second", unit: "ops", width: 8, height: 8,
                    [
                        ("rate(mip_security_violations_total{\(agents)}[$__rate_interval])", "{{agent}} {{instance}}")
                    ]),
                Panel(
                    .timeseries, "Datagrams discarded, by reason", unit: "pps", width: 8, height: 8,
                    [
                        (
                            "sum by (instance, agent, reason) "
                                + "(rate(mip_datagrams_discarded_total{\(agents)}[$__rate_interval])) > 0",
                            "{{agent}} {{instance}} {{reason}}"
                        )
                    ]),
                Panel(
                    .timeseries, "Forwarding drops, by reason", unit: "pps", width: 8, height: 8,
                    [
                        (
                            "sum by (instance, agent, reason) "
                                + "(rate(mip_forwarding_datagrams_dropped_total{\(agents)}[$__rate_interval])) > 0",
                            "{{agent}} {{instance}} {{reason}}"
                        )
                    ]),
            ]),
        Row(
            title: "Management",
            panels: [
                Panel(
                    .timeseries, "HTTP requests per second", unit: "reqps", width: 8, height: 7,
                    [
                        (
                            "sum by (instance, status) (rate(mip_management_http_requests_total{\(daemons)}[$__rate_interval]))",
                            "{{status}} {{instance}}"
                        )
                    ]),
                Panel(
                    .timeseries, "Memory of mip-mibd", unit: "bytes", width: 8, height: 7,
                    [
                        ("process_resident_memory_bytes{\(daemons)}", "{{instance}}")
                    ]),
                Panel(
                    .timeseries, "Event streams and events per second", unit: "short", width: 8, height: 7,
                    [
                        ("mip_management_event_streams{\(daemons)}", "{{instance}} streams"),
                        ("rate(mip_management_events_total{\(daemons)}[$__rate_interval])", "{{instance}} events"),
                    ]),
            ]),
    ]

    // MARK: - JSON

    static var text: String {
        var panels: [JSONValue] = []
        var top = 0
        for row in rows {
            panels.append(
                object(
                    ("id", JSONValue(panels.count + 1)), ("type", "row"), ("title", .string(row.title)),
                    ("collapsed", .bool(false)), ("gridPos", place(0, top, 24, 1)), ("panels", .array([]))))
            top += 1
            var (left, height) = (0, 0)
            for panel in row.panels {
                if left + panel.width > 24 {
                    top += height
                    (left, height) = (0, 0)
                }
                panels.append(json(panel, id: panels.count + 1, left, top))
                left += panel.width
                height = max(height, panel.height)
            }
            top += height
        }
        let dashboard = object(
            ("title", "Mobile IPv4"), ("uid", "mip-mib"), ("tags", .array(["mip-mib", "mobile-ip"])), ("timezone", ""),
            ("schemaVersion", JSONValue(38)), ("version", JSONValue(1)), ("editable", .bool(true)), ("refresh", "30s"),
            ("time", object(("from", "now-1h"), ("to", "now"))),
            ("description", "Home agents, foreign agents and mobile nodes, as seen by mip-mibd."),
            (
                "templating",
                object(
                    (
                        "list",
                        .array([
                            object(
                                ("name", "datasource"), ("type", "datasource"), ("query", "prometheus"), ("label", "Data source")),
                            variable("job", "Job"), variable("instance", "Instance", among: #"{job=~"$job"}"#),
                            variable("agent", "Agent", among: "{\(daemons)}"),
                        ])
                    ))
            ),
            (
                "annotations",
                object(
                    (
                        "list",
                        .array([
                            object(
                                ("name", "Restarts"), ("datasource", source), ("enable", .bool(true)),
                                (
                                    "expr",
                                    .string(
                                        "changes(mip_agent_start_time_seconds{\(agents)}[2m]) > 0 "
                                            + "unless on (job, instance, agent) increase(mip_clock_steps_total{\(agents)}[2m]) > 0"
                                    )
                                ),
                                ("iconColor", "orange"),
                                ("titleFormat", "{{agent}} {{instance}} restarted"))
                        ])
                    ))
            ),
            ("panels", .array(panels)))
        return dashboard.indented() + "\n"
    }

    private static let source = object(("type", "prometheus"), ("uid", "${datasource}"))

    private static func object(_ members: (String, JSONValue)...) -> JSONValue { .object(mip_mib.Row(members)) }

    private static func place(_ x: Int, _ y: Int, _ width: Int, _ height: Int) -> JSONValue {
        object(("x", JSONValue(x)), ("y", JSONValue(y)), ("w", JSONValue(width)), ("h", JSONValue(height)))
    }

    /// - Parameter series: selects the series whose values can be chosen, by the variables chosen before.
    private static func variable(_ name: String, _ label: String, among series: String = "") -> JSONValue {
        object(
            ("name", .string(name)), ("type", "query"), ("label", .string(label)), ("datasource", source),
            ("query", object(("query", .string("label_values(mip_agent_up\(series), \(name))")), ("refId", .string(name)))),
            ("refresh", JSONValue(2)), ("includeAll", .bool(true)), ("multi", .bool(true)),
            ("current", object(("text", "All"), ("value", "$__all"))))
    }

    private static func json(_ panel: Panel, id: Int, _ x: Int, _ y: Int) -> JSONValue {
        let targets = zip("ABCDEFGH", panel.queries).map { letter, query in
            var target = mip_mib.Row([
                ("datasource", source), ("expr", .string(query.expression)), ("legendFormat", .string(query.legend)),
                ("refId", .string(String(letter))), ("editorMode", "code"),
                (panel.kind == .timeseries ? "range" : "instant", .bool(true)),
            ])
            if panel.kind == .table { target["format"] = "table" }
            return JSONValue.object(target)
        }
        var defaults = mip_mib.Row([("unit", .string(panel.unit)), ("min", JSONValue(0))])
        var options = mip_mib.Row()
        switch panel.kind {
        case .timeseries:
            defaults["custom"] = object(
                ("drawStyle", "line"), ("lineWidth", JSONValue(2)), ("fillOpacity", JSONValue(12)), ("showPoints", "never"))
            options["legend"] = object(("displayMode", "list"), ("placement", "bottom"))
            options["tooltip"] = object(("mode", "multi"))
        case .stat:
            options["reduceOptions"] = object(("calcs", .array(["lastNotNull"])))
            options["colorMode"] = "background"
            options["graphMode"] = "none"
            options["textMode"] = "auto"
        case .table: break
        }
        if panel.colours {
            defaults["mappings"] = .array([
                object(
                    ("type", "value"),
                    (
                        "options",
                        object(
                            ("0", object(("text", "down"), ("color", "red"))), ("1", object(("text", "up"), ("color", "green"))))
                    ))
            ])
            defaults["thresholds"] = object(
                ("mode", "absolute"),
                (
                    "steps",
                    .array([
                        object(("color", "red"), ("value", .null)), object(("color", "green"), ("value", JSONValue(1))),
                    ])
                ))
        }
        var row = mip_mib.Row([
            ("id", JSONValue(id)), ("type", .string(panel.kind.rawValue)), ("title", .string(panel.title)),
            ("description", .string(panel.about)), ("datasource", source), ("gridPos", place(x, y, panel.width, panel.height)),
            ("targets", .array(targets)),
            ("fieldConfig", object(("defaults", .object(defaults)), ("overrides", .array([])))), ("options", .object(options)),
        ])
        if panel.kind == .table {
            let hidden = object(("Time", .bool(true)), ("Value", .bool(true)), ("__name__", .bool(true)))
            row["transformations"] = .array([
                object(("id", "organize"), ("options", object(("excludeByName", hidden))))
            ])
        }
        return .object(row)
    }
}

extension JSONValue {
    /// The JSON text of the value, with one member or element per line.
    func indented(_ margin: String = "") -> String {
        let inner = margin + "  "
        switch self {
        case .array(let values) where !values.isEmpty:
            return "[\n" + values.map { inner + $0.indented(inner) }.joined(separator: ",\n") + "\n\(margin)]"
        case .object(let row) where !row.members.isEmpty:
            let members = row.members.map { "\(inner)\(JSONValue.string($0.name).json): \($0.value.indented(inner))" }
            return "{\n" + members.joined(separator: ",\n") + "\n\(margin)}"
        default: return json
        }
    }
}
