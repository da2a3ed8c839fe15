/// What a kind of event is to every reader, declared beside the enumeration (`AgentEventKind.descriptor`).
public struct EventDescriptor: Hashable, Sendable {
    /// How much an operator wants to read of it in a log.
    public enum Level: Hashable, Sendable, CaseIterable {
        case debug, info, notice, warning
    }

    /// The level of its line in the log; all of it is in the events of the control interface.
    public let level: Level
    /// How good or bad it is, and so how severe to monitoring systems.
    public let tone: Tone
    /// Whether MIPV4-EXT-MIB has a notification for it.
    public let isNotified: Bool
    /// Whether notifications of it are held back by node and by rate: true for what a node or an offender can cause as often as it likes.
    public let isLimited: Bool
    /// For a kind that came after version 1 of the vocabulary: the older one in its place for those who do not know it; nil when it is
    /// left out for them.
    public let readAs: AgentEventKind?

    /// Without arguments: what is usual, which is an event of a mobile node, notified.
    init(
        level: Level = .debug, tone: Tone = .info, isNotified: Bool = true, isLimited: Bool = true,
        readAs: AgentEventKind? = nil
    ) {
        self.level = level
        self.tone = tone
        self.isNotified = isNotified
        self.isLimited = isLimited
        self.readAs = readAs
    }
}
