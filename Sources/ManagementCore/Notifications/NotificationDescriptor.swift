public import AgentModel

/// What a kind of notification is to its readers (`NotificationKind.descriptor`).
public struct NotificationDescriptor: Hashable, Sendable {
    /// How grave monitoring systems take it.
    public enum Severity: Hashable, Sendable {
        case normal, warning
    }

    /// How good or bad its cause is.
    public let tone: Tone
    /// Whether it is held back by node and by rate.
    public let isLimited: Bool
    /// Whether it is sent before an operator has chosen.
    public let isEnabledAtFirst: Bool

    init(tone: Tone, isLimited: Bool = true, isEnabledAtFirst: Bool = true) {
        self.tone = tone
        self.isLimited = isLimited
        self.isEnabledAtFirst = isEnabledAtFirst
    }

    /// Follows from the tone.
    public var severity: Severity {
        switch tone {
        case .good, .info, .plain: .normal
        case .warn, .bad: .warning
        }
    }
}
