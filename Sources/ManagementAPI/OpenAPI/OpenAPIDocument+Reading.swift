import AgentControl
import Foundation
import JSON

// Operations that only read.
extension OpenAPIDocument {
    private static func parameter(
        _ name: String, in place: String, _ about: String, _ schema: JSONValue, example: JSONValue? = nil,
        isRequired: Bool = false, isList: Bool = false
    ) -> JSONValue {
        var members: JSONObject = [
            "name": .string(name), "in": .string(place), "description": .string(about), "schema": schema,
        ]
        if isRequired { members["required"] = true }
        if let example { members["example"] = example }
        if isList { (members["style"], members["explode"]) = ("form", false) }
        return .object(members)
    }

    static func query(
        _ name: String, _ about: String, _ schema: JSONValue, example: JSONValue? = nil, isList: Bool = false
    ) -> JSONValue { parameter(name, in: "query", about, schema, example: example, isList: isList) }

    static func reference(parameter name: String) -> JSONValue { ["$ref": "#/components/parameters/\(name)"] }

    /// Parameters that many operations share.
    var parameters: JSONObject {
        [
            "agent": Self.query("agent", "Rows of one agent.", ["type": "string"], example: "home"),
            "limit": Self.query(
                "limit",
                "Maximum rows per page. Without it, a list is returned whole, and a sorted list in pages of \(Listing.sortedLimit).",
                ["type": "integer", "minimum": 1, "maximum": .integer(Int64(Listing.maximumLimit))], example: 10),
            "cursor": Self.query(
                "cursor", "Where the page begins: taken from the Link header of the previous page, with the same limit and sort.",
                ["type": "string"]),
            "total": Self.query(
                "total", "Count the rows that match, on all pages, in the header MIP-Total-Count.",
                ["type": "boolean", "default": false]),
            "validate": Self.query(
                "validate", "Only check the change: the answer is the same, and nothing is changed.",
                ["type": "boolean", "default": false]),
            "ifMatch": Self.parameter(
                "If-Match", in: "header", "Make the change only if the row has one of these entity tags.",
                Self.entityTags, example: "*"),
            "ifNoneMatch": Self.parameter(
                "If-None-Match", in: "header",
                "Return the row only if it has changed; with `*`, create a row only if there is none.",
                Self.entityTags, example: "\"0123456789abcdef01234567\""),
        ]
    }

    private static let entityTags: JSONValue = [
        "type": "string", "minLength": 1, "pattern": .string(EntityTagList.pattern),
    ]

    /// The agent and the key in a path.
    func pathParameters(_ collection: any ServedCollection, parts: [String]? = nil) -> [JSONValue] {
        let named = zip(collection.pathNames, parts ?? collection.pathNames.map(\.example))
        return [
            Self.parameter(
                "agent", in: "path", "The agent's name.", ["type": "string", "minLength": 1],
                example: .string(collection.exampleAgent), isRequired: true)
        ]
            + named.map { part, example in
                let schema = Self.schema(ofPathPart: part.name, in: collection)
                return Self.parameter(
                    part.name, in: "path", "A part of the row's key.", schema,
                    example: schema["type"] == "integer" ? Int64(example).map(JSONValue.integer) : .string(example),
                    isRequired: true)
            }
    }

    /// A part of a path has the schema of the member of that name; a text may also be the placeholder for an absent identifier.
    private static func schema(ofPathPart name: String, in collection: any ServedCollection) -> JSONValue {
        if case .object(let members)? = SchemaCatalogue.shared.types[collection.schema],
            let member = members.first(where: { $0.name == name })
        {
            let form = SchemaCatalogue.form(of: name, in: collection.schema)
            switch member.form {
            case .whole: return ["type": "integer", "minimum": 0, "maximum": 4_294_967_295]
            case .words(let words): return ValueSchemas.words(words)
            case .named(let other):
                if let form = ValueSchemas.named[other] { return ValueSchemas.schema(form) }
                if !member.isOptional { return RowSchemas.reference(other) }
            default:
                let schema = form.map(ValueSchemas.schema)
                if let schema, schema["enum"] != nil || schema["format"] != nil { return schema }
            }
        }
        return ["type": "string", "minLength": 1]
    }

    // MARK: - Lists and rows

    /// A JSON answer, with the server's answer to the example at this path.
    private func content(_ schema: JSONValue, at path: String) -> JSONValue {
        var content: JSONObject = ["schema": schema]
        content["example"] = answers[path]
        return .object(content)
    }

    func list(_ collection: any ServedCollection) -> JSONValue {
        let filters = collection.parameters.map { filter in
            Self.query(filter.name, filter.about, Self.schema(filter.form), isList: Self.isList(filter.form))
        }
        var more: [JSONValue] = []
        if !collection.sortNames.isEmpty {
            let names = collection.sortNames.flatMap { [$0, "-\($0)"] }
            more.append(
                Self.query(
                    "sort", "The member to sort rows by, prefixed with '-' for the opposite order.",
                    ValueSchemas.words(names), example: .string(names[0])))
        }
        more.append(Self.fields(collection))
        let row = RowSchemas.reference(collection.schema)
        let part = RowSchemas.reference(RowSchemas.partName(collection.schema))
        return Self.operation(
            id: Self.identifier("list", collection), tag: Self.tag(collection), summary: collection.about,
            parameters: filters + more + [Self.reference(parameter: "agent"), Self.reference(parameter: "limit")]
                + [Self.reference(parameter: "cursor"), Self.reference(parameter: "total")],
            answers: [
                "200": [
                    "description": "The rows, ordered by agent and key unless sorted.",
                    "headers": [
                        "Link": ["$ref": "#/components/headers/Link"],
                        "MIP-Total-Count": ["$ref": "#/components/headers/MIP-Total-Count"],
                        "MIP-Agent-Data": ["$ref": "#/components/headers/MIP-Agent-Data"],
                    ],
                    "content": [
                        "application/json": content(
                            ["type": "array", "items": ["anyOf": [row, part]]], at: "/v1/\(collection.name)"),
                        "application/x-ndjson": [:],
                    ],
                ]
            ], problems: Self.negotiatedProblems)
    }

    private static func fields(_ collection: any ServedCollection) -> JSONValue {
        let names = SchemaCatalogue.shared.members(of: collection.schema, hasTimeRemaining: collection.hasTimeRemaining)
        return query(
            "fields", "The members to return of each row.",
            ["type": "array", "items": ValueSchemas.words(names), "minItems": 1], example: JSONValue(["agent"]), isList: true)
    }

    private static func isList(_ form: ParameterDescription.Form) -> Bool { if case .choice = form { true } else { false } }

    private static func schema(_ form: ParameterDescription.Form) -> JSONValue {
        switch form {
        case .text: ["type": "string"]
        case .prefix: RowSchemas.reference("AddressOrPrefix")
        case .number(let range):
            ["type": "integer", "minimum": .integer(range.lowerBound), "maximum": .integer(range.upperBound)]
        case .choice(let words): ["type": "array", "items": ValueSchemas.words(words), "minItems": 1]
        case .flag: ["type": "boolean"]
        }
    }

    static func tag(_ collection: any ServedCollection) -> String {
        ["agents", "settings", "notifications", "node", "drain"].contains(collection.name) ? "agents" : "rows"
    }

    func single(_ collection: any ServedCollection) -> JSONValue {
        let row = RowSchemas.reference(collection.schema)
        let part = RowSchemas.reference(RowSchemas.partName(collection.schema))
        return Self.operation(
            id: Self.identifier("get", collection, "Row"), tag: Self.tag(collection),
            summary: "One row of \(collection.name), with its ETag.",
            parameters: pathParameters(collection) + [Self.fields(collection), Self.reference(parameter: "ifNoneMatch")],
            answers: [
                "200": [
                    "description": "The row.",
                    "headers": [
                        "ETag": ["$ref": "#/components/headers/ETag"],
                        "MIP-Agent-Data": ["$ref": "#/components/headers/MIP-Agent-Data"],
                    ],
                    "content": ["application/json": content(["anyOf": [row, part]], at: Self.rowPath(collection))],
                ],
                "304": [
                    "description": "The row has not changed since it was read.",
                    "headers": ["ETag": ["$ref": "#/components/headers/ETag"]],
                ],
            ], problems: [400, 401, 404, 414, 421, 429])
    }

    static let readingProblems = [400, 401, 414, 421, 429]
    /// Of answers in more than one media type.
    static let negotiatedProblems = [400, 401, 406, 414, 421, 429]

    // MARK: - Paths other than collections

    var fixed: JSONObject {
        func answer(_ about: String, _ content: JSONValue) -> JSONObject {
            ["200": ["description": .string(about), "content": content]]
        }
        func json(_ schema: JSONValue, _ path: String) -> JSONValue { ["application/json": content(schema, at: path)] }
        func word(_ word: String, _ path: String) -> JSONValue {
            json(["type": "object", "properties": ["status": ValueSchemas.words([word])], "required": ["status"]], path)
        }
        return [
            "/v1": Self.operation(
                id: "getIndex", tag: "operation", summary: "The paths of this API, with a sentence on each.", parameters: [],
                answers: answer("The index.", json(RowSchemas.reference("ResourceIndex"), "/v1")),
                problems: Self.readingProblems),
            "/v1/status": Self.operation(
                id: "getStatus", tag: "agents", summary: "The state of every agent and of SNMP.", parameters: [],
                answers: answer("The status.", json(RowSchemas.reference("Status"), "/v1/status")), problems: Self.readingProblems
            ),
            "/v1/session": Self.operation(
                id: "getSession", tag: "operation",
                summary: "On whose behalf the server takes the requests of this client, and what that role may do.",
                parameters: [],
                answers: answer("The session.", json(RowSchemas.reference("Session"), "/v1/session")),
                problems: Self.readingProblems),
            "/v1/vocabulary": Self.operation(
                id: "getVocabulary", tag: "operation", summary: "What the codes and words in answers mean.", parameters: [],
                answers: answer("The vocabulary.", json(RowSchemas.reference("Vocabulary"), "/v1/vocabulary")),
                problems: Self.readingProblems),
            "/v1/events": Self.operation(
                id: "streamEvents", tag: "events",
                summary:
                    "Events as they happen, as Server-Sent Events; or the stored events as a list, with `Accept: application/json`.",
                parameters: eventParameters,
                answers: answer(
                    "A stream that begins with an event `ready`, is never silent for longer than the heartbeat named there, and sends an "
                        + "event `missed` when earlier events are no longer stored. As a list: the stored events, oldest first.",
                    [
                        "text/event-stream": [:],
                        "application/json": content(
                            ["type": "array", "items": RowSchemas.reference("StreamedEvent")], at: "/v1/events"),
                        "application/x-ndjson": [:],
                    ]), problems: Self.negotiatedProblems + [503]),
            "/metrics": Self.operation(
                id: "getMetrics", tag: "operation",
                summary: "Metrics in the Prometheus format, or in OpenMetrics if the Accept header requests it.",
                parameters: [],
                answers: answer(
                    "The metrics.",
                    [
                        "text/plain": ["schema": ["type": "string"]],
                        "application/openmetrics-text": ["schema": ["type": "string"]],
                    ]
                ), problems: Self.negotiatedProblems),
            "/healthz": Self.operation(
                id: "getHealth", tag: "operation", summary: "Whether the process answers; says nothing about agents.",
                parameters: [],
                answers: answer("The process answers.", word("ok", "/healthz")), problems: [400, 414, 421, 429]
            ).adding(["security": []]),
            "/readyz": Self.operation(
                id: "getReadiness", tag: "operation",
                summary: "Whether there is current data from every agent, and the state of every part of the daemon.",
                parameters: [],
                answers: answer(
                    "There is current data from every agent.", json(RowSchemas.reference("Readiness"), "/readyz")),
                problems: Self.readingProblems + [503]),
            "/openapi.json": Self.operation(
                id: "getDocument", tag: "operation", summary: "This document.", parameters: [],
                answers: answer("The document.", ["application/json": ["schema": ["type": "object"]]]),
                problems: [400, 414, 421, 429]
            ).adding(["security": []]),
        ]
    }

    private var eventParameters: [JSONValue] {
        let prefix = RowSchemas.reference("AddressOrPrefix")
        return [
            Self.reference(parameter: "agent"),
            Self.query(
                "kind", "Kinds of events to return.",
                ["type": "array", "items": ValueSchemas.words(EventFilter.kinds), "minItems": 1],
                example: JSONValue(["changed", "registered"]), isList: true),
            Self.query("homeAddress", "A home address, or a prefix of home addresses.", prefix, example: "10.0.0.0/8"),
            Self.query("careOfAddress", "A care-of address, or a prefix of care-of addresses.", prefix),
            Self.query("nai", "Network access identifier.", ["type": "string"]),
            Self.query(
                "lastEventID", "The `id` of the last event seen, where the header Last-Event-ID cannot be set.",
                ["type": "string"]),
        ]
    }
}
