import AgentModel
import ManagementCore
import MobileIPv4

/// The human-readable meaning of the codes and words in this API's answers, so that clients need no lists of their own that go stale.
struct VocabularyResource: Encodable, Sendable {
    /// One assigned reply code.
    struct Code: Encodable, Sendable {
        let code: UInt8
        let label: String
        let meaning: String
        let giver: String
        let rfc: Int?
        let accepted: Bool

        init(_ declaration: ReplyCodeDeclaration) {
            code = declaration.code.rawValue
            label = declaration.label
            meaning = declaration.meaning
            giver = declaration.giver.rawValue
            rfc = declaration.rfc
            accepted = declaration.code.isAccepted
        }
    }

    /// One value of a member that takes its values from a short list of words.
    struct Word: Encodable, Sendable {
        let word: String
        let title: String
        /// Nil where no word of the list is better or worse than another.
        let tone: Tone?

        init(_ word: String, title: String? = nil, tone: Tone? = nil) {
            self.word = word
            self.title = title ?? Self.title(word)
            self.tone = tone
        }

        /// Converts `careOfAddressChanged` to `care of address changed`; abbreviations stay in capitals.
        static func title(_ word: String) -> String {
            word.nameParts.map { ["NAI", "SPI"].contains($0) ? String($0) : $0.lowercased() }.joined(separator: " ")
        }
    }

    let replyCodes = ReplyCodeDeclaration.all.map(Code.init)
    let eventKinds =
        AgentEventKind.allCases.map { Word($0.rawValue, tone: $0.descriptor.tone) }
        + ManagementEvent.Kind.allCases.map { Word($0.rawValue, tone: $0.tone) }
    let endReasons = EndReason.allCases.map { Word($0.rawValue, tone: $0.tone) }
    let encapsulations = Encapsulation.allCases.map { Word($0.rawValue, title: $0.title) }
    let visitorStates = VisitorState.allCases.map { Word($0.rawValue, tone: $0.tone) }
    let violationReasons = ViolationReason.allCases.map { Word($0.rawValue) }
    let discardReasons = DiscardReason.allCases.map { Word($0.rawValue) }
    let requestKinds = RequestKind.allCases.map { Word($0.rawValue) }
    let mobileNodeStates = MobileNodeState.allCases.map { Word($0.rawValue) }
    let agentRoles = AgentRole.allCases.map { Word($0.rawValue) }
    let exchangeKinds = ExchangeKind.allCases.map { Word($0.rawValue) }
    let exchangeStates = ExchangeState.allCases.map { Word($0.rawValue, tone: $0.tone) }
    let revocationAgreements = RevocationAgreement.allCases.map { Word($0.rawValue) }
    let homeAgentSearchStates = HomeAgentSearchState.allCases.map { Word($0.rawValue, tone: $0.tone) }
    let homeAgentSources = HomeAgentSource.allCases.map { Word($0.rawValue) }
    let connections = AgentHealth.Connection.allCases.map { Word($0.rawValue, tone: $0.tone) }
}

extension VisitorState {
    fileprivate var tone: Tone {
        switch self {
        case .accepted: .good
        case .pending: .warn
        }
    }
}

extension ExchangeState {
    fileprivate var tone: Tone {
        switch self {
        case .acknowledged: .good
        case .waiting: .info
        case .refused, .unanswered: .bad
        case .received, .superseded, .sent: .plain
        }
    }
}

extension HomeAgentSearchState {
    fileprivate var tone: Tone {
        switch self {
        case .anchored: .good
        case .asking, .redirected: .info
        case .fallback: .warn
        case .unanchored: .bad
        }
    }
}

extension AgentHealth.Connection {
    fileprivate var tone: Tone {
        switch self {
        case .synchronized: .good
        case .connecting, .synchronizing: .warn
        case .stale, .down: .bad
        }
    }
}

extension Encapsulation {
    /// Protocol names cannot be derived from the words.
    fileprivate var title: String {
        switch self {
        case .ipInIp: "IP in IP"
        case .gre: "GRE"
        case .minEnc: "minimal"
        }
    }
}
