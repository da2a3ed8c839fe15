import AgentModel
import HTTPTypes
import JSON
import ManagementCore
import MobileIPv4

// Texts to mobile nodes and other agents (RFC 6098), each of which is an exchange.
extension Changes {
    private static let acknowledged = "acknowledged"

    static let exchanges = [
        ChangeDeclaration(
            method: .post, place: .newRows, collection: Collections.exchanges,
            about:
                "Sends a text to mobile nodes, or to the agents that serve them: one notification to each (RFC 6098). "
                + "The Location of the answer lists them, with who has acknowledged the text.",
            body: [
                agent,
                BodyMember(name: "text", form: .text(.message), about: "The text.", isRequired: true),
                BodyMember(
                    name: "to", form: .word(AgentRole.allCases.map(\.rawValue)),
                    about: "The role of those who get the text.", defaultValue: .string(AgentRole.mobileNode.rawValue)),
                BodyMember(
                    name: "homeAddresses", form: .text(.addressOrPrefix),
                    about: "Only nodes with this home address, or with one in this prefix, or the agents that serve them."),
                BodyMember(
                    name: "nai", form: .text(.nai),
                    about: "Only nodes with this network access identifier, or the agents that serve them."),
                BodyMember(
                    name: acknowledged, form: .truth,
                    about: "Whether each receiver must acknowledge the text; if not, it is sent once to each.",
                    defaultValue: .bool(true)),
            ],
            example: [
                "agent": .string("foreign"), "text": .string("Maintenance at 22:00"), "to": .string("mobileNode"),
                "homeAddresses": .string("10.0.0.0/8"),
            ],
            newRows: NewRows(
                latest: { $0.exchanges.last?.key.number ?? 0 },
                query: { "kind=\(ExchangeKind.notification.rawValue)&after=\($0)" })
        ) { change in
            // Both members have been checked.
            let addresses = change.body.text("homeAddresses")
            let prefix = addresses.flatMap { IPv4Prefix($0) ?? IPv4Address($0).map { IPv4Prefix(host: $0) } }
            return .agent([
                .notify(
                    NotificationOrder(
                        to: change.body.word("to") ?? .mobileNode, homeAddresses: prefix,
                        nai: change.body.text("nai").flatMap { NetworkAccessIdentifier($0) },
                        text: change.body.text("text") ?? "", acknowledged: change.body.truth(acknowledged) ?? true))
            ])
        }
    ]
}
