import AgentModel
import HTTPTypes
import JSON
import ManagementCore
import MobileIPv4

extension Changes {
    private static let advertisementMembers = [
        BodyMember(
            name: "destination", form: .word(["224.0.0.1", "255.255.255.255"]), about: "Destination address of advertisements.",
            defaultValue: .string("224.0.0.1")),
        BodyMember(
            name: "maximumRegistrationLifetime", form: .whole(0...65535),
            about: "Longest registration lifetime advertised, in seconds; 65535 means infinity.", defaultValue: .integer(1800)),
        BodyMember(
            name: "maximumInterval", form: .whole(4...1800),
            about: "Longest interval between unsolicited advertisements, in seconds.",
            defaultValue: .integer(600)),
        BodyMember(
            name: "minimumInterval", form: .whole(3...1800),
            about: "Shortest interval between unsolicited advertisements, in seconds; at most `maximumInterval`.",
            defaultValue: .integer(450)),
        BodyMember(
            name: "advertisementLifetime", form: .whole(4...9000),
            about: "How long an advertisement is valid, in seconds; at least `maximumInterval`.", defaultValue: .integer(1800)),
        BodyMember(
            name: "onlyOnSolicitation", form: .truth, about: "Whether the agent advertises itself only when solicited.",
            defaultValue: .bool(false)),
        BodyMember(
            name: "includesPrefixLength", form: .truth, about: "Whether the Prefix-Lengths extension is sent.",
            defaultValue: .bool(false)),
        storage,
    ]

    static let advertisements = [
        ChangeDeclaration(
            method: .put, place: .row, collection: Collections.advertisements,
            about: "Makes an agent advertise itself at one of its addresses, or replaces how it does: "
                + "members omitted from the body get their default values.",
            body: advertisementMembers, example: ["maximumInterval": .integer(60), "minimumInterval": .integer(45)]
        ) { change in
            var result = try advertising(change)
            result.destination = result.destination ?? IPv4Address(224, 0, 0, 1)
            result.maximumRegistrationLifetime = result.maximumRegistrationLifetime ?? 1800
            result.maximumInterval = result.maximumInterval ?? 600
            result.minimumInterval = result.minimumInterval ?? 450
            result.advertisementLifetime = result.advertisementLifetime ?? 1800
            result.onlyOnSolicitation = result.onlyOnSolicitation ?? false
            result.includesPrefixLength = result.includesPrefixLength ?? false
            result.storage = storageType(result.storage, change)
            return .agent([.advertising(result)])
        },
        ChangeDeclaration(
            method: .patch, place: .row, collection: Collections.advertisements,
            about:
                "Changes how an agent advertises itself at one of its addresses; members omitted from the body keep their values.",
            body: advertisementMembers, example: ["onlyOnSolicitation": .bool(true)]
        ) { change in try .agent([.advertising(advertising(change))]) },
        ChangeDeclaration(
            method: .delete, place: .row, collection: Collections.advertisements,
            about: "Stops advertising at an address where an operator started it.", body: [], example: [:]
        ) { change in try .agent([.removeAdvertising(rowKey(Collections.advertisements, change))]) },
    ]

    private static func advertising(_ change: ChangeRequest) throws -> AdvertisingChange {
        let body = change.body
        return AdvertisingChange(
            address: try rowKey(Collections.advertisements, change),
            maximumRegistrationLifetime: body.whole("maximumRegistrationLifetime"),
            includesPrefixLength: body.truth("includesPrefixLength"), destination: body.address("destination"),
            maximumInterval: body.whole("maximumInterval"), minimumInterval: body.whole("minimumInterval"),
            advertisementLifetime: body.whole("advertisementLifetime"), onlyOnSolicitation: body.truth("onlyOnSolicitation"),
            creation: change.creation, storage: body.word("storage"))
    }
}
