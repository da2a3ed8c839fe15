package import AgentModel
package import JSON

/// A table of an agent, declared once: the API's collections, the command's lists and their schema come from it (`AgentTables`).
package struct AgentTable<Key: Comparable & Sendable, Row: Encodable & Sendable>: Sendable {
    /// Its name in paths and commands: `mobile-nodes`.
    package let name: String
    /// What a row is, for sentences.
    package let noun: String
    /// One sentence.
    package let sentence: String
    /// What an agent is asked for to have it.
    package let topic: ControlTopic
    /// The rows in a snapshot of an agent.
    package let rows: @Sendable (AgentState) -> OrderedTable<Key, Row>
    /// The members that make the key, in the order of a row's path.
    package let keyMembers: [String]
    /// The members by which rows are in order.
    package let order: [String]
    /// The key with these parts, one for each of `keyMembers`; nil when they are none.
    package let key: @Sendable ([String]) -> Key?
    /// When a row runs out, for tables whose rows do; nil for a row without an end.
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

    /// What a row is in the interface description or in the API's own types.
    package var schema: String { (Row.self as? any JSON.Record.Type)?.typeName ?? "\(Row.self)" }

    /// A row as people and programs read it, with the seconds that it has left.
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

/// When a row runs out.
package enum RowEnd: Sendable {
    /// Then; never when nil.
    case at(Timestamp?)
    /// It does not run out as it is now.
    case notCounted
}
