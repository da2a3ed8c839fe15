import NIOConcurrencyHelpers
import Persistence

/// The file of the API's Unix socket, which anyone who may write to its folder can remove or replace without the server noticing. Safe to use
/// from any thread.
final class SocketFile: Sendable {
    let path: String
    /// The socket that was bound; nil before that.
    private let bound = NIOLockedValueBox<FileIdentity?>(nil)

    init(path: String) { self.path = path }

    /// The socket has been bound.
    func isBound() { bound.withLockedValue { $0 = FileIdentity(at: path) } }

    /// Whether clients that open the path reach this server.
    var isThere: Bool {
        guard let bound = bound.withLockedValue({ $0 }) else { return false }
        return FileIdentity(at: path) == bound
    }
}
