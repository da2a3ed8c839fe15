import AgentModel
import ManagementCore
import MobileIPv4

/// The scalars of MIP-MIB that count the replies of a role with one code: those for which `ReplyCodeDeclaration.all` names an object.
enum ReplyCounts {
    static func leaves(of role: AgentRole, _ counts: @escaping @Sendable (MIBView) -> CodeCounts?) -> [MIBLeaf] {
        ReplyCodeDeclaration.all.compactMap { declaration in
            guard declaration.role == role, let node = declaration.object.flatMap(MIBNode.init(named:)) else { return nil }
            let code = declaration.code
            return .scalar(node, nil, "Replies sent with code \(code).") { view in counts(view).map { .counter(low: $0[code]) } }
        }
    }
}
