/// How readers treat a kind of event. Declared next to the enumeration (`AgentEventKind.descriptor`).
public struct EventDescriptor: Hashable, Sendable {
    /// How prominently an operator wants to see it in the log.
    public enum Level: Hashable, Sendable, CaseIterable {
        case debug, info, notice, warning
    }

    /// The level of its log line. The control interface always carries the full event.
    public let level: Level
    /// How good or bad it is, and therefore its severity in monitoring systems.
    public let tone: Tone
    /// Whether MIPV4-EXT-MIB has a notification for it.
    public let isNotified: Bool
    /// Whether its notifications are limited per node and by rate: true for events that a node or an offender can cause at will.
    public let isLimited: Bool
    /// For a kind added after version 1 of the vocabulary: the older kind that readers who do not know it see instead; nil to leave the
    /// event out for them.
    public let readAs: AgentEventKind?

    /// Without arguments: the defaults, an event of a mobile node with a notification.
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
