package import AgentModel
package import JSON

/// A table of an agent, declared once. The API's collections, the command's lists and their schemas are derived from it
/// (`AgentTables`).
package struct AgentTable<Key: Comparable & Sendable, Row: Encodable & Sendable>: Sendable {
    /// Its name in paths and commands: `mobile-nodes`.
    package let name: String
    /// What a row is called in sentences.
    package let noun: String
    /// A description in one sentence.
    package let sentence: String
    /// The topic by which an agent is asked for the table.
    package let topic: ControlTopic
    /// The rows in a snapshot of an agent.
    package let rows: @Sendable (AgentState) -> OrderedTable<Key, Row>
    /// The members that make the key, in the order of a row's path.
    package let keyMembers: [String]
    /// The members by which rows are ordered.
    package let order: [String]
    /// The key with these parts, one for each of `keyMembers`; nil if they do not form a key.
    package let key: @Sendable ([String]) -> Key?
    /// When a row expires, for tables whose rows do; nil for tables whose rows do not expire.
    package let expiry: (@Sendable (Row) -> RowEnd)?

    package init(
        _ name: String, noun: String, _ sentence: String, topic: ControlTopic,
        _ rows: @escaping @Sendable (AgentState) -> OrderedTable<Key, Row>, key keyMembers: [String], order: [String]? = nil,
        expiry: (@Sendable (Row) -> RowEnd)? = nil, _ key: @escaping @Sendable ([String]) -> Key?
    ) {
        self.name = name
        self.noun = noun
        self.sentence = sentence
        self.topic = topic
        self.rows = rows
        self.keyMembers = keyMembers
        self.order = order ?? keyMembers
        self.key = key
        self.expiry = expiry
    }

    /// The type of a row in the interface description or in the API's own types.
    package var schema: String { (Row.self as? any JSON.Record.Type)?.typeName ?? "\(Row.self)" }

    /// A row as the API and the command show it, with the seconds until it expires.
    package func resource(_ row: Row, in state: AgentState) -> Resource<Row> {
        Resource(
            agent: state.name, record: row,
            timeRemaining: expiry.flatMap { end in
                switch end(row) {
                case .at(let time): state.secondsRemaining(until: time)
                case .notCounted: nil
                }
            })
    }
}

/// When a row expires.
package enum RowEnd: Sendable {
    /// At this time; nil means never.
    case at(Timestamp?)
    /// It does not expire in its current state.
    case notCounted
}
