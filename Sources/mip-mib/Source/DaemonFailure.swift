import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

/// Why a management daemon did not answer, and what to do about it.
struct DaemonFailure: Sendable {
    /// What kind of cause it is, for those who know more about the place than the one who asked.
    enum Kind: Hashable, Sendable {
        /// Nothing listens on the port.
        case refused
        /// There is no such Unix socket.
        case noSocket
        /// The connection was made, but no answer came.
        case timeout
        /// This user may not open the Unix socket.
        case denied
        /// The TLS handshake failed, or TLS is on one side only.
        case tls
        /// The name in the URL is unknown.
        case name
        /// Anything else, such as a firewall or a server that is not a mip-mibd.
        case other
    }

    let kind: Kind
    let problem: String
    let remedy: String

    /// Both in one sentence.
    var sentence: String { "\(problem); \(remedy)" }

    init(_ kind: Kind, _ problem: String, _ remedy: String) {
        self.kind = kind
        self.problem = problem
        self.remedy = remedy
    }

    private static let question = "is mip-mibd running there with 'http:' in its configuration file?"

    /// - Parameter caFile: the file with the trusted certificates, if one is set.
    init(_ error: any Error, caFile: String?) {
        if let cause = TLSFailure.cause(error, caFile: caFile) {
            self = cause
            return
        }
        switch error {
        case let error as HTTPClientError:
            switch error {
            case .readTimeout, .deadlineExceeded: self.init(.timeout, "it did not answer in time", "is it stopped or overloaded?")
            case .connectTimeout: self.init(.other, "the connection timed out", "is there a firewall in between?")
            case .remoteConnectionClosed:
                self.init(
                    .other, "it closed the connection without a reply", "\(Self.question) If the port has TLS, use https://")
            // The whole description may quote the request, and with it the token.
            default: self.init(.other, error.shortDescription, "check the URL")
            }
        case let error as IOError:
            switch error.errnoCode {
            case ECONNREFUSED: self.init(.refused, "connection refused", Self.question)
            case ENOENT: self.init(.noSocket, "no such socket", Self.question)
            case EACCES: self.init(.denied, "permission denied", "run this as a user that may open the socket")
            default: self.init(.other, "\(error)", Self.question)
            }
        case is HTTPParserError where "\(error)".contains("unexpected time"):
            self.init(.other, "its reply ended early", "see the log of mip-mibd")
        case is HTTPParserError:
            self.init(.other, "its reply is not HTTP", "is this the right port? If it has TLS, use https://")
        default:
            let text = "\(error)"
            if text.contains("UnknownHost") {
                self.init(.name, "unknown host", "check the name in the URL")
            } else if text.contains("refused") {
                self.init(.refused, "connection refused", Self.question)
            } else {
                self.init(.other, text, Self.question)
            }
        }
    }
}
