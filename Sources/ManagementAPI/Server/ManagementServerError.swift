import Foundation
import MobileIPv4
import Persistence

/// The reason why the HTTP API cannot listen, worded for the operator.
public struct ManagementServerError: Error, Hashable, Sendable, CustomStringConvertible {
    /// One sentence: what failed, on what, why, and what is expected.
    public let description: String

    init(socketPath: String, code: Int32) {
        description =
            "cannot create the HTTP socket \(socketPath): \(String(cString: strerror(code))); expected a path in a "
            + "directory that this user may write to"
    }

    init(socketPath: String, problem: UnixSocketPath.Problem) {
        description = "cannot create the HTTP socket \(socketPath): \(problem.description)"
    }

    init(tls error: any Error) {
        description =
            "cannot set up TLS: \(TLSReason.text(of: error)); restart mip-mibd, and if that does not help, run it without tls"
    }

    init(address: IPv4Address, port: UInt16, code: Int32) {
        let endpoint = "\(address):\(port)"
        description =
            switch code {
            case EADDRINUSE:
                "cannot listen on \(endpoint): the address is in use by another program; stop it or choose another port"
            case EADDRNOTAVAIL: "cannot listen on \(endpoint): this machine has no address \(address); expected 127.0.0.1"
            case EACCES: "cannot listen on \(endpoint): this user may not bind TCP port \(port); choose a port above 1023"
            default: "cannot listen on \(endpoint): \(String(cString: strerror(code)))"
            }
    }
}
