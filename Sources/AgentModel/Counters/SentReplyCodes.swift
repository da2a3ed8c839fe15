public import MobileIPv4

extension ReplyCodeDeclaration {
    /// The role that sends the code; nil for roles that no agent of this product plays.
    public var role: AgentRole? {
        switch giver {
        case .either, .homeAgent: .homeAgent
        case .foreignAgent: .foreignAgent
        case .gatewayForeignAgent, .correspondentNode: nil
        }
    }
}

extension AgentRole {
    /// The codes that our agents originate in this role, in ascending order. Codes from others are not included: a foreign agent relays
    /// the home agent's answers, and a mobile node answers nobody. Metrics report these codes as 0 before the first reply, so that the
    /// first one shows as an increase.
    public var repliesSent: [ReplyCode] {
        ReplyCodeDeclaration.all.filter { $0.isSent && $0.role == self }.map(\.code)
    }
}
