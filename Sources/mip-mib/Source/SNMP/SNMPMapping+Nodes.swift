import AgentModel
import JSON
import MobileIPv4

// Lists about mobile nodes.
extension SNMPMapping {
    static let bindings = SNMPMapping(parts: [
        Part(
            tables: ["haMobilityBindingTable", "mipExtBindingTable"],
            members: [
                SNMPMember("homeAddress", "haMobilityBindingMN"), SNMPMember("careOfAddress", "haMobilityBindingCOA"),
                SNMPMember("sourceAddress", "haMobilityBindingSourceAddress"), .registrationFlags("haMobilityBindingRegFlags"),
                .identification(high: "haMobilityBindingRegIDHigh", low: "haMobilityBindingRegIDLow"),
                SNMPMember("lifetimeGranted", "haMobilityBindingTimeGranted"),
                SNMPMember("timeRemaining", "haMobilityBindingTimeRemaining"), SNMPMember("homeAgent", "haMobilityBindingHA"),
                .text("nai", "haMobilityBindingNAI"), .time("created", "mipExtBindingCreated"),
                .time("renewed", "mipExtBindingRenewed"), SNMPMember("renewals", "mipExtBindingRenewals"),
                SNMPMember("handoffs", "mipExtBindingHandoffs"), SNMPMember("encapsulation", "mipExtBindingEncapsulation"),
                SNMPMember("reverseTunnel", "mipExtBindingReverseTunnel"), SNMPMember("sourcePort", "mipExtBindingSourcePort"),
                SNMPMember("spi", "mipExtBindingSPI"),
            ])
    ])

    static let visitors = SNMPMapping(
        isFirstAlone: true,
        parts: [
            Part(
                tables: ["faRegVisitorTable", "mipExtVisitorTable"],
                members: [
                    SNMPMember("sourceAddress", "mipExtVisitorSourceAddress"),
                    SNMPMember("sourcePort", "mipExtVisitorSourcePort"), SNMPMember("homeAddress", "faRegVisitorHomeAddress"),
                    SNMPMember("homeAgent", "faRegVisitorHomeAgentAddress"),
                    SNMPMember("careOfAddress", "mipExtVisitorCareOfAddress"), .text("nai", "faRegVisitorNAI"),
                    SNMPMember("lifetimeRequested", "mipExtVisitorLifetimeRequested"),
                    SNMPMember("lifetimeGranted", "faRegVisitorTimeGranted"),
                    remaining("faRegVisitorTimeRemaining", isAccepted: "faRegVisitorRegIsAccepted"),
                    .registrationFlags("faRegVisitorRegFlags"),
                    SNMPMember("reverseTunnel", "mipExtVisitorReverseTunnel"),
                    .identification(high: "faRegVisitorRegIDHigh", low: "faRegVisitorRegIDLow"),
                    .word("state", "faRegVisitorRegIsAccepted", yes: "accepted", no: "pending"),
                    .time("created", "mipExtVisitorCreated"),
                ]),
            // RFC 2006.
            Part(
                tables: ["faVisitorTable"],
                members: [
                    SNMPMember("sourceAddress", "faVisitorIPAddress"), SNMPMember("homeAddress", "faVisitorHomeAddress"),
                    SNMPMember("homeAgent", "faVisitorHomeAgentAddress"), SNMPMember("lifetimeGranted", "faVisitorTimeGranted"),
                    remaining("faVisitorTimeRemaining", isAccepted: "faVisitorRegIsAccepted"),
                    .registrationFlags("faVisitorRegFlags"),
                    .identification(high: "faVisitorRegIDHigh", low: "faVisitorRegIDLow"),
                    .word("state", "faVisitorRegIsAccepted", yes: "accepted", no: "pending"),
                ]),
        ])

    /// Only what is accepted has a lifetime that runs.
    private static func remaining(_ object: String, isAccepted: String) -> SNMPMember {
        SNMPMember("timeRemaining", [object, isAccepted]) { $0.text(isAccepted) == "true" ? $0[object] : nil }
    }

    static let pending = SNMPMapping(parts: [
        Part(
            tables: ["mipExtPendingTable"],
            members: [
                SNMPMember("homeAddress", "mipExtPendingHomeAddress"),
                SNMPMember("nai", []) { $0.text("mipExtPendingIdType") == "nai" ? $0["mipExtPendingId"] : nil },
                SNMPMember("homeAgent", "mipExtPendingHomeAgent"), SNMPMember("kind", "mipExtPendingKind"),
                .time("sent", "mipExtPendingSent"), SNMPMember("retransmissions", "mipExtPendingRetransmissions"),
                SNMPMember("timeRemaining", ["mipExtPendingTimeRemaining"]) { objects in
                    objects["mipExtPendingTimeRemaining"]?.count.map { JSONValue($0 / 1000) }
                },
            ])
    ])

    static let mobileNodes = SNMPMapping(parts: [
        Part(
            tables: ["haCounterTable"],
            members: [
                SNMPMember("homeAddress", "haMobilityBindingMN"),
                SNMPMember("accepted", "haServiceRequestsAccepted"), SNMPMember("denied", "haServiceRequestsDenied"),
                SNMPMember("serviceTime", "haOverallServiceTime"),
                .stamp("recentAccepted", "haRecentServiceAcceptedTime"), .stamp("recentDenied", "haRecentServiceDeniedTime"),
                .nonZero("recentDeniedCode", "haRecentServiceDeniedCode"),
            ])
    ])

    static let traffic = SNMPMapping(parts: [
        Part(
            tables: ["haMobilityBindingTable", "mipExtBindingTable"], needed: ["mipExtBindingPacketsToNode"],
            unique: "homeAddress",
            members: [.constant("role", AgentRole.homeAgent.rawValue), SNMPMember("homeAddress", "haMobilityBindingMN")]
                + SNMPMember.traffic("mipExtBinding")),
        Part(
            tables: ["faRegVisitorTable", "mipExtVisitorTable"], needed: ["mipExtVisitorPacketsToNode"],
            unique: "homeAddress",
            members: [.constant("role", AgentRole.foreignAgent.rawValue), SNMPMember("homeAddress", "faRegVisitorHomeAddress")]
                + SNMPMember.traffic("mipExtVisitor")),
        Part(
            needed: ["mnHomeAddress", "mipExtMnPacketsToNode"],
            members: [.constant("role", AgentRole.mobileNode.rawValue), SNMPMember("homeAddress", "mnHomeAddress")]
                + SNMPMember.traffic("mipExtMn")),
    ])

    static let history = SNMPMapping(parts: [
        Part(
            tables: ["mipExtHistoryTable"],
            members: [
                SNMPMember("index", "mipExtHistoryIndex"), SNMPMember("role", "mipExtHistoryRole"),
                SNMPMember("homeAddress", "mipExtHistoryHomeAddress"), SNMPMember("careOfAddress", "mipExtHistoryCareOfAddress"),
                SNMPMember("homeAgent", "mipExtHistoryHomeAgent"), .text("nai", "mipExtHistoryNAI"),
                .time("created", "mipExtHistoryCreated"), .time("ended", "mipExtHistoryEnded"),
                SNMPMember("endReason", "mipExtHistoryEndReason"), SNMPMember("renewals", "mipExtHistoryRenewals"),
            ] + SNMPMember.traffic("mipExtHistory"))
    ])

    static let registrations = SNMPMapping(parts: [
        Part(
            tables: ["mnRegistrationTable"],
            members: [
                SNMPMember("agentAddress", "mnRegAgentAddress"), SNMPMember("careOfAddress", "mnRegCOA"),
                .registrationFlags("mnRegFlags"), SNMPMember("lifetime", "mnRegTimeRequested"),
                remaining("mnRegTimeRemaining", isAccepted: "mnRegIsAccepted"),
                .identification(high: "mnRegIDHigh", low: "mnRegIDLow"), .stamp("sent", "mnRegTimeSent"),
                .truth("isAccepted", "mnRegIsAccepted"), .truth("isCoLocated", "mnCOAIsLocal"),
            ])
    ])

    static let foreignAgents = SNMPMapping(parts: [
        Part(
            tables: ["mnFATable", "mipExtHeardTable"],
            members: [
                SNMPMember("address", "mnFAAddress"), SNMPMember("careOfAddress", "mnCOA"),
                .advertisementFlags("flags", "mipExtHeardFlags"), SNMPMember("sequence", "mipExtHeardSequence"),
                SNMPMember("registrationLifetime", "mipExtHeardLifetime"), .time("heard", "mipExtHeardTime"),
                .time("expires", "mipExtHeardExpires"),
                SNMPMember("timeRemaining", ["mipExtHeardExpires", "mipExtAgentTime"]) { objects in
                    guard let end = objects.time("mipExtHeardExpires"), let now = objects.time("mipExtAgentTime") else {
                        return nil
                    }
                    return JSONValue(max(0, end.milliseconds(since: now) / 1000))
                },
            ])
    ])

    static let node = SNMPMapping(parts: [
        Part(
            whole: [WholeTable(name: "mnHATable")], needed: ["mnState"],
            members: [
                SNMPMember("state", "mnState"), SNMPMember("homeAddress", "mnHomeAddress"),
                SNMPMember("nai", ["mnIdentifierType", "mnIdentifier"]) { objects in
                    objects.text("mnIdentifierType") == "nai" ? objects["mnIdentifier"] : nil
                },
                SNMPMember("homeAgents", ["mnHAAddress", "mnCurrentHA"]) { objects in
                    .array(
                        (objects.tables["mnHATable"] ?? []).map { agent in
                            .object(
                                Row([
                                    ("address", agent["mnHAAddress"] ?? .null),
                                    ("isCurrent", .bool(agent.text("mnCurrentHA") == "true")),
                                ]))
                        })
                },
                SNMPMember("recentAdvertisement.sourceAddress", "mnAdvSourceAddress"),
                SNMPMember("recentAdvertisement.sequence", "mnAdvSequence"),
                .advertisementFlags("recentAdvertisement.flags", "mnAdvFlags"),
                SNMPMember("recentAdvertisement.registrationLifetime", "mnAdvMaxRegLifetime"),
                SNMPMember("recentAdvertisement.advertisementLifetime", "mnAdvMaxAdvLifetime"),
                .stamp("recentAdvertisement.received", "mnAdvTimeReceived"),
            ])
    ])
}
