import Foundation
import HTTPTypes
import JSON

// Operations that change something.
extension OpenAPIDocument {
    func operation(_ change: ChangeDeclaration) -> JSONValue {
        let isSending = change.place == .newRows
        let verb = change.method == .post ? isSending ? "send" : "add" : change.method.rawValue.lowercased()
        var parameters = [Self.reference(parameter: "validate")] + change.query.map { Self.parameter($0, change) }
        if change.place == .row {
            parameters += pathParameters(change.collection, parts: change.exampleParts)
            parameters.append(Self.reference(parameter: "ifMatch"))
            if change.method == .put { parameters.append(Self.reference(parameter: "ifNoneMatch")) }
        }
        var problems = [400, 401, 403, 404, 409, 413, 414, 421, 429, 503]
        if change.place == .row { problems.append(412) }
        if !change.body.isEmpty { problems += [415, 422] }
        // Over TCP, which is where a client of this document is.
        var members: JSONObject = ["security": [["token": []]]]
        if !change.body.isEmpty {
            var content: JSONObject = ["schema": Self.schema(change), "example": .object(change.example)]
            content["schema"] = Self.schema(change)
            members["requestBody"] = ["required": true, "content": ["application/json": .object(content)]]
        }
        return Self.operation(
            id: Self.identifier(verb, change.collection, isSending || change.place == .selection ? "" : "Row"), tag: "changes",
            summary: change.about,
            parameters: parameters, answers: Self.answers(change), problems: problems.sorted()
        ).adding(members)
    }

    private static func answers(_ change: ChangeDeclaration) -> JSONObject {
        let tag: JSONValue = ["$ref": "#/components/headers/ETag"]
        let created: JSONValue = [
            "description": "The row was created.",
            "headers": ["Location": ["$ref": "#/components/headers/Location"], "ETag": tag],
        ]
        let changed: JSONValue = ["description": "The row was changed.", "headers": ["ETag": tag]]
        let accepted: JSONValue = [
            "description": "The agent creates the rows.",
            "headers": [
                "Location": ["description": "The path and query that list the rows.", "schema": ["type": "string"]]
            ],
        ]
        return switch change.method {
        case .post where change.place == .newRows: ["202": accepted]
        case .post: ["201": created]
        case .put: ["201": created, "204": changed]
        case .delete where change.place == .selection: ["200": Self.removed]
        case .delete: ["204": ["description": "The row was removed."]]
        default: ["204": changed]
        }
    }

    private static let removed: JSONValue = [
        "description": "The rows were removed.",
        "content": [
            "application/json": [
                "schema": [
                    "type": "object", "required": ["ended"],
                    "properties": ["ended": ["type": "integer", "minimum": 0, "description": "How many registrations ended."]],
                ],
                "example": ["ended": 1],
            ]
        ],
    ]

    /// A parameter of the query. The example selects what the agent of the examples has.
    private static func parameter(_ member: BodyMember, _ change: ChangeDeclaration) -> JSONValue {
        var parameter: JSONObject = [
            "name": .string(member.name), "in": "query", "description": .string(member.about),
            "schema": schema(member, isPatch: false),
        ]
        if member.isRequired { parameter["required"] = true }
        if let example = change.example[member.name] { parameter["example"] = example }
        return .object(parameter)
    }

    private static func schema(_ change: ChangeDeclaration) -> JSONValue {
        schema(change.body, isPatch: change.method == .patch)
    }

    private static func schema(_ members: [BodyMember], isPatch: Bool) -> JSONValue {
        var schema: JSONObject = [
            "type": "object", "additionalProperties": false,
            "properties": .object(JSONObject(members.map { ($0.name, Self.schema($0, isPatch: isPatch)) })),
        ]
        let required = members.filter(\.isRequired).map(\.name)
        if !required.isEmpty { schema["required"] = JSONValue(required) }
        if isPatch { schema["minProperties"] = 1 }
        return .object(schema)
    }

    private static func schema(_ member: BodyMember, isPatch: Bool) -> JSONValue {
        var schema: JSONObject
        switch member.form {
        case .truth: schema = ["type": "boolean"]
        case .whole(let range):
            schema = ["type": "integer", "minimum": .integer(range.lowerBound), "maximum": .integer(range.upperBound)]
        case .word(let words): schema = ["type": "string", "enum": JSONValue(words)]
        case .words(let words):
            schema = ["type": "array", "uniqueItems": true, "items": ValueSchemas.words(words)]
        case .text(let form): schema = Self.schema(form)
        case .texts(let form, let counts):
            schema = [
                "type": "array", "uniqueItems": true, "minItems": .integer(Int64(counts.lowerBound)),
                "maxItems": .integer(Int64(counts.upperBound)), "items": .object(Self.schema(form)),
            ]
        case .object(let members):
            guard case .object(let inner) = Self.schema(members, isPatch: false) else { return [:] }
            schema = inner
        }
        schema["description"] = .string(member.about)
        if member.isSecret { schema["writeOnly"] = true }
        // A PATCH leaves omitted members unchanged, so defaults do not apply to it.
        if let defaultValue = member.defaultValue, !isPatch { schema["default"] = defaultValue }
        return .object(schema)
    }

    private static func schema(_ form: TextForm) -> JSONObject {
        var schema: JSONObject = ["type": "string"]
        // A pattern is more precise than a format, so the format appears only where there is no pattern.
        if let pattern = form.pattern {
            schema["pattern"] = .string(pattern)
        } else if let format = form.format {
            schema["format"] = .string(format)
        }
        schema["minLength"] = .integer(Int64(form.lengths.lowerBound))
        schema["maxLength"] = .integer(Int64(form.lengths.upperBound))
        return schema
    }
}
