import AgentModel
import JSON

// Everything an agent counts, as one object.
extension SNMPMapping {
    static let counters = SNMPMapping(parts: [
        Part(
            whole: [
                WholeTable(name: "mipExtReplyTable"), WholeTable(name: "mipExtOutcomeTable"),
                WholeTable(name: "mipExtDiscardTable"), WholeTable(name: "mipExtDropTable"),
            ],
            needed: ["mipEntities"],
            members: [
                SNMPMember("datagramsReceived", "mipExtDatagramsReceived"),
                SNMPMember("eventsSuppressed", "mipExtEventsSuppressed"),
                SNMPMember("securityViolations", "mipSecTotalViolations"), discards("discards", "daemon"),
                SNMPMember("forwarding.icmpErrorsSent", "mipExtIcmpErrorsSent"),
                SNMPMember("forwarding.fragmentsSent", "mipExtFragmentsSent"), drops,
            ] + homeAgent + foreignAgent + mobileNode)
    ])

    private static let homeAgent = [
        SNMPMember("homeAgent.requestsReceived", "haRegRequestsReceived"),
        SNMPMember("homeAgent.deregistrationRequestsReceived", "haDeRegRequestsReceived"),
        SNMPMember("homeAgent.repliesSent", "haRegRepliesSent"),
        SNMPMember("homeAgent.deregistrationRepliesSent", "haDeRegRepliesSent"),
        replies("homeAgent.repliesSentByCode", .homeAgent, "sent"),
        SNMPMember("homeAgent.duplicateRequests", "mipExtHaDuplicateRequests"),
        SNMPMember("homeAgent.extensionsSkipped", "mipExtHaExtensionsSkipped"),
        SNMPMember("homeAgent.normalVendorExtensionsFromMobileNodeIgnored", "haNvsesFromMnIgnored"),
        SNMPMember("homeAgent.normalVendorExtensionsFromForeignAgentIgnored", "haNvsesFromFaIgnored"),
        SNMPMember("homeAgent.reverseTunnelsGranted", "mipExtHaReverseTunnelsGranted"),
        outcomes("homeAgent.outcomes", .homeAgent), SNMPMember("homeAgent.handoffs", "mipExtHaHandoffs"),
        SNMPMember("homeAgent.bindingsExpired", "mipExtHaBindingsExpired"),
        SNMPMember("homeAgent.gratuitousARPsSent", "haGratuitiousARPsSent"),
        SNMPMember("homeAgent.proxyARPsSent", "haProxyARPsSent"),
        discards("homeAgent.discards", AgentRole.homeAgent.rawValue),
    ]

    private static let foreignAgent = [
        SNMPMember("foreignAgent.requestsReceived", "faRegRequestsReceived"),
        SNMPMember("foreignAgent.requestsRelayed", "faRegRequestsRelayed"),
        SNMPMember("foreignAgent.repliesReceived", "faRegRepliesRecieved"),
        SNMPMember("foreignAgent.repliesRelayed", "faRegRepliesRelayed"),
        replies("foreignAgent.repliesReceivedByCode", .foreignAgent, "received"),
        replies("foreignAgent.repliesSentByCode", .foreignAgent, "sent"),
        SNMPMember("foreignAgent.duplicateRequests", "mipExtFaDuplicateRequests"),
        SNMPMember("foreignAgent.extensionsSkipped", "mipExtFaExtensionsSkipped"),
        SNMPMember("foreignAgent.normalVendorExtensionsFromMobileNodeIgnored", "faNvsesFromMnIgnored"),
        SNMPMember("foreignAgent.normalVendorExtensionsFromHomeAgentIgnored", "faNvsesFromHaIgnored"),
        SNMPMember("foreignAgent.reverseTunnelsGranted", "mipExtFaReverseTunnelsGranted"),
        SNMPMember("foreignAgent.encapsulatingDeliveriesGranted", "mipExtFaEncapsulatingDeliveries"),
        SNMPMember("foreignAgent.challengesAdvertised", "mipExtFaChallengesAdvertised"),
        SNMPMember("foreignAgent.challengesInReplies", "mipExtFaChallengesInReplies"),
        SNMPMember("foreignAgent.challengesAccepted", "mipExtFaChallengesAccepted"),
        SNMPMember("foreignAgent.pendingTimeouts", "mipExtFaPendingTimeouts"), outcomes("foreignAgent.outcomes", .foreignAgent),
        SNMPMember("foreignAgent.visitorsExpired", "mipExtFaVisitorsExpired"),
        discards("foreignAgent.discards", AgentRole.foreignAgent.rawValue),
    ]

    private static let mobileNode = [
        SNMPMember("mobileNode.solicitationsSent", "mnSolicitationsSent"),
        SNMPMember("mobileNode.advertisementsReceived", "mnAdvertisementsReceived"),
        SNMPMember("mobileNode.advertisementsDroppedInvalidExtension", "mnAdvsDroppedInvalidExtension"),
        SNMPMember("mobileNode.advertisementsIgnoredUnknownExtension", "mnAdvsIgnoredUnknownExtension"),
        SNMPMember("mobileNode.movesFromHomeToForeign", "mnMoveFromHAToFA"),
        SNMPMember("mobileNode.movesFromForeignToForeign", "mnMoveFromFAToFA"),
        SNMPMember("mobileNode.movesFromForeignToHome", "mnMoveFromFAToHA"),
        SNMPMember("mobileNode.gratuitousARPsSent", "mnGratuitousARPsSend"),
        SNMPMember("mobileNode.agentRebootsDetected", "mnAgentRebootsDectected"),
        SNMPMember("mobileNode.requestsSent", "mnRegRequestsSent"),
        SNMPMember("mobileNode.deregistrationRequestsSent", "mnDeRegRequestsSent"),
        SNMPMember("mobileNode.requestsWithDirectedBroadcast", "mnRegRequestsWithDirectedBroadcast"),
        SNMPMember("mobileNode.repliesReceived", "mnRegRepliesRecieved"),
        SNMPMember("mobileNode.deregistrationRepliesReceived", "mnDeRegRepliesRecieved"),
        replies("mobileNode.repliesReceivedByCode", .mobileNode, "received"),
        SNMPMember("mobileNode.repliesInvalidHomeAddress", "mnRepliesInvalidHomeAddress"),
        SNMPMember("mobileNode.repliesUnknownHomeAgent", "mnRepliesUnknownHA"),
        SNMPMember("mobileNode.repliesUnknownForeignAgent", "mnRepliesUnknownFA"),
        SNMPMember("mobileNode.repliesInvalidID", "mnRepliesInvalidID"),
        SNMPMember("mobileNode.repliesDroppedInvalidExtension", "mnRepliesDroppedInvalidExtension"),
        SNMPMember("mobileNode.repliesIgnoredUnknownExtension", "mnRepliesIgnoredUnknownExtension"),
        SNMPMember("mobileNode.repliesHomeAgentAuthenticationFailure", "mnRepliesHAAuthenticationFailure"),
        SNMPMember("mobileNode.repliesForeignAgentAuthenticationFailure", "mnRepliesFAAuthenticationFailure"),
        SNMPMember("mobileNode.requestsAccepted", "mnRegRequestsAccepted"),
        SNMPMember("mobileNode.requestsDeniedByHomeAgent", "mnRegRequestsDeniedByHA"),
        SNMPMember("mobileNode.requestsDeniedByForeignAgent", "mnRegRequestsDeniedByFA"),
        SNMPMember("mobileNode.requestsDeniedDueToID", "mnRegRequestsDeniedByHADueToID"),
        SNMPMember("mobileNode.challengesAnswered", "mipExtMnChallengesAnswered"),
        SNMPMember("mobileNode.repliesDroppedCriticalVendorExtension", "mipExtMnRepliesDroppedCvse"),
        SNMPMember("mobileNode.normalVendorExtensionsIgnored", "mipExtMnNvsesIgnored"),
    ]

    /// Whether the agent plays a role: only then it has the role's counters.
    private static func plays(_ role: AgentRole, _ objects: SNMPObjects) -> Bool {
        objects["mipEntities"]?.array?.contains(.string(role.rawValue)) ?? false
    }

    /// Only codes that occurred have rows.
    private static func replies(_ path: String, _ role: AgentRole, _ direction: String) -> SNMPMember {
        let columns = ["mipExtReplyRole", "mipExtReplyDirection", "mipExtReplyCode", "mipExtReplyCount"]
        return SNMPMember(path, columns + ["mipEntities"]) { objects in
            guard plays(role, objects), let rows = objects.tables["mipExtReplyTable"] else { return nil }
            let own = rows.filter { $0.text(columns[0]) == role.rawValue && $0.text(columns[1]) == direction }
            return .object(Row(own.map { ($0[columns[2]]?.plainText ?? "", $0[columns[3]] ?? .null) }))
        }
    }

    private static func outcomes(_ path: String, _ role: AgentRole) -> SNMPMember {
        let counts = ["received", "accepted", "denied", "discarded"]
        @Sendable func object(_ name: String) -> String { "mipExtOutcome" + name.prefix(1).uppercased() + name.dropFirst() }
        return SNMPMember(path, counts.map(object)) { objects in
            let own = objects.tables["mipExtOutcomeTable"]?.filter { $0.text("mipExtOutcomeRole") == role.rawValue } ?? []
            guard !own.isEmpty else { return nil }
            return .object(
                Row(
                    own.map { row in
                        (row.text("mipExtOutcomeKind") ?? "", .object(Row(counts.map { ($0, row[object($0)] ?? .null) })))
                    }))
        }
    }

    private static func discards(_ path: String, _ role: String) -> SNMPMember {
        SNMPMember(path, ["mipExtDiscardCount"]) { objects in
            let own = objects.tables["mipExtDiscardTable"]?.filter { $0.text("mipExtDiscardRole") == role } ?? []
            guard !own.isEmpty else { return nil }
            return .object(Row(own.map { ($0.text("mipExtDiscardReason") ?? "", $0["mipExtDiscardCount"] ?? .null) }))
        }
    }

    private static let drops = SNMPMember("forwarding.drops", ["mipExtDropCount"]) { objects in
        guard let rows = objects.tables["mipExtDropTable"], !rows.isEmpty else { return nil }
        return .object(Row(rows.map { ($0.text("mipExtDropReason") ?? "", $0["mipExtDropCount"] ?? .null) }))
    }
}
