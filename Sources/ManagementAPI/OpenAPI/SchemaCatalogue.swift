import AgentControl
import JSON

/// The types of rows, read from the description of the control interface and from what this API adds to it.
typealias SchemaCatalogue = InterfaceTypes

extension SchemaCatalogue {
    static let shared = SchemaCatalogue(InterfaceDescription.agent + "\n" + APITypes.text)

    /// The names of a row's members as the API tells it.
    func members(of schema: String, hasTimeRemaining: Bool) -> [String] {
        guard case .object(let members) = types[schema] else { return ["agent"] }
        return members.map(\.name) + ["agent"] + (hasTimeRemaining ? ["timeRemaining"] : [])
    }

    /// What a member of a record looks like; nil for the types that only this API has.
    static func form(of member: String, in type: String) -> ValueForm? { forms[type]?[member] }

    private static let forms = ChangeKind.records.mapValues { record in
        Dictionary(uniqueKeysWithValues: RecordShape(of: record).members.map { ($0.name, $0.form) })
    }
}
