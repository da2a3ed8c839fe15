import Glibc
package import MobileIPv4

/// Why a socket or a link cannot be used, worded for the operator.
package struct LinkError: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String

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

    /// - Parameter action: what failed, as a sentence.
    init(_ action: String, needingRaw code: CInt) {
        description =
            "\(action): \(String(cString: strerror(code)))"
            + (code == EPERM || code == EACCES ? "; the program needs CAP_NET_RAW" : "")
    }
}
