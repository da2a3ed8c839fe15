import JSON

/// A graph, or a graph prototype of a discovery rule.
struct ZabbixGraph {
    let name: String
    /// The keys of the items.
    let keys: [String]

    private static let colours = ["1A7C11", "C62828", "274482", "F0A30A", "7B1FA2", "00838F"]

    func json() -> JSONValue {
        [
            "uuid": ZabbixTemplate.uuid("graph \(name)"), "name": .string(name),
            "graph_items": .array(
                keys.enumerated().map { place, key in
                    [
                        "sortorder": .string("\(place)"), "color": .string(Self.colours[place % Self.colours.count]),
                        "item": ["host": .string(ZabbixTemplate.agent), "key": .string(key)],
                    ]
                }),
        ]
    }
}

/// The dashboard of an agent's host. Graphs of roles that it does not play are empty.
enum ZabbixDashboard {
    /// Graphs of items that every agent has.
    static let graphs = [
        ZabbixGraph(name: "Security violations", keys: ["mip[mipSecTotalViolations]"]),
        ZabbixGraph(name: "Connection to the agent", keys: ["mip[mipExtSourceAge]"]),
        ZabbixGraph(name: "Datagrams received", keys: ["mip[mipExtDatagramsReceived]", "mip[mipExtEventsSuppressed]"]),
    ]

    /// The graph prototypes of a rule.
    static func graphs(of rule: String) -> [ZabbixGraph] {
        func graph(_ name: String, _ objects: [String]) -> ZabbixGraph {
            ZabbixGraph(name: name, keys: objects.map(ZabbixScalars.key))
        }
        return switch rule {
        case "mip.home":
            [
                graph("{#HOMEAGENT}: bindings", ["haRegMobilityBindingCount"]),
                graph("{#HOMEAGENT}: registrations", ["haRegRequestsReceived", "haRegistrationAccepted", "mip.home.denied"]),
            ]
        case "mip.foreign":
            [
                graph("{#FOREIGNAGENT}: visitors", ["faRegVisitorCount"]),
                graph("{#FOREIGNAGENT}: registrations", ["faRegRequestsReceived", "faRegRequestsRelayed", "mip.foreign.denied"]),
            ]
        case "mip.node":
            [graph("{#MOBILENODE}: registrations", ["mnRegRequestsSent", "mnRegRequestsAccepted", "mnRegRequestsDeniedByHA"])]
        case "mip.capacity": [ZabbixGraph(name: "Capacity: {#MIP.RESOURCE}", keys: ["mip[capacity,{#SNMPINDEX}]"])]
        default: []
        }
    }

    static var json: JSONValue {
        let prototypes = ["mip.home", "mip.foreign", "mip.node"].flatMap(graphs(of:))
        let plain =
            graphs.map { ($0, false) } + prototypes.map { ($0, true) } + Self.graphs(of: "mip.capacity").map { ($0, true) }
        let widgets: [JSONValue] = plain.enumerated().map { place, entry in
            let (graph, isPrototype) = entry
            let isCapacity = graph.name.hasPrefix("Capacity")
            var fields: [JSONValue] = [
                [
                    "type": isPrototype ? "GRAPH_PROTOTYPE" : "GRAPH", "name": "graphid",
                    "value": ["host": .string(ZabbixTemplate.agent), "name": .string(graph.name)],
                ]
            ]
            if isPrototype {
                fields += [
                    ["type": "INTEGER", "name": "columns", "value": isCapacity ? "3" : "1"],
                    ["type": "INTEGER", "name": "rows", "value": isCapacity ? "2" : "1"],
                ]
            }
            return [
                "type": isPrototype ? "GRAPH_PROTOTYPE" : "GRAPH_CLASSIC", "name": .string(isCapacity ? "Capacity" : graph.name),
                "x": .string(isCapacity ? "0" : "\(place % 3 * 8)"), "width": isCapacity ? "24" : "8",
                // The capacities have lines of their own below the others.
                "y": .string("\((isCapacity ? place + 2 : place) / 3 * 5)"), "height": isCapacity ? "8" : "5",
                "fields": .array(fields),
            ]
        }
        return ["uuid": ZabbixTemplate.uuid("dashboard"), "name": "Mobile IPv4 agent", "pages": [["widgets": .array(widgets)]]]
    }
}
