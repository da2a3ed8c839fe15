import AgentModel
import HTTPTypes
import JSON
import ManagementCore
import MobileIPv4

// Registrations that an operator ends (RFC 3543), one by one or all that have something in common.
extension Changes {
    private static let text = BodyMember(
        name: "text", form: .text(.message), about: "What the revocation says to the other end, which shows it to its operator.")

    /// The query that selects registrations.
    private static let selection = [
        agent,
        BodyMember(
            name: "homeAddress", form: .text(.addressOrPrefix), about: "Only those with this home address, or one in this prefix."
        ),
        BodyMember(name: "nai", form: .text(.nai), about: "Only those of the node with this network access identifier."),
        BodyMember(name: "careOfAddress", form: .text(.address), about: "Only those with this care-of address."),
        BodyMember(name: "homeAgent", form: .text(.address), about: "Only those at this home agent."),
        BodyMember(
            name: everything, form: .truth,
            about: "Must be true if no other parameter selects registrations: all of the agent end.", defaultValue: .bool(false)),
        text,
    ]
    private static let everything = "all"

    static let bindings = [
        ChangeDeclaration(
            method: .delete, place: .row, collection: Collections.bindings,
            about:
                "Revokes a binding. The other end, and through it the mobile node, is informed if both agreed on revocation.",
            body: [], example: [:], query: [text]
        ) { change in
            let key = try rowKey(Collections.bindings, change)
            let row = change.state.bindings[key]
            return end(key.homeAddress, at: key.careOfAddress, of: row?.homeAgent, .homeAgent, row?.nai, change.body)
        },
        ChangeDeclaration(
            method: .delete, place: .selection, collection: Collections.bindings,
            about: "Revokes all bindings that the query selects, or none. With validate=true, the answer is how many there are.",
            body: [], example: ["agent": .string("home"), "homeAddress": .string("10.0.0.0/8")], query: selection
        ) { change in try .agent([.revoke(order(.homeAgent, change.body))]) },
    ]

    static let visitors = [
        ChangeDeclaration(
            method: .delete, place: .row, collection: Collections.visitors,
            about: "Ends a visit. The home agent is informed if both agreed on revocation.", body: [], example: [:], query: [text]
        ) { change in
            let key = try rowKey(Collections.visitors, change)
            // The row exists: the change requires it.
            let row = change.state.visitors[key]
            if row?.state == .pending { throw noVisit }
            return end(key.homeAddress, at: row?.careOfAddress, of: row?.homeAgent, .foreignAgent, row?.nai, change.body)
        },
        ChangeDeclaration(
            method: .delete, place: .selection, collection: Collections.visitors,
            about: "Ends all visits that the query selects, or none. With validate=true, the answer is how many there are.",
            body: [], example: ["agent": .string("foreign"), "homeAddress": .string("10.0.0.0/8")], query: selection
        ) { change in try .agent([.revoke(order(.foreignAgent, change.body))]) },
    ]

    private static let noVisit = Problem(
        status: .conflict, title: "The visit has not begun",
        detail: "the home agent has not answered this visitor's request yet, so there is no visit to end; try again when 'state' "
            + "is 'accepted', or leave the row: it goes away if no answer arrives")

    /// Ends the registration of a row. Without a text, a change that agents of earlier versions make as well, which also ends the other
    /// registrations of the home address with the same care-of address.
    private static func end(
        _ homeAddress: IPv4Address, at careOfAddress: IPv4Address?, of homeAgent: IPv4Address?, _ role: AgentRole,
        _ nai: NetworkAccessIdentifier?, _ query: ChangeBody
    ) -> Alteration {
        guard let text = query.text("text") else {
            return .agent([.endBinding(homeAddress: homeAddress, careOfAddress: careOfAddress)])
        }
        return .agent([
            .revoke(
                RevocationOrder(
                    role: role, homeAddresses: IPv4Prefix(host: homeAddress), nai: nai, careOfAddress: careOfAddress,
                    homeAgent: homeAgent, text: text))
        ])
    }

    /// The members have been checked.
    private static func order(_ role: AgentRole, _ query: ChangeBody) throws(Problem) -> RevocationOrder {
        let homeAddress = query.text("homeAddress")
        let order = RevocationOrder(
            role: role, homeAddresses: homeAddress.flatMap { IPv4Prefix($0) ?? IPv4Address($0).map { IPv4Prefix(host: $0) } },
            nai: query.text("nai").flatMap { NetworkAccessIdentifier($0) }, careOfAddress: query.address("careOfAddress"),
            homeAgent: query.address("homeAgent"), text: query.text("text") ?? "")
        let isLimited = order != RevocationOrder(role: role, text: order.text)
        guard isLimited != (query.truth(everything) ?? false) else {
            throw .badRequest(
                isLimited
                    ? "all=true was sent together with parameters that select some; expected one or the other"
                    : "no parameter selects registrations; expected some of homeAddress, nai, careOfAddress, homeAgent, or all=true"
            )
        }
        return order
    }
}
