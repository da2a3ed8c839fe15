import Foundation
import MobileIPv4
import Persistence

/// The URL of a management daemon: of its port, or of its Unix socket.
struct DaemonURL: Hashable, Sendable {
    /// The URL as the user gave it, for messages.
    let name: String
    /// What the HTTP client takes, without a final `/`; the path of a request follows.
    let base: String
    let isUnixSocket: Bool

    /// - Throws: A usage `CommandFailure`, which does not show what may be a password.
    init(_ text: String) throws(CommandFailure) {
        let scheme = text.prefix { $0 != ":" }
        let rest = text[scheme.endIndex...].dropFirst()
        name = text
        isUnixSocket = scheme.lowercased() == "unix"
        base = try isUnixSocket ? Self.socket(text, path: rest) : Self.port(text, scheme: scheme.lowercased(), rest)
    }

    private static func socket(_ text: String, path: Substring) throws(CommandFailure) -> String {
        guard path.hasPrefix("/") else {
            throw .usage("'\(text)' is invalid; expected an absolute path after 'unix:', such as unix:/run/mip-mibd/api.sock")
        }
        do throws(UnixSocketPath.Problem) {
            _ = try UnixSocketPath(String(path))
        } catch {
            throw .usage("'\(text)' is invalid: \(error)")
        }
        return "http+unix://" + (path.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? String(path))
    }

    private static func port(_ text: String, scheme: String, _ rest: Substring) throws(CommandFailure) -> String {
        let shown = text.contains("@") ? "the URL (not shown, because it has '@')" : "'\(text)'"
        let unknown = CommandFailure.usage(
            "\(shown) is invalid; expected the URL of a management daemon: http://127.0.0.1:8044, an https URL, or "
                + "unix:/run/mip-mibd/api.sock")
        guard ["http", "https"].contains(scheme), rest.hasPrefix("//") else { throw unknown }
        let location = rest.dropFirst(2)
        let authority = location.prefix { !"/?#".contains($0) }
        guard !authority.contains("@") else {
            throw .usage(
                "the URL (not shown) has a user or a password before '@'; expected only a host and a port, such as "
                    + "http://127.0.0.1:8044. Give a token with --token-file")
        }
        // The path of each request is appended, so it would become part of a query. A query may have a password as well.
        if let end = text.firstIndex(where: { "?#".contains($0) }) {
            throw .usage("'\(text[..<end])\(text[end])…' is invalid; expected a URL without a query or a fragment")
        }
        guard isValid(authority: authority) else {
            throw .usage(
                "\(shown) is invalid; expected a host, or a host and a port from 1 to 65535, such as http://127.0.0.1:8044")
        }
        let url = "\(scheme)://\(location.hasSuffix("/") ? location.dropLast() : location)"
        guard let host = URL(string: url)?.host, !host.isEmpty else { throw unknown }
        return url
    }

    /// Whether the part between `//` and the path is a host, or a host and a port. The HTTP client requires a port that fits, and would
    /// read `:08044` as another one than other programs do.
    private static func isValid(authority: Substring) -> Bool {
        let end: Substring.Index
        if authority.hasPrefix("[") {
            guard let bracket = authority.lastIndex(of: "]") else { return false }
            end = authority.index(after: bracket)
        } else {
            end = authority.firstIndex(of: ":") ?? authority.endIndex
        }
        guard !authority[..<end].isEmpty else { return false }
        let port = authority[end...]
        if port.isEmpty { return true }
        guard port.first == ":", let number: UInt16 = DecimalNumber.parse(port.dropFirst()) else { return false }
        return number > 0
    }
}
