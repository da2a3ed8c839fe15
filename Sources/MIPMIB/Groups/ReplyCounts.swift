import AgentModel
import ManagementCore
import MobileIPv4

/// The scalars of MIP-MIB that count the replies of a role with one code: those that `ReplyCodeDeclaration.all` names an object for.
enum ReplyCounts {
    static func leaves(of role: AgentRole, _ counts: @escaping @Sendable (MIBView) -> CodeCounts?) -> [MIBLeaf] {
        let nodes = Dictionary(uniqueKeysWithValues: MIBTextNode.all.map { ($0.name, $0) })
        return ReplyCodeDeclaration.all.compactMap { declaration in
            guard declaration.role == role, let object = declaration.object, let node = nodes[object] else { return nil }
            let code = declaration.code
            return .scalar(
                .mip, Array(node.oid.dropFirst(node.module.root.count)), object, .counter32, "Replies sent with code \(code).",
                // RFC 5944 has no V bit any more.
                status: code == .faVJCompressionUnavailable ? .deprecated : .current
            ) { view in counts(view).map { .counter(low: $0[code]) } }
        }
    }
}
