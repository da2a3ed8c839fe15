import AgentModel
public import MobileIPv4

/// Texts for the users of mobile nodes, by what the reply that carries them says.
public struct ReplyTexts: Hashable, Sendable {
    /// What a reply says.
    public enum Outcome: Hashable, Sendable {
        /// This code. An acceptance is that of a registration; see `deregistered`.
        case code(ReplyCode)
        /// A registration is accepted with a code that has no text of its own.
        case accepted
        /// A request is denied with a code that has no text of its own.
        case denied
        /// A deregistration is accepted. It does not get the text of its code, which may welcome the node.
        case deregistered
    }

    private let texts: [Outcome: String]

    public init(_ texts: [Outcome: String] = [:]) { self.texts = texts }

    /// True when no reply gets a text.
    public var isEmpty: Bool { texts.isEmpty }

    /// Whether a text can be sent: 1 to 254 bytes, without control characters.
    public static func isText(_ text: String) -> Bool {
        MessageString.lengths.contains(text.utf8.count)
            && !text.unicodeScalars.contains { $0.properties.generalCategory == .control }
    }

    /// The text for a reply with this code; nil for none.
    ///
    /// - Parameter isDeregistration: whether the reply answers a request with lifetime 0.
    public func text(for code: ReplyCode, isDeregistration: Bool = false) -> String? {
        if isDeregistration && code.isAccepted { return texts[.deregistered] }
        return texts[.code(code)] ?? texts[code.isAccepted ? .accepted : .denied]
    }

    /// What is wrong with the texts of an agent in this role: codes that it cannot put into a reply, texts that cannot be sent.
    func problems(at path: String, of role: AgentRole) -> [ConfigurationProblem] {
        var problems: [ConfigurationProblem] = []
        for (outcome, text) in texts.sorted(by: { $0.key.description < $1.key.description }) {
            let place = "\(path).\(outcome)"
            if case .code(let code) = outcome, role == .homeAgent, !code.isAccepted, !code.isDeniedByHomeAgent {
                problems.append(ConfigurationProblem(path: place, value: "\(code)", expected: "a code that a home agent sends"))
            }
            if !Self.isText(text) {
                // The text itself may contain anything.
                let value = "a text of \(text.utf8.count) bytes"
                problems.append(ConfigurationProblem(path: place, value: value, expected: Self.expectation))
            }
        }
        return problems
    }

    /// What a text must be, to follow "expected" in messages.
    public static let expectation =
        "a text of \(MessageString.lengths.lowerBound) to \(MessageString.lengths.upperBound) bytes without control characters"
}

extension ReplyTexts.Outcome: CustomStringConvertible {
    /// Parses an assigned reply code in decimal, or `accepted`, `denied` or `deregistered`. Returns nil for anything else.
    public init?(_ text: String) {
        switch text {
        case "accepted": self = .accepted
        case "denied": self = .denied
        case "deregistered": self = .deregistered
        default:
            guard let number = DecimalNumber.parse(text, as: UInt8.self) else { return nil }
            let code = ReplyCode(rawValue: number)
            guard code.declaration != nil else { return nil }
            self = .code(code)
        }
    }

    /// The form that `init` parses.
    public var description: String {
        switch self {
        case .code(let code): "\(code.rawValue)"
        case .accepted: "accepted"
        case .denied: "denied"
        case .deregistered: "deregistered"
        }
    }
}
