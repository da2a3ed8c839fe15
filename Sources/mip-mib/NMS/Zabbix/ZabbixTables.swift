import MIPMIB

/// The tables of the MIB modules whose rows get items.
enum ZabbixTables {
    static func rules(_ names: MIBNames) -> [ZabbixRule] {
        [
            capacity(names), replies(names), discards(names), extensions(names), bindings(names), visitors(names),
            associations(names),
        ]
    }

    private static func oid(_ names: MIBNames, _ name: String) -> String { names.node(named: name)?.oidText ?? "" }

    /// Items for columns: `name` completes what the columns have in common.
    private static func items(
        _ names: MIBNames, _ columns: [(object: String, name: String)], component: String, rows: Bool = false
    ) -> [ZabbixItem] {
        columns.compactMap { column in
            guard let node = names.node(named: column.object) else { return nil }
            var item = ZabbixItem(
                node, index: "{#SNMPINDEX}", key: "mip[\(column.object),{#SNMPINDEX}]", name: column.name, component: component)
            if rows { (item.mayLackValue, item.delay) = (true, ZabbixItem.rowInterval) }
            return item
        }
    }

    // MARK: - What every agent has

    private static func capacity(_ names: MIBNames) -> ZabbixRule {
        let resource = "{#MIP.RESOURCE}"
        var rule = ZabbixRule(
            key: "mip.capacity", name: "Capacity", description: "How much there is of each resource, and how much there may be.",
            columns: [("MIP.MAXIMUM", oid(names, "mipExtCapacityMaximum"))])
        let labels = ZabbixRule.labels(.mipExtCapacityResource)
        rule.script = "  r['{#MIP.RESOURCE}'] = \(labels)[r['{#SNMPINDEX}']] || r['{#SNMPINDEX}'];"
        rule.items = items(
            names,
            [
                ("mipExtCapacityInUse", "Capacity: \(resource) in use"),
                ("mipExtCapacityMaximum", "Capacity: \(resource) at most"),
                ("mipExtCapacityHighWater", "Capacity: most \(resource) so far"),
            ], component: "capacity")
        let (used, most) = ("last(//mip[mipExtCapacityInUse,{#SNMPINDEX}])", "last(//mip[mipExtCapacityMaximum,{#SNMPINDEX}])")
        let share = "mip[capacity,{#SNMPINDEX}]"
        // A limit of 0 means that there is none.
        var item = ZabbixItem(
            key: share, name: "Capacity: share of \(resource) in use",
            source: .calculated("100*\(used)*(\(most)>0)/(\(most)+(\(most)=0))"), component: "capacity")
        (item.valueType, item.units, item.mayLackValue) = ("FLOAT", "%", true)
        item.description = "0 where there is no limit."
        rule.items.append(item)
        rule.triggers = [
            ZabbixTrigger(
                name: "Few or no more \(resource) fit",
                expression: "min(\(ZabbixTrigger.item(share)),{$MIP.CAPACITY.WINDOW})>={$MIP.CAPACITY.MAX:\"\(resource)\"}",
                priority: .high, scope: "capacity",
                description: "Beyond the limit in its configuration, the agent denies registrations.",
                data: "{ITEM.LASTVALUE1}")
        ]
        rule.graphs = ZabbixDashboard.graphs(of: rule.key)
        return rule
    }

    private static func replies(_ names: MIBNames) -> ZabbixRule {
        var rule = ZabbixRule(
            key: "mip.replies", name: "Replies",
            description: "Registration Replies by role, direction and code, from the first of a kind on.",
            columns: [("MIP.MEANING", oid(names, "mipExtReplyMeaning"))])
        rule.script = """
              var part = r['{#SNMPINDEX}'].split('.');
              r['{#MIP.ROLE}'] = \(ZabbixRule.labels(.mipExtReplyRole))[part[0]];
              r['{#MIP.DIRECTION}'] = \(ZabbixRule.labels(.mipExtReplyDirection))[part[1]];
              r['{#MIP.CODE}'] = part[2];
            """
        rule.items = items(
            names, [("mipExtReplyCount", "Replies {#MIP.DIRECTION} by {#MIP.ROLE}: {#MIP.CODE}, {#MIP.MEANING}")],
            component: "replies")
        return rule
    }

    private static func discards(_ names: MIBNames) -> ZabbixRule {
        var rule = ZabbixRule(
            key: "mip.discards", name: "Discarded datagrams",
            description: "Datagrams dropped without a reply, by role and reason.",
            columns: [("MIP.COUNT", oid(names, "mipExtDiscardCount"))])
        rule.script = """
              var part = r['{#SNMPINDEX}'].split('.');
              r['{#MIP.ROLE}'] = \(ZabbixRule.labels(.mipExtDiscardRole))[part[0]];
              r['{#MIP.REASON}'] = \(ZabbixRule.labels(.mipExtDiscardReason))[part[1]] || part[1];
            """
        rule.items = items(
            names, [("mipExtDiscardCount", "Datagrams dropped by {#MIP.ROLE}: {#MIP.REASON}")], component: "discards")
        return rule
    }

    private static func extensions(_ names: MIBNames) -> ZabbixRule {
        var rule = ZabbixRule(
            key: "mip.extensions", name: "Vendor and experimental extensions",
            description: "Extensions and experimental messages by role, type, vendor and number, from the first of a kind on.",
            columns: [("MIP.KNOWN", oid(names, "mipExtExtensionUseKnown"))])
        rule.script = """
              var part = r['{#SNMPINDEX}'].split('.');
              r['{#MIP.ROLE}'] = \(ZabbixRule.labels(.mipExtExtensionUseRole))[part[0]];
              r['{#MIP.TYPE}'] = part[1];
              r['{#MIP.VENDOR}'] = part[2];
              r['{#MIP.NUMBER}'] = part[3];
            """
        rule.isLong = true
        let row = "Extension {#MIP.TYPE}, vendor {#MIP.VENDOR}, number {#MIP.NUMBER} at {#MIP.ROLE}"
        rule.items = items(
            names, [("mipExtExtensionUseSeen", "\(row): seen"), ("mipExtExtensionUseRefused", "\(row): refused")],
            component: "extensions", rows: true)
        return rule
    }

    // MARK: - Rows that come and go

    private static func long(_ key: String, _ name: String, _ description: String, columns: [(String, String)]) -> ZabbixRule {
        var rule = ZabbixRule(
            key: key, name: name,
            description: "\(description) The first {$MIP.ROWS.MAX} rows get items; large agents disable the rule.",
            columns: columns)
        rule.isLong = true
        rule.lifetime = "1h"
        return rule
    }

    private static func bindings(_ names: MIBNames) -> ZabbixRule {
        var rule = long(
            "mip.bindings", "Bindings", "Where mobile nodes are.",
            columns: [
                ("MIP.HOME", oid(names, "haMobilityBindingMN")), ("MIP.CAREOF", oid(names, "haMobilityBindingCOA")),
                ("MIP.NAI", oid(names, "haMobilityBindingNAI")),
            ])
        rule.filter = ("MIP.HOME", "{$MIP.BINDING.MATCHES}")
        let row = "Binding {#MIP.HOME} at {#MIP.CAREOF}"
        rule.items = items(
            names,
            [
                ("haMobilityBindingTimeRemaining", "\(row): time remaining"), ("mipExtBindingRenewals", "\(row): renewals"),
                ("mipExtBindingHandoffs", "\(row): moves"), ("mipExtBindingOctetsToNode", "\(row): traffic to the node"),
                ("mipExtBindingOctetsFromNode", "\(row): traffic from the node"),
            ], component: "bindings", rows: true)
        return rule
    }

    private static func visitors(_ names: MIBNames) -> ZabbixRule {
        var rule = long(
            "mip.visitors", "Visitors", "The mobile nodes that visit a foreign agent.",
            columns: [
                ("MIP.HOME", oid(names, "faRegVisitorHomeAddress")),
                ("MIP.HOMEAGENT", oid(names, "faRegVisitorHomeAgentAddress")),
                ("MIP.NAI", oid(names, "faRegVisitorNAI")),
            ])
        rule.filter = ("MIP.HOME", "{$MIP.VISITOR.MATCHES}")
        let row = "Visitor {#MIP.HOME} of {#MIP.HOMEAGENT}"
        rule.items = items(
            names,
            [
                ("mipExtVisitorState", "\(row): state"), ("faRegVisitorTimeRemaining", "\(row): time remaining"),
                ("mipExtVisitorOctetsToNode", "\(row): traffic to the node"),
                ("mipExtVisitorOctetsFromNode", "\(row): traffic from the node"),
            ], component: "visitors", rows: true)
        return rule
    }

    private static func associations(_ names: MIBNames) -> ZabbixRule {
        var rule = long(
            "mip.associations", "Security associations", "The peers with which secrets are shared. They are never shown.",
            columns: [("MIP.PEERROLE", oid(names, "mipExtAssocPeerRole"))])
        rule.filter = ("MIP.PEER", "{$MIP.ASSOCIATION.MATCHES}")
        // The index is the kind of identity, its length, its bytes and the SPI; kind 2 is an address.
        rule.script = """
              var part = r['{#SNMPINDEX}'].split('.'), peer = part.slice(2, -1);
              r['{#MIP.PEER}'] = part[0] === '2' ? peer.join('.') : peer.map(function (c) { return String.fromCharCode(c); }).join('');
              r['{#MIP.SPI}'] = part[part.length - 1];
            """
        let row = "Association with {#MIP.PEER}, SPI {#MIP.SPI}"
        rule.items = items(
            names,
            [
                ("mipExtAssocAccepted", "\(row): accepted"), ("mipExtAssocAuthFailures", "\(row): failed authentication"),
                ("mipExtAssocReplayFailures", "\(row): failed replay protection"),
                ("mipExtAssocClockOffset", "\(row): clock offset"),
            ], component: "associations", rows: true)
        return rule
    }
}
