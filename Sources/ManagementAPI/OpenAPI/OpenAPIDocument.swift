internal import CManagementFiles
import HTTPTypes
import JSON

/// The description of the API for programs (OpenAPI 3.1), made of the declarations that the server itself is made of.
struct OpenAPIDocument {
    /// Of the daemon.
    let version: String
    let collections = Collections.served(nil)
    let changes = Changes.all()
    /// What the server answers to the examples, by path: `answers.json`, which the tests write with `MIP_WRITE_GOLDEN=1`.
    let answers: JSONObject

    /// - Throws: `DecodingError` when `answers.json` is no JSON object.
    init(version: String) throws {
        self.version = version
        guard let answers = try JSONValue(json: String(cString: mip_openapi_answers()).utf8).object else {
            throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "answers.json is no JSON object"))
        }
        self.answers = answers
    }

    /// The whole document.
    var json: JSONValue {
        [
            "openapi": "3.1.0",
            "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
            "info": [
                "title": "mip-mibd", "version": .string(version),
                "summary": "Mobile IPv4 agents: everything they know, live, and every change an operator may make.",
                "description": .string(Self.introduction),
                "license": ["name": "Apache-2.0", "identifier": "Apache-2.0"],
            ],
            "servers": [["url": "/", "description": "This server."]],
            "tags": .array(Self.tags.map { ["name": .string($0.name), "description": .string($0.about)] }),
            "security": [[:], ["token": []]],
            "paths": .object(paths),
            "components": [
                "securitySchemes": [
                    "token": [
                        "type": "http", "scheme": "bearer",
                        "description":
                            "Needed on any address but loopback and the Unix socket; changes take one with the role write.",
                    ]
                ],
                "schemas": .object(schemas), "parameters": .object(parameters), "headers": .object(Self.headers),
                "responses": .object(Self.problems),
            ],
        ]
    }

    private static let introduction = """
        Lists are arrays, with a row a line, or with `Accept: application/x-ndjson` rows alone; `limit` makes pages, whose next one is in the \
        `Link` header. A row has an `ETag` of what it says without what the clock alone changes. Changes are made whole or not at all; \
        `validate=true` tries one. Refused requests are problem documents (RFC 9457). Members are added without notice: ignore those \
        you do not know.
        """

    private static let tags: [(name: String, about: String)] = [
        ("agents", "Agents and what is set of them."), ("rows", "What agents know, as lists and row by row."),
        ("changes", "What an operator may change."), ("events", "What happens."), ("operation", "The server itself."),
    ]

    private var paths: JSONObject {
        var paths: [String: JSONObject] = [:]
        for collection in collections {
            paths["/v1/\(collection.name)", default: [:]]["get"] = list(collection)
            paths[Self.rowPath(collection), default: [:]]["get"] = single(collection)
        }
        for change in changes {
            let path = change.place == .row ? Self.rowPath(change.collection) : "/v1/\(change.collection.name)"
            paths[path, default: [:]][change.method.rawValue.lowercased()] = operation(change)
        }
        for operation in fixed.members { paths[operation.name] = ["get": operation.value] }
        return JSONObject(paths.map { ($0.key, .object($0.value)) })
    }

    static func rowPath(_ collection: any ServedCollection) -> String {
        (["/v1", collection.name, "{agent}"] + collection.pathNames.map { "{\($0.name)}" }).joined(separator: "/")
    }

    private var schemas: JSONObject {
        RowSchemas(catalogue: .shared).all(collections, ["Status", "StreamedEvent", "Vocabulary"])
            .merging([
                RowSchemas.counterTree: RowSchemas.counters, "Problem": Self.problem,
                "AddressOrPrefix": ValueSchemas.addressOrPrefix,
            ])
    }

    /// An operation's members that all have.
    static func operation(
        id: String, tag: String, summary: String, parameters: [JSONValue], answers: JSONObject, problems: [Int]
    ) -> JSONValue {
        var responses = answers
        for status in problems { responses["\(status)"] = ["$ref": "#/components/responses/\(problemNames[status] ?? "")"] }
        return [
            "operationId": .string(id), "tags": [.string(tag)], "summary": .string(summary), "parameters": .array(parameters),
            "responses": .object(responses),
        ]
    }

    /// `careOfAddresses` of `care-of-addresses`, with a verb before it.
    static func identifier(_ verb: String, _ collection: any ServedCollection, _ end: String = "") -> String {
        verb + collection.name.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined() + end
    }
}
