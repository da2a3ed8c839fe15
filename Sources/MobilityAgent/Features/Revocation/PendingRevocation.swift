import AgentModel
import MobileIPv4

/// What a home agent must know about a binding that has ended to inform the other end: until that has acknowledged it, this survives a
/// restart.
struct PendingRevocation: Hashable {
    var homeAddress: IPv4Address
    var nai: NetworkAccessIdentifier?
    var homeAgent: IPv4Address
    var careOfAddress: IPv4Address
    /// Where the last accepted request came from.
    var sourceAddress: IPv4Address
    var sourcePort: UInt16
    /// True for a node that has registered without a foreign agent.
    var isDirect: Bool
    /// I: whether the foreign agent is to inform the mobile node.
    var informsNode: Bool
    var reason: EndReason
    var spi: SecurityParameterIndex
    /// What an operator says to the other end; empty for nothing.
    var text = ""
}

extension PendingRevocation {
    init(_ binding: Binding, _ terms: RevocationTerms, _ reason: EndReason, text: String = "") {
        self.init(
            homeAddress: binding.homeAddress, nai: binding.nai, homeAgent: binding.homeAgent,
            careOfAddress: binding.careOfAddress, sourceAddress: binding.sourceAddress, sourcePort: binding.sourcePort,
            isDirect: binding.isDirect,
            // A node that has moved is elsewhere already.
            informsNode: terms.informing && (reason == .administrativelyRevoked || reason == .drained), reason: reason,
            spi: terms.spi,
            text: text)
    }
}
