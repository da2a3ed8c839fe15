import AgentModel
import HTTPTypes
import JSON
import ManagementCore
import MobileIPv4

// Moving the nodes of a home agent to other home agents (RFC 4433).
extension Changes {
    static let drain = [
        ChangeDeclaration(
            method: .put, place: .row, collection: Collections.drain,
            about:
                "Moves the nodes of a home agent to other home agents, until the row is deleted. Replaces an earlier order; the same order "
                + "again changes nothing. Bindings of nodes that asked for any home agent are revoked if the other end can be informed; the "
                + "others last until they end by themselves.",
            body: [
                BodyMember(
                    name: "homeAgents", form: .texts(.unicastAddress, 1...DrainOrder.homeAgentLimit),
                    about: "Where nodes are sent: addresses of other home agents.", isRequired: true),
                BodyMember(
                    name: "text", form: .text(.message),
                    about: "What revocations and refusals say to the other ends, which show it to people.",
                    valueIfAbsent: .string("")),
            ],
            example: ["homeAgents": .array([.string("192.0.2.53"), .string("192.0.2.54")]), "text": .string("Maintenance")]
        ) { change in
            // Both members have been checked.
            let order = DrainOrder(homeAgents: change.body.addresses("homeAgents"), text: change.body.text("text") ?? "")
            let current = change.state.information?.drain.map { DrainOrder(homeAgents: $0.homeAgents, text: $0.text) }
            return .agent(order == current ? [] : [.drain(order)])
        },
        ChangeDeclaration(
            method: .delete, place: .row, collection: Collections.drain,
            about: "Lets a home agent serve new nodes again. Bindings that have ended do not come back by themselves.", body: [],
            example: [:]
        ) { _ in .agent([.endDrain]) },
    ]
}
