import AgentModel
import Foundation
import MobileIPv4

extension Vocabulary {
    /// An enumeration of the interface, and what a word of it reads as that is not known.
    struct Enumeration: Sendable {
        let name: String
        let words: [String]
        let unknown: String?

        /// - Parameter unknown: stands for words that are not known where there has to be one; nil when a row means nothing without, so
        ///   that it is left out.
        init<Word: CaseIterable & RawRepresentable>(_: Word.Type, unknown: Word?) where Word.RawValue == String {
            self.init("\(Word.self)", Word.allCases.map(\.rawValue), unknown: unknown?.rawValue)
        }

        init(_ name: String, _ words: [String], unknown: String? = nil) {
            self.name = name
            self.words = words
            self.unknown = unknown
        }
    }

    /// Every enumeration whose words a reader meets.
    ///
    /// A word for what is not known claims as little as its enumeration has room for. Roles, kinds of event and how an association
    /// authenticates have none: to show another one would be wrong.
    static let enumerations: [Enumeration] = [
        Enumeration(AgentRole.self, unknown: nil), Enumeration(AgentEventKind.self, unknown: nil),
        Enumeration(AuthenticationAlgorithm.self, unknown: nil), Enumeration(ReplayMethod.self, unknown: nil),
        Enumeration(Encapsulation.self, unknown: .ipInIp), Enumeration(ReverseTunnel.self, unknown: ReverseTunnel.none),
        Enumeration(VisitorState.self, unknown: .pending), Enumeration(RequestKind.self, unknown: .initial),
        Enumeration(EndReason.self, unknown: .expired), Enumeration(ViolationReason.self, unknown: .other),
        Enumeration(MobileNodeState.self, unknown: .unknown), Enumeration(ChangeProblem.self, unknown: .commitFailed),
        // Only where there may be none.
        Enumeration(StorageType.self, unknown: nil),
        Enumeration("RegistrationFlags", RegistrationFlags.labels.map(\.label)),
        Enumeration("AdvertisementFlags", AdvertisementFlags.labels.map(\.label)),
    ]

    /// The enumerations of the members that are texts in the interface description.
    static let wordsOfMembers: [String: String] = [
        "AgentInformation.encapsulations": "Encapsulation",
        "Binding.flags": "RegistrationFlags", "Binding.encapsulation": "Encapsulation", "Binding.reverseTunnel": "ReverseTunnel",
        "BindingRemoved.reason": "EndReason",
        "Visitor.flags": "RegistrationFlags", "Visitor.reverseTunnel": "ReverseTunnel", "Visitor.state": "VisitorState",
        "VisitorRemoved.reason": "EndReason",
        "PendingRegistration.kind": "RequestKind",
        "SecurityAssociation.algorithm": "AuthenticationAlgorithm", "SecurityAssociation.replayMethod": "ReplayMethod",
        "SecurityAssociation.storage": "StorageType",
        "SecurityViolation.recentReason": "ViolationReason",
        "MobileNodeStatus.state": "MobileNodeState",
        "HeardAdvertisement.flags": "AdvertisementFlags",
        "NodeRegistration.flags": "RegistrationFlags", "NodeRegistration.reverseTunnel": "ReverseTunnel",
        "KnownForeignAgent.flags": "AdvertisementFlags",
        "Tunnel.encapsulation": "Encapsulation", "TunnelRemoved.encapsulation": "Encapsulation",
        "AdvertisingInterface.storage": "StorageType", "AdvertisingInterface.flags": "AdvertisementFlags",
        "Event.kind": "AgentEventKind", "Event.violationReason": "ViolationReason",
        "ChangeRefused.problem": "ChangeProblem",
    ]

    /// The members that are objects in the interface description, with the JSON of one in which nothing was counted: its members are those
    /// that are known, and have 0 where none is sent.
    static let countersOfMembers: [String: (name: String, zero: Data)] = [
        "Counters.homeAgent": zero(HomeAgentCounters()), "Counters.foreignAgent": zero(ForeignAgentCounters()),
        "Counters.mobileNode": zero(MobileNodeCounters()), "Counters.forwarding": zero(ForwardingCounters()),
        "Counters.discards": (countersWithin["discards"] ?? "", zero(DiscardCounts()).zero),
    ]

    /// What the objects in those are called; others count what became of requests of one kind.
    static let countersWithin = ["discards": "DiscardReason", "drops": "DropReason", "outcomes": "RegistrationOutcomes"]

    private static func zero<Counters: Encodable>(_ counters: Counters) -> (name: String, zero: Data) {
        ("\(Counters.self)", (try? JSONEncoder().encode(counters)) ?? Data())
    }
}
