import AgentControl
import JSON

/// The row types, read from the description of the control interface and from this API's additions to it.
typealias SchemaCatalogue = InterfaceTypes

extension SchemaCatalogue {
    static let shared = SchemaCatalogue(InterfaceDescription.agent + "\n" + APITypes.text)

    /// The names of a row's members as the API serves it.
    func members(of schema: String, hasTimeRemaining: Bool) -> [String] {
        guard case .object(let members) = types[schema] else { return ["agent"] }
        return members.map(\.name) + ["agent"] + (hasTimeRemaining ? ["timeRemaining"] : [])
    }

    /// The form of a record's member; nil for types that only this API has.
    static func form(of member: String, in type: String) -> ValueForm? { forms[type]?[member] }

    private static let forms = ChangeKind.records.mapValues { record in
        Dictionary(uniqueKeysWithValues: RecordShape(of: record).members.map { ($0.name, $0.form) })
    }
}
