/// Whether the two ends of a registration inform each other when one of them revokes it (RFC 3543 §3.2).
public enum RevocationAgreement: String, Hashable, Sendable, CaseIterable, Codable {
    /// They do not.
    case none
    /// They do; the foreign agent decides whether it informs the mobile node.
    case agreed
    /// They do, and the home agent decides whether the mobile node is informed.
    case agreedInforming
}
