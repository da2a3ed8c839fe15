import AgentControl
import JSON

/// The types of the catalogue as schemas (JSON Schema 2020-12, which OpenAPI 3.1 uses).
struct RowSchemas {
    let catalogue: SchemaCatalogue

    /// A reference to a type.
    static func reference(_ name: String) -> JSONValue { ["$ref": "#/components/schemas/\(name)"] }

    /// The name of the type that a row has when `fields` selects some of its members.
    static func partName(_ name: String) -> String { "\(name)Part" }

    /// The types used by rows of these collections and by the other answers, by name.
    func all(_ collections: [any ServedCollection], _ others: [String]) -> JSONObject {
        var schemas: JSONObject = [:]
        var pending = others
        for collection in collections {
            guard case .object(let members)? = catalogue.types[collection.schema] else { continue }
            let whole = row(collection, members)
            schemas[collection.schema] = whole
            if case .object(var part) = whole {
                part["required"] = nil
                part["description"] = "Some members of \(collection.schema), as selected by `fields`."
                schemas[Self.partName(collection.schema)] = .object(part)
            }
            pending += members.flatMap { Self.named($0.form) }
        }
        while let name = pending.popLast() {
            guard schemas[name] == nil else { continue }
            switch catalogue.types[name] {
            case .words(let words)?: schemas[name] = describe(ValueSchemas.words(words), name)
            case .object(let members)?:
                schemas[name] = describe(object(members, in: name), name)
                pending += members.flatMap { Self.named($0.form) }
            case nil: break
            }
        }
        return schemas
    }

    /// A row: its own members, the agent's name, and the seconds left for rows that expire.
    private func row(_ collection: any ServedCollection, _ members: [SchemaCatalogue.Member]) -> JSONValue {
        var all = members + [.init(name: "agent", form: .text, isOptional: false)]
        if collection.hasTimeRemaining { all.append(.init(name: "timeRemaining", form: .whole, isOptional: true)) }
        return describe(object(all, in: collection.schema), collection.schema)
    }

    private func describe(_ schema: JSONValue, _ name: String) -> JSONValue {
        catalogue.comments[name].map { schema.adding(["description": .string($0)]) } ?? schema
    }

    private func object(_ members: [SchemaCatalogue.Member], in type: String) -> JSONValue {
        [
            "type": "object",
            "properties": .object(JSONObject(members.map { ($0.name, schema($0.form, $0.name, in: type)) })),
            "required": JSONValue(members.filter { !$0.isOptional }.map(\.name)),
        ]
    }

    private func schema(_ form: SchemaCatalogue.Form, _ name: String, in type: String) -> JSONValue {
        if let form = SchemaCatalogue.form(of: name, in: type) { return ValueSchemas.schema(form) }
        return switch form {
        case .text: ["type": "string"]
        case .whole: ["type": "integer", "minimum": 0]
        case .real: ["type": "number"]
        case .truth: ["type": "boolean"]
        case .open: type == "Counters" ? Self.reference(Self.counterTree) : ["type": "object"]
        case .words(let words): ValueSchemas.words(words)
        case .named(let other): ValueSchemas.named[other].map(ValueSchemas.schema) ?? Self.reference(other)
        case .list(let inner): ["type": "array", "items": schema(inner, name, in: type)]
        }
    }

    private static func named(_ form: SchemaCatalogue.Form) -> [String] {
        switch form {
        case .named(let name): ValueSchemas.named[name] == nil ? [name] : []
        case .list(let inner): named(inner)
        default: []
        }
    }

    static let counterTree = "CounterTree"

    /// Counters, grouped into objects by what they count.
    static let counters: JSONValue = [
        "type": "object", "description": "Counters, and objects of counters by reply code, reason or kind.",
        "additionalProperties": ["anyOf": [["type": "integer", "minimum": 0], reference(counterTree)]],
    ]
}
