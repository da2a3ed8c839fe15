import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import NIOSSL

/// Why a management daemon gave no answer, in words.
enum DaemonFailure {
    /// What happened, and what to do about it.
    static func cause(_ error: any Error, _ url: String) -> String {
        let running = "is mip-mibd running there with 'http:' in its file?"
        switch error {
        case let error as HTTPClientError:
            switch error {
            case .readTimeout, .deadlineExceeded: return "it did not answer in time; is it stopped, or overloaded?"
            case .connectTimeout: return "it cannot be connected to in time; does a firewall stand between?"
            case .remoteConnectionClosed: return "it closed the connection without an answer; \(running)"
            default: return "\(error)"
            }
        case let error as IOError where error.errnoCode == ECONNREFUSED: return "nobody listens there; \(running)"
        case let error as IOError where [ENOENT, EACCES].contains(error.errnoCode):
            return error.errnoCode == ENOENT ? "there is no such socket; \(running)" : "this user may not open the socket"
        case is HTTPParserError where "\(error)".contains("unexpected time"): return "its answer ended in its midst"
        case is HTTPParserError: return "what it answers is no HTTP; is this the right port?"
        case let error as NIOSSLError: return "TLS failed: \(error); name the certificate of its authority in MIP_MIB_CA_FILE"
        default:
            let text = "\(error)"
            if text.contains("UnknownHost") { return "there is no host of this name" }
            if text.contains("refused") { return "nobody listens there; \(running)" }
            return "\(text); \(running)"
        }
    }
}
