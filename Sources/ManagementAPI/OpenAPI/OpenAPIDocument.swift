internal import CManagementFiles
import HTTPTypes
import JSON

/// The description of the API for programs (OpenAPI 3.1), generated from the same declarations as the server itself.
struct OpenAPIDocument {
    /// The version of the daemon.
    let version: String
    let collections = Collections.served(nil)
    let changes = Changes.all()
    /// The server's answers to the examples, by path: `answers.json`, which the tests write with `MIP_WRITE_GOLDEN=1`.
    let answers: JSONObject

    /// - Throws: `DecodingError` when `answers.json` is not a JSON object.
    init(version: String) throws {
        self.version = version
        guard let answers = try JSONValue(json: String(cString: mip_openapi_answers()).utf8).object else {
            throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "answers.json is not a JSON object"))
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
                "summary": "Mobile IPv4 agents: all their data, live, and every change an operator may make.",
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
                            "Required on every address except loopback and the Unix socket. Changes require a token with the role write everywhere but on the Unix socket.",
                    ]
                ],
                "schemas": .object(schemas), "parameters": .object(parameters), "headers": .object(Self.headers),
                "responses": .object(Self.problems),
            ],
        ]
    }

    private static let introduction = """
        Lists are arrays with one row per line, or with `Accept: application/x-ndjson` only the rows; `limit` splits a list into pages, with \
        the next page in the `Link` header. The `ETag` of a row covers its contents except for what changes with the clock alone. A change is \
        made completely or not at all; `validate=true` only checks it. Refused requests get problem documents (RFC 9457). Members may be \
        added without notice: ignore those you do not know.
        """

    private static let tags: [(name: String, about: String)] = [
        ("agents", "Agents and their settings."), ("rows", "The data of agents, as lists and as single rows."),
        ("changes", "What an operator may change."), ("events", "Events as they happen."), ("operation", "The server itself."),
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
        RowSchemas(catalogue: .shared).all(
            collections, ["ResourceIndex", "Status", "Session", "StreamedEvent", "Vocabulary", "Readiness"]
        )
        .merging([
            RowSchemas.counterTree: RowSchemas.counters, "Problem": Self.problem,
            "AddressOrPrefix": ValueSchemas.addressOrPrefix,
        ])
    }

    /// An operation, with the members that every operation has.
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

    /// The name of a collection in camel case, with a verb before it: `listCareOfAddresses` for `care-of-addresses`.
    static func identifier(_ verb: String, _ collection: any ServedCollection, _ end: String = "") -> String {
        verb + collection.name.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined() + end
    }
}
