public import MobileIPv4

extension ReplyCodeDeclaration {
    /// The role that gives the code; nil for roles that no agent of this product plays.
    public var role: AgentRole? {
        switch giver {
        case .either, .homeAgent: .homeAgent
        case .foreignAgent: .foreignAgent
        case .gatewayForeignAgent, .correspondentNode: nil
        }
    }
}

extension AgentRole {
    /// The codes that our agents send in this role, ascending. Those of others are not among them: a foreign agent passes on what a
    /// home agent answers, and a mobile node answers nobody. A metric has them at 0 before the first reply, so that the first one
    /// shows as an increase.
    public var repliesSent: [ReplyCode] {
        ReplyCodeDeclaration.all.filter { $0.isSent && $0.role == self }.map(\.code)
    }
}
