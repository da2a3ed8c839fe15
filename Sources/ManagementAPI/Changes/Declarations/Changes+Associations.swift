import AgentModel
import HTTPTypes
import JSON
import ManagementCore
import MobileIPv4

extension Changes {
    private static func members(keyIsRequired: Bool) -> [BodyMember] {
        [
            BodyMember(
                name: "key", form: .text(.key), about: "The shared secret. It is write-only.", isRequired: keyIsRequired,
                isSecret: true),
            BodyMember(
                name: "algorithm", form: .word(AuthenticationAlgorithm.allCases.map(\.rawValue)),
                about: "How authenticators are computed.", defaultValue: .string(AuthenticationAlgorithm.hmacMD5.rawValue)),
            BodyMember(
                name: "replayMethod", form: .word(ReplayMethod.allCases.map(\.rawValue)), about: "How replays are detected.",
                defaultValue: .string(ReplayMethod.timestamps.rawValue)),
            BodyMember(
                name: "replayTolerance", form: .whole(1...65535), about: "How far a timestamp may deviate, in seconds.",
                defaultValue: .integer(7)),
            BodyMember(
                name: "peerRole", form: .word(AgentRole.allCases.map(\.rawValue)),
                about:
                    "The role of the peer towards this agent. Default: a mobile node, or a home agent if this agent is a mobile node."
            ),
            storage,
        ]
    }

    /// Whether the created or changed row persists across restarts of the agent.
    static let storage = BodyMember(
        name: "storage", form: .word([StorageType.volatile.rawValue, StorageType.nonVolatile.rawValue]),
        about: "Whether the row survives a restart of the agent. Default: nonVolatile if the agent has a state file "
            + "(`keepsChanges` of the agent), otherwise volatile; then nonVolatile is refused.")

    /// The storage type of a row that a body describes whole. An agent without a state file decides itself.
    static func storageType(_ wanted: StorageType?, _ change: ChangeRequest) -> StorageType? {
        wanted ?? (change.state.information?.keepsChanges == true ? .nonVolatile : nil)
    }

    private static let key: JSONValue = .string("0f1e2d3c4b5a69788796a5b4c3d2e1f0")

    static let associations = [
        ChangeDeclaration(
            method: .post, place: .collection, collection: Collections.associations,
            about: "Creates a security association; refused when there already is one with this peer and SPI.",
            body: [
                agent,
                BodyMember(name: "peer", form: .text(.peer), about: "The peer that shares the association.", isRequired: true),
                BodyMember(
                    name: "spi", form: .whole(256...4_294_967_295),
                    about: "The index that identifies the association in messages.",
                    isRequired: true),
            ] + members(keyIsRequired: true),
            example: [
                "agent": .string("home"), "peer": .string("10.0.1.9"), "spi": .integer(300), "key": key,
                "algorithm": .string("hmac-sha256"),
            ]
        ) { change in try .agent([.association(association(change, isWhole: true))]) },
        ChangeDeclaration(
            method: .put, place: .row, collection: Collections.associations,
            about: "Creates or replaces a security association: members omitted from the body get their default values.",
            body: members(keyIsRequired: true), example: ["key": key, "replayTolerance": .integer(10)]
        ) { change in try .agent([.association(association(change, isWhole: true))]) },
        ChangeDeclaration(
            method: .patch, place: .row, collection: Collections.associations,
            about:
                "Changes some members of a security association; members omitted from the body keep their values, including the key.",
            body: members(keyIsRequired: false), example: ["replayTolerance": .integer(30)]
        ) { change in try .agent([.association(association(change, isWhole: false))]) },
        ChangeDeclaration(
            method: .delete, place: .row, collection: Collections.associations,
            about: "Deletes a security association. Registrations that it authenticated remain until they expire.", body: [],
            example: [:]
        ) { change in try .agent([.removeAssociation(rowKey(Collections.associations, change))]) },
    ]

    private static func association(_ change: ChangeRequest, isWhole: Bool) throws -> SecurityAssociationChange {
        let key = try rowKey(Collections.associations, change)
        let body = change.body
        var result = SecurityAssociationChange(
            peer: key.peer, spi: key.spi, peerRole: body.word("peerRole"), algorithm: body.word("algorithm"),
            replayMethod: body.word("replayMethod"), replayTolerance: body.whole("replayTolerance"),
            key: body.text("key").flatMap { SecretOctets(hexadecimal: $0) }, creation: change.creation,
            storage: body.word("storage"))
        guard isWhole else { return result }
        // The default role of a peer follows from who registers with whom: mobile nodes register with agents.
        let isAgent = change.state.plays(.homeAgent) || change.state.plays(.foreignAgent)
        result.peerRole = result.peerRole ?? (isAgent ? .mobileNode : .homeAgent)
        result.algorithm = result.algorithm ?? .hmacMD5
        result.replayMethod = result.replayMethod ?? .timestamps
        result.replayTolerance = result.replayTolerance ?? 7
        result.storage = storageType(result.storage, change)
        return result
    }

    /// The member that names the agent where the path does not.
    static let agent = BodyMember(name: "agent", form: .text(.agent), about: "The agent's name.", isRequired: true)

    /// The key in a change's path or body, which has already been checked.
    static func rowKey<Key, Row>(_ collection: ResourceCollection<Key, Row>, _ change: ChangeRequest) throws(Problem) -> Key {
        guard let key = collection.key(change.parts) else { throw collection.invalidKey(change.parts) }
        return key
    }
}
