import MobileIPv4

/// Which ICMP error came back for a relayed request (RFC 5944 §3.4).
public enum HomeAgentUnreachable: Sendable, Hashable, CaseIterable {
    case network, host, port, other

    /// The code the mobile node is told.
    var code: ReplyCode {
        switch self {
        case .network: .faHomeNetworkUnreachable
        case .host: .faHomeAgentHostUnreachable
        case .port: .faHomeAgentPortUnreachable
        case .other: .faHomeAgentUnreachable
        }
    }
}
