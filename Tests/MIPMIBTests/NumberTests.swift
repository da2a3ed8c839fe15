import AgentModel
import MIPMIB
import ManagementCore
import Testing

@Suite("Enumerations of records and of the MIB texts")
struct NumberTests {
    /// An enumeration of records, and an object with the syntax that has its numbers.
    struct Enumeration: Sendable, CustomTestStringConvertible {
        let object: MIBNode
        let words: [Int: String]

        init<Value: MIBNumbered & RawRepresentable<String>>(_ object: MIBNode, _ type: Value.Type) {
            self.object = object
            words = Dictionary(uniqueKeysWithValues: type.allCases.map { (Int($0.number), $0.rawValue) })
        }

        init(_ object: MIBNode, words: [Int: String]) {
            self.object = object
            self.words = words
        }

        var testDescription: String { object.name }
    }

    static let all = [
        Enumeration(.mipExtHistoryRole, AgentRole.self), Enumeration(.mipExtBindingReverseTunnel, ReverseTunnel.self),
        Enumeration(.mipExtDiscardReason, DiscardReason.self), Enumeration(.mipExtEndReason, EndReason.self),
        Enumeration(.mipExtDropReason, DropReason.self), Enumeration(.mipSecurityRecentViolationReason, ViolationReason.self),
        Enumeration(.mipSecRecentViolationReason, ViolationReason.self), Enumeration(.mnState, MobileNodeState.self),
        Enumeration(.mipExtVisitorState, VisitorState.self), Enumeration(.mipExtPendingKind, RequestKind.self),
        Enumeration(.mipExtOutcomeKind, RequestKind.self), Enumeration(.mipExtNotifyKind, NotificationKind.self),
        Enumeration(.mipExtCapacityResource, CapacityResource.self), Enumeration(.mipExtExchangeKind, ExchangeKind.self),
        Enumeration(.mipExtExchangeState, ExchangeState.self), Enumeration(.mipExtExchangeReason, EndReason.self),
        Enumeration(.mipExtExchangeRole, AgentRole.self), Enumeration(.mipExtExchangePeerRole, AgentRole.self),
        Enumeration(.mipExtSendTo, AgentRole.self), Enumeration(.mipExtExtensionUseRole, AgentRole.self),
        Enumeration(.mipExtMnSearchState, HomeAgentSearchState.self), Enumeration(.mipExtMnSearchSource, HomeAgentSource.self),
        Enumeration(.mipExtBindingRevocation, RevocationAgreement.self),
        Enumeration(.mipExtVisitorRevocation, RevocationAgreement.self),
        Enumeration(.mipExtSourceStatus, AgentHealth.Connection.self),
        Enumeration(
            .mipExtTunnelEncapsulation,
            words: Dictionary(uniqueKeysWithValues: Encapsulation.allCases.map { (Int($0.number), $0.rawValue) })),
    ]

    @Test("Each word of the records is the label with its number, and every label has a word", arguments: all)
    func words(_ enumeration: Enumeration) throws {
        let names = try #require(enumeration.object.text.syntax?.names)
        #expect(enumeration.words == Dictionary(uniqueKeysWithValues: names.map { ($0.number, $0.label) }))
    }
}
