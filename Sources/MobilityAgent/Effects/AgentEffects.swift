public import AgentModel

/// What came of one call: datagrams to send and changes to publish, each in order. Calls append; the owner empties and reuses it.
public struct AgentEffects: Sendable {
    public var datagrams: [OutgoingDatagram] = []
    public var changes: [StateChange] = []

    public init() {}

    public var isEmpty: Bool { datagrams.isEmpty && changes.isEmpty }

    /// Empties both lists and keeps their memory.
    public mutating func removeAll() {
        datagrams.removeAll(keepingCapacity: true)
        changes.removeAll(keepingCapacity: true)
    }
}
