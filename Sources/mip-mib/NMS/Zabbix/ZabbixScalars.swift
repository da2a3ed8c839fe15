import MIPMIB
import MobileIPv4

/// The scalars of the MIB modules. Those of a role have instances only where an agent plays it, so a rule per role discovers them.
enum ZabbixScalars {
    /// Scalars that are present together.
    private struct Part: Sendable {
        /// The scalar by which the part is recognized.
        let probe: String
        let key: String
        let component: String
        let name: String
        let description: String
        /// Whether a start of the agent ends the part, so that its items stay without a value although all is well.
        var endsWithAgent = false
        let contains: @Sendable (NamedNode) -> Bool
    }

    /// Whether a descriptor is one of these prefixes and a word in capitals: `ha` is that of `haAdmProhibited`.
    private static func begins(_ node: NamedNode, _ prefixes: [String]) -> Bool {
        prefixes.contains { node.name.hasPrefix($0) && node.name.dropFirst($0.count).first?.isUppercase == true }
    }

    private static let parts: [Part] = [
        received(
            "mipExtMnHaMessage", key: "mip.text.home", name: "Text of a home agent",
            "The latest text for the user from a home agent; nothing until the node has received one."),
        received(
            "mipExtMnFaMessage", key: "mip.text.foreign", name: "Text of a foreign agent",
            "The latest text for the user from a foreign agent; nothing until the node has received one."),
        received(
            "mipExtMnFaError", key: "mip.error.foreign", name: "Error of a foreign agent",
            "The latest error that a foreign agent reported in a reply; nothing until there was one."),
        Part(
            probe: "mipExtMnSearchState", key: "mip.search", component: "mobile-node", name: "Search for a home agent",
            description: "How far a mobile node has got that registers with any home agent.", endsWithAgent: true
        ) { $0.name.hasPrefix("mipExtMnSearch") },
        Part(
            probe: "mipExtMnHostTime", key: "mip.host", component: "mobile-node", name: "Host configuration",
            description: "The host configuration of a mobile node; nothing until its home agent has given it one.",
            endsWithAgent: true
        ) { $0.name.hasPrefix("mipExtMnHost") && $0.object?.syntax.isCounter == false },
        Part(
            probe: "mipExtDrainRedirected", key: "mip.redirected", component: "home-agent", name: "Moving nodes",
            description: "What a home agent counts while it moves its nodes to other home agents.", endsWithAgent: true
        ) { ["mipExtDrainRedirected", "mipExtDrainBindings", "mipExtDrainMovableBindings"].contains($0.name) },
        Part(
            probe: "mnAdvSequence", key: "mip.heard", component: "mobile-node", name: "Advertisement heard",
            description: "The latest advertisement that a mobile node heard; nothing until it has heard one.", endsWithAgent: true
        ) { begins($0, ["mnAdv"]) && $0.object?.syntax.isCounter == false },
        Part(
            probe: "mnState", key: "mip.node", component: "mobile-node", name: "Mobile node",
            description: "The scalars of the role of a mobile node."
        ) { begins($0, ["mn", "mipExtMn"]) },
        Part(
            probe: "maAdvertisementsSent", key: "mip.advertising", component: "advertising", name: "Advertising",
            description: "The scalars of agents that advertise themselves."
        ) { begins($0, ["ma"]) },
        Part(
            probe: "faRegVisitorCount", key: "mip.foreign", component: "foreign-agent", name: "Foreign agent",
            description: "The scalars of the role of a foreign agent."
        ) { begins($0, ["fa", "mipExtFa"]) },
        Part(
            probe: "haRegMobilityBindingCount", key: "mip.home", component: "home-agent", name: "Home agent",
            description: "The scalars of the role of a home agent."
        ) { begins($0, ["ha", "mipExtHa", "mipExtDrain"]) },
        Part(
            probe: "mipExtIcmpErrorsSent", key: "mip.forwarding", component: "forwarding", name: "Forwarding",
            description: "The scalars of agents that forward datagrams."
        ) { MIBNode.mipExtForwarding.oid.map(UInt32.init).elementsEqual($0.oid.dropLast()) },
    ]

    /// The scalars of a mobile node about the latest text or error in a reply, whose names begin alike.
    private static func received(_ prefix: String, key: String, name: String, _ description: String) -> Part {
        Part(
            probe: "\(prefix)Code", key: key, component: "mobile-node", name: name, description: description, endsWithAgent: true
        ) { $0.name.hasPrefix(prefix) }
    }

    /// Numbers, and the texts that say what runs, what is wrong and what agents have for the user. Points in time are left out: they are
    /// counted from the start of snmpd.
    private static func scalars(_ names: MIBNames) -> [NamedNode] {
        let texts: Set = [
            "mipExtAgentName", "mipExtAgentVersion", "mipExtAgentStateError", "mipExtSourceLastError", "mipExtMnHaMessage",
            "mipExtMnFaMessage", "mipExtMnHostNameServers", "mipExtMnService", "mipExtDrainHomeAgents",
        ]
        return names.nodes.filter { node in
            node.kind == "scalar" && node.object?.access.isReadable == true
                && (texts.contains(node.name) || node.object?.syntax.isNumber == true && node.object?.syntax.base != .timeTicks)
        }
    }

    /// The items that every agent has.
    static func items(_ names: MIBNames) -> [ZabbixItem] {
        var availability = ZabbixItem(
            key: ZabbixTrigger.availability, name: "SNMP availability", source: .server, component: "agent")
        availability.namedLabels = ZabbixValueMap.availability
        return [availability]
            + scalars(names).filter { node in !parts.contains { $0.contains(node) } }
            .map { ZabbixItem($0, index: "0", key: "mip[\($0.name)]", component: "agent") }
    }

    /// A rule for each part.
    static func rules(_ names: MIBNames) -> [ZabbixRule] {
        let all = scalars(names)
        return parts.compactMap { part in
            guard let probe = names.node(named: part.probe) else { return nil }
            let own = all.filter { node in parts.first { $0.contains(node) }?.key == part.key }
            var rule = ZabbixRule(
                key: part.key, name: part.name, description: part.description, columns: [("MIP.PROBE", probe.oidText)])
            rule.items = own.map { node in
                var item = ZabbixItem(node, index: "{#SNMPINDEX}", key: key(node.name), component: part.component)
                // Agents of earlier versions move no nodes, and their other triggers must not suffer from that.
                item.mayLackValue = part.endsWithAgent || node.name.hasPrefix("mipExtDrain")
                return item
            }
            switch part.key {
            case "mip.home":
                // A home agent that moves its nodes elsewhere refuses those that come back.
                let targets = ZabbixTrigger.item(key("mipExtDrainHomeAgents"))
                addDenials(
                    to: &rule, .homeAgent, received: "haRegRequestsReceived", more: [],
                    unless: "count(\(targets),\(ZabbixTrigger.denialWindow),\"regexp\",\".\")>0")
                rule.triggers += draining
            case "mip.foreign":
                addDenials(
                    to: &rule, .foreignAgent, received: "faRegRequestsReceived",
                    more: ["faHAUnreachable", "mipExtFaPendingTimeouts"])
            case "mip.node": rule.triggers = [unregistered]
            case "mip.search": rule.triggers = [inFallback]
            case "mip.host": rule.triggers = [unused]
            default: break
            }
            rule.graphs = ZabbixDashboard.graphs(of: part.key)
            // The name of a graph must differ from that of its prototype, hence a macro for the part's name.
            if !rule.graphs.isEmpty {
                rule.script = "  r['{#\(part.name.uppercased().replacing(" ", with: ""))}'] = '\(part.name)';"
            }
            return rule
        }
    }

    /// The key of a scalar's prototype.
    static func key(_ name: String) -> String { "mip[\(name),{#SNMPINDEX}]" }

    private static func addDenials(
        to rule: inout ZabbixRule, _ giver: ReplyCodeDeclaration.Giver, received: String, more: [String],
        unless expected: String? = nil
    ) {
        let denied = key("\(rule.key).denied")
        let present = Set(rule.items.map(\.key))
        let counts = (ZabbixTrigger.denialObjects(giver) + more).map(key).filter(present.contains)
        // Averages, because the latest values would be read at other moments than they arrive.
        var sum = ZabbixItem(
            key: denied, name: "\(rule.name): denials that are not about keys, clocks or full tables",
            source: .calculated(counts.map { "avg(//\($0),\(ZabbixTrigger.denialWindow))" }.joined(separator: "+")),
            component: rule.items[0].component)
        sum.valueType = "FLOAT"
        sum.units = "!messages/s"
        // The first values of its operands come later than the item.
        sum.mayLackValue = true
        rule.items.append(sum)
        rule.triggers = [ZabbixTrigger.denials(rule.name, denied: denied, received: key(received), unless: expected)]
    }

    /// A home agent that moves its nodes, and one that does so without effect.
    private static let draining: [ZabbixTrigger] = {
        let targets = ZabbixTrigger.item(key("mipExtDrainHomeAgents"))
        let bindings = ZabbixTrigger.item(key("haRegMobilityBindingCount"))
        let window = "{$MIP.DRAIN.WINDOW}"
        return [
            ZabbixTrigger(
                name: "Home agent moves its nodes elsewhere", expression: "length(last(\(targets)))>0", priority: .info,
                scope: "notice",
                description: "By order of an operator, until `mip-mib drain --end`. `mip-mib drain` shows what is left.",
                data: "{ITEM.LASTVALUE1}"),
            ZabbixTrigger(
                name: "Home agent moves its nodes elsewhere, but loses no bindings",
                expression:
                    "length(last(\(targets)))>0 and count(\(targets),\(window),\"regexp\",\"^$\")=0 "
                    + "and last(\(bindings))>0 and last(\(bindings))>=last(\(bindings),#1:now-\(window))",
                priority: .warning, scope: "registration",
                description:
                    "Their other ends did not agree on revocation. `mip-mib doctor` says more, `mip-mib revoke` ends them.",
                data: "{ITEM.LASTVALUE3}"),
        ]
    }()

    /// fallback(5).
    private static let inFallback = ZabbixTrigger(
        name: "Mobile node finds no home agent by search",
        expression: "min(\(ZabbixTrigger.item(key("mipExtMnSearchState"))),{$MIP.NODE.WINDOW})=5", priority: .warning,
        scope: "registration", description: "It uses the one of its configuration. `mip-mib node -o wide` shows whom it asks.",
        data: "{ITEM.LASTVALUE1}")

    /// false(2).
    private static let unused = ZabbixTrigger(
        name: "Mobile node's machine does not use its host configuration",
        expression: "min(\(ZabbixTrigger.item(key("mipExtMnHostApplied"))),{$MIP.NODE.WINDOW})=2", priority: .warning,
        scope: "notice", description: "The log of mip-node has the reason, unless its mode of host configuration is off.",
        data: "{ITEM.LASTVALUE1}")

    /// States from pending(3) on.
    private static let unregistered = ZabbixTrigger(
        name: "Mobile node is neither at home nor registered",
        expression: "min(\(ZabbixTrigger.item(key("mnState"))),{$MIP.NODE.WINDOW})>=3", priority: .warning, scope: "registration",
        description: "It hears no agent, or its registrations fail. `mip-mib node` shows what it knows.",
        data: "{ITEM.LASTVALUE1}")
}
