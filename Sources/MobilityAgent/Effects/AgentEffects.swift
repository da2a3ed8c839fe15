public import AgentModel
public import MobileIPv4

/// What came of one call: datagrams to send and changes to publish, each in order. Calls append; the owner empties and reuses it.
public struct AgentEffects: Sendable {
    /// Datagrams to send, in order.
    public var datagrams: [OutgoingDatagram] = []
    /// Changes to publish, in order.
    public var changes: [StateChange] = []

    public init() {}

    /// Whether nothing came of the call.
    public var isEmpty: Bool { datagrams.isEmpty && changes.isEmpty }

    /// Empties both lists and keeps their memory.
    public mutating func removeAll() {
        datagrams.removeAll(keepingCapacity: true)
        changes.removeAll(keepingCapacity: true)
    }
}
