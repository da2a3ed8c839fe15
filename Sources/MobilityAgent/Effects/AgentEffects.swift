public import AgentModel
public import MobileIPv4

/// The results of a call: datagrams to send and changes to publish, each in order. Calls append; the owner empties and reuses it.
public struct AgentEffects: Sendable {
    /// Datagrams to send, in order.
    public var datagrams: [OutgoingDatagram] = []
    /// Changes to publish, in order.
    public var changes: [StateChange] = []

    public init() {}

    /// Whether the call had no results.
    public var isEmpty: Bool { datagrams.isEmpty && changes.isEmpty }

    /// Empties both lists but keeps their memory.
    public mutating func removeAll() {
        datagrams.removeAll(keepingCapacity: true)
        changes.removeAll(keepingCapacity: true)
    }
}
