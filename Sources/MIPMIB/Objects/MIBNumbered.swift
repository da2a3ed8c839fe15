import AgentModel
import ManagementCore

/// An enumeration of the records whose cases, in order, are numbered from 1 in an enumeration of the modules.
package protocol MIBNumbered: CaseIterable, Equatable, Sendable where AllCases == [Self] {}

extension MIBNumbered {
    /// The number in the modules.
    package var number: Int32 {
        var number: Int32 = 1
        for other in Self.allCases {
            if other == self { break }
            number += 1
        }
        return number
    }

    var mibValue: MIBValue { .integer(number) }
}

extension AgentRole: MIBNumbered {}
extension ReverseTunnel: MIBNumbered {}
extension DiscardReason: MIBNumbered {}
extension EndReason: MIBNumbered {}
extension RevocationAgreement: MIBNumbered {}
extension ExchangeKind: MIBNumbered {}
extension ExchangeState: MIBNumbered {}
extension HomeAgentSearchState: MIBNumbered {}
extension HomeAgentSource: MIBNumbered {}
extension DropReason: MIBNumbered {}
extension ViolationReason: MIBNumbered {}
extension MobileNodeState: MIBNumbered {}
extension VisitorState: MIBNumbered {}
extension RequestKind: MIBNumbered {}
extension NotificationKind: MIBNumbered {}
extension CapacityResource: MIBNumbered {}
