public import AgentModel

/// How a kind of notification is presented and handled (`NotificationKind.descriptor`).
public struct NotificationDescriptor: Hashable, Sendable {
    /// How severe monitoring systems consider it.
    public enum Severity: Hashable, Sendable {
        case normal, warning
    }

    /// How good or bad its cause is.
    public let tone: Tone
    /// Whether it is limited per node and by rate.
    public let isLimited: Bool
    /// Whether it is enabled by default.
    public let isEnabledAtFirst: Bool

    init(tone: Tone, isLimited: Bool = true, isEnabledAtFirst: Bool = true) {
        self.tone = tone
        self.isLimited = isLimited
        self.isEnabledAtFirst = isEnabledAtFirst
    }

    /// Derived from the tone.
    public var severity: Severity {
        switch tone {
        case .good, .info, .plain: .normal
        case .warn, .bad: .warning
        }
    }
}
