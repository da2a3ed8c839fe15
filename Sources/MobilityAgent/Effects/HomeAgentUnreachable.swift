import MobileIPv4

/// The ICMP error that was received for a relayed request (RFC 5944 §3.4).
public enum HomeAgentUnreachable: Sendable, Hashable, CaseIterable {
    case network, host, port, other

    /// The code sent to the mobile node.
    var code: ReplyCode {
        switch self {
        case .network: .faHomeNetworkUnreachable
        case .host: .faHomeAgentHostUnreachable
        case .port: .faHomeAgentPortUnreachable
        case .other: .faHomeAgentUnreachable
        }
    }
}
