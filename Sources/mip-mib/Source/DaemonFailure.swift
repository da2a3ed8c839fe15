import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

/// Describes why a management daemon did not answer.
enum DaemonFailure {
    /// What happened, and what to do about it.
    ///
    /// - Parameter caFile: the file with the trusted certificates, if one is set.
    static func cause(_ error: any Error, caFile: String?) -> String {
        if let cause = TLSFailure.cause(error, caFile: caFile) { return cause }
        let running = "is mip-mibd running there with 'http:' in its configuration file?"
        switch error {
        case let error as HTTPClientError:
            switch error {
            case .readTimeout, .deadlineExceeded: return "it did not answer in time; is it stopped or overloaded?"
            case .connectTimeout: return "the connection timed out; is there a firewall in between?"
            case .remoteConnectionClosed:
                return "it closed the connection without a reply; \(running) If the port has TLS, use https://"
            default: return "\(error)"
            }
        case let error as IOError where error.errnoCode == ECONNREFUSED: return "connection refused; \(running)"
        case let error as IOError where [ENOENT, EACCES].contains(error.errnoCode):
            return error.errnoCode == ENOENT
                ? "no such socket; \(running)" : "permission denied; run this as a user that may open the socket"
        case is HTTPParserError where "\(error)".contains("unexpected time"): return "its reply ended early"
        case is HTTPParserError: return "its reply is not HTTP; is this the right port? If it has TLS, use https://"
        default:
            let text = "\(error)"
            if text.contains("UnknownHost") { return "unknown host; check the name in the URL" }
            if text.contains("refused") { return "connection refused; \(running)" }
            return "\(text); \(running)"
        }
    }
}
