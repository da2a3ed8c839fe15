import JSON
import MobileIPv4

/// A trigger, or a trigger prototype of a discovery rule.
struct ZabbixTrigger {
    enum Priority: String { case info = "INFO", warning = "WARNING", high = "HIGH" }

    let name: String
    let expression: String
    let priority: Priority
    /// `availability`, `security`, `capacity`, `registration` or `notice`, for filters and actions.
    let scope: String
    let description: String
    var data = ""
    /// What the identifier is made from, which stays the same when the expression changes; nil for the name.
    var identity: String?

    var json: JSONValue {
        var object: JSONObject = [
            "uuid": ZabbixTemplate.uuid(identity ?? "trigger \(name)"), "expression": .string(expression),
            "name": .string(name),
            "priority": .string(priority.rawValue), "description": .string(description),
            "tags": [["tag": "scope", "value": .string(scope)]],
        ]
        if !data.isEmpty { object["opdata"] = .string(data) }
        return .object(object)
    }

    /// An item of the agent's template in an expression.
    static func item(_ key: String) -> String { "/\(ZabbixTemplate.agent)/\(key)" }

    /// What the server knows about the interface, which distinguishes a silent host from a silent agent.
    static let availability = "zabbix[host,snmp,available]"

    /// The triggers that do not depend on a role. Each fault raises one of them: where a host is silent, nothing is known about its agents.
    static let ofAgent: [ZabbixTrigger] = {
        let answers = item(availability)
        let status = item("mip[mipExtSourceStatus]")
        let age = item("mip[mipExtSourceAge]")
        let violations = item("mip[mipSecTotalViolations]")
        return [
            ZabbixTrigger(
                name: "Host does not answer SNMP", expression: "max(\(answers),{$MIP.SNMP.WINDOW})=0 and {$MIP.SNMP.ALERT}=1",
                priority: .high, scope: "availability",
                description: "The host, its network or snmpd is down, or the community or user is not accepted."),
            ZabbixTrigger(
                name: "No data from mip-mibd",
                expression: "nodata(\(status),{$MIP.DATA.WINDOW})=1 and min(\(answers),{$MIP.DATA.WINDOW})=1",
                priority: .high, scope: "availability",
                description:
                    "The host answers SNMP, but without MIPV4-EXT-MIB: mip-mibd is down or not connected to snmpd, or a view hides it."
            ),
            ZabbixTrigger(
                name: "Agent is down",
                expression:
                    "count(\(status),{$MIP.DOWN.WINDOW},\"ne\",\"3\")>0 and count(\(status),{$MIP.DOWN.WINDOW},\"eq\",\"3\")=0",
                priority: .high, scope: "availability",
                description: "mip-mibd has no connection to the agent. `mip-mib doctor` on its machine says why.",
                data: "{ITEM.LASTVALUE1}"),
            ZabbixTrigger(
                name: "Agent is silent",
                expression:
                    "min(\(age),{$MIP.DOWN.WINDOW})>{$MIP.AGE.MAX} and count(\(status),{$MIP.DOWN.WINDOW},\"ne\",\"3\")=0",
                priority: .high, scope: "availability",
                description: "The agent is connected, but mip-mibd does not hear from it.",
                data: "{ITEM.LASTVALUE1}"),
            ZabbixTrigger(
                name: "Agent has restarted", expression: "max(\(item("mip[mipExtSourceRestarts]")),{$MIP.RESTART.WINDOW})>0",
                priority: .info, scope: "notice",
                description: "Bindings that it did not keep are missing until nodes register again."),
            ZabbixTrigger(
                name: "State is not saved", expression: "length(last(\(item("mip[mipExtAgentStateError]"))))>0",
                priority: .warning, scope: "availability",
                description:
                    "If the agent restarts now, it loses what its state store keeps: bindings, replay memory and changes.",
                data: "{ITEM.LASTVALUE1}"),
            ZabbixTrigger(
                name: "Clock was set", expression: "max(\(item("mip[mipExtClockSteps]")),{$MIP.RESTART.WINDOW})>0",
                priority: .warning, scope: "notice",
                description:
                    "Requests may be refused with 133 until their nodes have the agent's time. Let a time service slew the clock instead."
            ),
            ZabbixTrigger(
                name: "Registration is disabled", expression: "min(\(item("mip[mipEnable]")),{$MIP.DISABLED.WINDOW})=2",
                priority: .warning, scope: "notice", description: "An operator has disabled registration at this agent.",
                identity: "mipEnable.trigger"),
            ZabbixTrigger(
                name: "Security violations",
                expression: "avg(\(violations),{$MIP.VIOLATIONS.WINDOW})*60>{$MIP.VIOLATIONS.MAX}",
                priority: .warning, scope: "security",
                description:
                    "Messages fail authentication or are repeated: a wrong key, a wrong clock or an attack. `mip-mib violations` lists who.",
                data: "{ITEM.LASTVALUE1}"),
        ]
    }()

    /// The time over which denials are averaged.
    static let denialWindow = "{$MIP.DENIED.WINDOW}"

    /// Failing registrations of a home or foreign agent.
    ///
    /// - Parameters:
    ///   - denied: the key of an average.
    ///   - expected: a condition under which denials are expected; nil for none.
    static func denials(_ role: String, denied: String, received: String, unless expected: String? = nil) -> ZabbixTrigger {
        let (denied, received) = (item(denied), item(received))
        return ZabbixTrigger(
            name: "\(role) denies registrations",
            expression:
                "last(\(denied))*60>{$MIP.DENIED.MIN} and last(\(denied))*100>{$MIP.DENIED.MAX}*avg(\(received),\(denialWindow))"
                + (expected.map { " and not (\($0))" } ?? ""),
            priority: .warning, scope: "registration",
            description:
                "Denials because of keys, clocks and full tables are left out; they have alerts of their own. The replies show the codes.",
            data: "{ITEM.LASTVALUE1}")
    }

    /// The scalars that count denials by a role for reasons that no other alert covers.
    static func denialObjects(_ giver: ReplyCodeDeclaration.Giver) -> [String] {
        // Failed authentication and replays are violations; insufficient resources is a full table; a lifetime too long is granted
        // at the next attempt.
        let covered: Set = [
            "faInsufficientResource", "faMNAuthenticationFailure", "faHAAuthenticationFailure", "faRegLifetimeTooLong",
            "haInsufficientResource", "haMNAuthenticationFailure", "haFAAuthenticationFailure", "haIDMismatch",
        ]
        return ReplyCodeDeclaration.all.filter { $0.giver == giver }.compactMap(\.object).filter { !covered.contains($0) }
    }
}
