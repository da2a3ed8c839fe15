public import AgentModel
public import MobileIPv4

/// The results of a call: datagrams to send and changes to publish, each in order. Calls append; the owner empties and reuses it.
public struct AgentEffects: Sendable {
    /// Datagrams to send, in order.
    public var datagrams: [OutgoingDatagram] = []
    /// Visitors to be informed that their registrations were revoked, in order.
    public var notices: [VisitorNotice] = []
    /// Changes to publish, in order.
    public var changes: [StateChange] = []

    public init() {}

    /// Whether the call had no results.
    public var isEmpty: Bool { datagrams.isEmpty && notices.isEmpty && changes.isEmpty }

    /// Empties the lists but keeps their memory.
    public mutating func removeAll() {
        datagrams.removeAll(keepingCapacity: true)
        notices.removeAll(keepingCapacity: true)
        changes.removeAll(keepingCapacity: true)
    }
}
