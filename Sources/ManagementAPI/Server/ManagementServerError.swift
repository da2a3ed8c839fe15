import Foundation
import MobileIPv4

/// Why the HTTP API cannot listen, in words for the operator.
public struct ManagementServerError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What happened, to what, and what is expected, in one sentence.
    public let description: String

    init(socketPath: String, code: Int32) {
        description =
            "the HTTP socket '\(socketPath)' cannot be made: \(String(cString: strerror(code))); expected a path in a "
            + "folder that this user may write to"
    }

    init(tls error: any Error) {
        description = "TLS cannot be set up: \(error); start mip-mibd again, and without tls when that does not help"
    }

    init(address: IPv4Address, port: UInt16, code: Int32) {
        let endpoint = "\(address):\(port)"
        description =
            switch code {
            case EADDRINUSE:
                "the HTTP address \(endpoint) is in use by another program; stop that one or choose another port"
            case EADDRNOTAVAIL: "this machine has no address \(address); expected 127.0.0.1"
            case EACCES: "this user may not bind TCP port \(port); choose a port above 1023"
            default: "the HTTP address \(endpoint) cannot be bound: \(String(cString: strerror(code)))"
            }
    }
}
