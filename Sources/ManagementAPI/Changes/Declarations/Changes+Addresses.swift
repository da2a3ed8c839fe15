import AgentModel
import HTTPTypes
import JSON
import ManagementCore
import MobileIPv4

// Lists of addresses: a row exists or not, and has no values to change.
extension Changes {
    private static let address = BodyMember(
        name: "address", form: .text(.unicastAddress), about: "The address.", isRequired: true)

    static let careOfAddresses = [
        ChangeDeclaration(
            method: .post, place: .collection, collection: Collections.careOfAddresses,
            about: "Offers a care-of address (`faCOATable`).", body: [agent, address],
            example: ["agent": .string("home"), "address": .string("192.0.2.77")]
        ) { change in try .agent([.addCareOfAddress(rowKey(Collections.careOfAddresses, change))]) },
        ChangeDeclaration(
            method: .put, place: .row, collection: Collections.careOfAddresses,
            about: "Offers a care-of address; has no effect when it is already offered.", body: [], example: [:],
            exampleParts: ["192.0.2.78"]
        ) { change in
            let address = try rowKey(Collections.careOfAddresses, change)
            guard change.state.information?.careOfAddresses.contains(address) == false else { return .agent([]) }
            return .agent([.addCareOfAddress(address)])
        },
        ChangeDeclaration(
            method: .delete, place: .row, collection: Collections.careOfAddresses,
            about: "Stops offering a care-of address that an operator added. Visits that use it expire.", body: [],
            example: [:]
        ) { change in try .agent([.removeCareOfAddress(rowKey(Collections.careOfAddresses, change))]) },
    ]

    static let homeAgents = [
        ChangeDeclaration(
            method: .post, place: .collection, collection: Collections.homeAgents,
            about: "Appends a home agent to a mobile node's list (`mnHATable`).", body: [agent, address],
            example: ["agent": .string("node"), "address": .string("10.0.0.9")]
        ) { change in try .agent([.addHomeAgent(rowKey(Collections.homeAgents, change))]) },
        ChangeDeclaration(
            method: .put, place: .row, collection: Collections.homeAgents,
            about: "Adds a home agent to a mobile node's list; has no effect when it is already there.", body: [], example: [:],
            exampleParts: ["10.0.0.8"]
        ) { change in
            let address = try rowKey(Collections.homeAgents, change)
            guard change.state.mobileNodeStatus?.homeAgents.contains(where: { $0.address == address }) != true else {
                return .agent([])
            }
            return .agent([.addHomeAgent(address)])
        },
        ChangeDeclaration(
            method: .delete, place: .row, collection: Collections.homeAgents,
            about:
                "Removes a home agent that an operator added from a mobile node's list; a registration with it is ended.",
            body: [], example: [:]
        ) { change in try .agent([.removeHomeAgent(rowKey(Collections.homeAgents, change))]) },
    ]
}
