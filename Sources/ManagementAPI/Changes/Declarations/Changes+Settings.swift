import AgentModel
import HTTPTypes
import JSON
import ManagementCore

extension Changes {
    static let settings = [
        ChangeDeclaration(
            method: .patch, place: .row, collection: Collections.settings,
            about: "Switches registration on or off, and changes what an agent demands and how much it holds. All of it or none.",
            body: [
                BodyMember(
                    name: "enabled", form: .truth,
                    about: "Whether registration and discovery are on (`mipEnable`). What is registered stays until it runs out."),
                BodyMember(
                    name: "busy", form: .truth,
                    about: "Whether the foreign agent says that it takes no more visitors (`faIsBusy`)."),
                BodyMember(
                    name: "registrationRequired", form: .truth,
                    about: "Whether nodes with a co-located care-of address must register through the foreign agent."),
                BodyMember(
                    name: "challengeWindow", form: .whole(0...16),
                    about: "How many of the challenges advertised last are good; 0 demands none (`faAdvertChallengeWindow`)."),
                BodyMember(name: "maximumBindings", form: .whole(1...4_294_967_295), about: "Most bindings of the home agent."),
                BodyMember(
                    name: "maximumVisitors", form: .whole(1...4_294_967_295), about: "Most visitors of the foreign agent."),
            ],
            example: ["enabled": .bool(true)]
        ) { change in
            let body = change.body
            var changes: [AgentChange] = []
            if let enabled = body.truth("enabled") { changes.append(.enabled(enabled)) }
            let demands = ForeignAgentSettings(
                busy: body.truth("busy"), registrationRequired: body.truth("registrationRequired"),
                challengeWindow: body.whole("challengeWindow"))
            if demands != ForeignAgentSettings() { changes.append(.foreignAgent(demands)) }
            let limits = AgentLimits(
                maximumBindings: body.whole("maximumBindings"), maximumVisitors: body.whole("maximumVisitors"))
            if limits != AgentLimits() { changes.append(.limits(limits)) }
            return .agent(changes)
        }
    ]
}
