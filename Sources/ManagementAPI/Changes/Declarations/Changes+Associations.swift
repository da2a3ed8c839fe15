import AgentModel
import HTTPTypes
import JSON
import ManagementCore
import MobileIPv4

extension Changes {
    private static func members(keyIsRequired: Bool) -> [BodyMember] {
        [
            BodyMember(
                name: "key", form: .text(.key), about: "The shared secret. It is only ever written.", isRequired: keyIsRequired,
                isSecret: true),
            BodyMember(
                name: "algorithm", form: .word(AuthenticationAlgorithm.allCases.map(\.rawValue)),
                about: "How authenticators are computed.", usual: .string(AuthenticationAlgorithm.hmacMD5.rawValue)),
            BodyMember(
                name: "replayMethod", form: .word(ReplayMethod.allCases.map(\.rawValue)), about: "How replays are told.",
                usual: .string(ReplayMethod.timestamps.rawValue)),
            BodyMember(
                name: "replayTolerance", form: .whole(1...65535), about: "How far a timestamp may be off, in seconds.",
                usual: .integer(7)),
            BodyMember(
                name: "peerRole", form: .word(AgentRole.allCases.map(\.rawValue)),
                about: "What the peer is to this agent; a mobile node when it is not said."),
            storage,
        ]
    }

    /// Whether what is made or changed outlives the agent's process.
    static let storage = BodyMember(
        name: "storage", form: .word([StorageType.volatile.rawValue, StorageType.nonVolatile.rawValue]),
        about: "Whether it outlives the agent's process.", usual: .string(StorageType.nonVolatile.rawValue))

    private static let key: JSONValue = .string("0f1e2d3c4b5a69788796a5b4c3d2e1f0")

    static let associations = [
        ChangeDeclaration(
            method: .post, place: .collection, collection: Collections.associations,
            about: "Makes a security association; refused when there is one with this peer and SPI.",
            body: [
                agent, BodyMember(name: "peer", form: .text(.peer), about: "Whom it is shared with.", isRequired: true),
                BodyMember(
                    name: "spi", form: .whole(256...4_294_967_295), about: "The index that names it in messages.",
                    isRequired: true),
            ] + members(keyIsRequired: true),
            example: [
                "agent": .string("home"), "peer": .string("10.0.1.9"), "spi": .integer(300), "key": key,
                "algorithm": .string("hmac-sha256"),
            ]
        ) { change in try .agent([.association(association(change, isWhole: true))]) },
        ChangeDeclaration(
            method: .put, place: .row, collection: Collections.associations,
            about: "Makes a security association, or replaces one whole: what the body leaves out has its usual value.",
            body: members(keyIsRequired: true), example: ["key": key, "replayTolerance": .integer(10)]
        ) { change in try .agent([.association(association(change, isWhole: true))]) },
        ChangeDeclaration(
            method: .patch, place: .row, collection: Collections.associations,
            about: "Changes some members of a security association; what the body leaves out stays, its key too.",
            body: members(keyIsRequired: false), example: ["replayTolerance": .integer(30)]
        ) { change in try .agent([.association(association(change, isWhole: false))]) },
        ChangeDeclaration(
            method: .delete, place: .row, collection: Collections.associations,
            about: "Forgets a security association. What it authenticated stays registered until it runs out.", body: [],
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
        // What a peer is when nobody says it: mobile nodes register with agents.
        let isAgent = change.state.plays(.homeAgent) || change.state.plays(.foreignAgent)
        result.peerRole = result.peerRole ?? (isAgent ? .mobileNode : .homeAgent)
        result.algorithm = result.algorithm ?? .hmacMD5
        result.replayMethod = result.replayMethod ?? .timestamps
        result.replayTolerance = result.replayTolerance ?? 7
        result.storage = result.storage ?? .nonVolatile
        return result
    }

    /// The member that names the agent, where the path does not.
    static let agent = BodyMember(name: "agent", form: .text(.agent), about: "The agent's name.", isRequired: true)

    /// The key that a change names; it was found to be one.
    static func rowKey<Key, Row>(_ collection: ResourceCollection<Key, Row>, _ change: ChangeRequest) throws(Problem) -> Key {
        guard let key = collection.key(change.parts) else { throw collection.noKey(change.parts) }
        return key
    }
}
