import AgentModel
import MobileIPv4

extension RowFilter {
    /// The part of the conditions that an agent can select rows by; nil if there is none.
    init?(_ conditions: [RowCondition]) {
        self.init()
        for condition in conditions where condition.comparison == .equal && !condition.operand.isEmpty {
            switch condition.path {
            case "homeAddress":
                let prefix = IPv4Prefix(condition.operand) ?? IPv4Address(condition.operand).map(IPv4Prefix.init(host:))
                homeAddresses = homeAddresses ?? prefix
            case "nai": nai = nai ?? NetworkAccessIdentifier(condition.operand)
            default: break
            }
        }
        if homeAddresses == nil, nai == nil { return nil }
    }
}
