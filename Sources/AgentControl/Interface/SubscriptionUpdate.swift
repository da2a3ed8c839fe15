public import AgentModel
public import JSON

/// One reply to `Subscribe`.
public struct SubscriptionUpdate: Sendable {
    /// The stages of a subscription.
    public enum Phase: String, Hashable, Sendable, CaseIterable, Codable {
        /// A part of the state.
        case snapshot
        /// The state is complete.
        case synced
        /// Changes, or an empty update as a heartbeat.
        case live
    }

    /// The stage of the subscription that this update belongs to.
    public var phase: Phase
    /// Number of the first change covered; one more than `sequence` if it covers none.
    public var firstSequence: UInt64
    /// Number of the last change covered, including changes of topics not subscribed to.
    public var sequence: UInt64
    /// The agent's clock at the time of sending.
    public var time: Timestamp
    /// The changes, in the order in which they happened; in a snapshot, the current rows.
    public var changes: [StateChange]
    /// What the reader skipped; not part of the reply.
    public var unknown: UnknownVocabulary
    /// The rows that cannot be read and were left out; not part of the reply.
    public var faults = RowFaults()

    public init(
        phase: Phase, firstSequence: UInt64, sequence: UInt64, time: Timestamp, changes: [StateChange],
        unknown: UnknownVocabulary = UnknownVocabulary()
    ) {
        self.phase = phase
        self.firstSequence = firstSequence
        self.sequence = sequence
        self.time = time
        self.changes = changes
        self.unknown = unknown
    }
}

extension SubscriptionUpdate: Codable {
    private enum Member: String, CodingKey { case phase, firstSequence, sequence, time, changes }

    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: Member.self)
        phase = try members.decode(Phase.self, forKey: .phase)
        firstSequence = try members.decode(UInt64.self, forKey: .firstSequence)
        sequence = try members.decode(UInt64.self, forKey: .sequence)
        time = try members.decode(Timestamp.self, forKey: .time)
        changes = try members.decode([ChangeRecord].self, forKey: .changes).map(\.change)
        unknown = UnknownVocabulary()
    }

    public func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: Member.self)
        try members.encode(phase, forKey: .phase)
        try members.encode(firstSequence, forKey: .firstSequence)
        try members.encode(sequence, forKey: .sequence)
        try members.encode(time, forKey: .time)
        try members.encode(changes.map(ChangeRecord.init), forKey: .changes)
    }
}

extension SubscriptionUpdate.Phase: RecordWord {}
