import Glibc
import MobileIPv4

/// Why the daemon cannot start or go on, in words for the operator.
public struct AgentDaemonError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What happened, to what, and what would be right, in one sentence.
    public let description: String

    init(_ description: String) { self.description = description }

    init(cannotBind endpoint: TransportEndpoint, _ code: CInt) {
        description =
            switch code {
            case EADDRINUSE:
                "the UDP address \(endpoint) is in use by another program; stop that one or choose another address or port"
            case EADDRNOTAVAIL: "this machine has no address \(endpoint.address); add it to an interface or choose another one"
            case EACCES:
                "this user may not bind UDP port \(endpoint.port); give the program CAP_NET_BIND_SERVICE or choose a port above 1023"
            default: "the UDP address \(endpoint) cannot be bound: \(String(cString: strerror(code)))"
            }
    }
}
