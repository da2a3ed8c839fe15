import Foundation
import NIOConcurrencyHelpers

/// The file of the API's Unix socket, which anyone who may write to its folder can remove or replace without the server noticing. Safe to use
/// from any thread.
final class SocketFile: Sendable {
    let path: String
    /// Device and inode of the socket that was bound; nil before that.
    private let bound = NIOLockedValueBox<(device: dev_t, inode: ino_t)?>(nil)

    init(path: String) { self.path = path }

    /// The socket has been bound.
    func isBound() {
        var status = stat()
        if lstat(path, &status) == 0 { bound.withLockedValue { $0 = (status.st_dev, status.st_ino) } }
    }

    /// Whether clients that open the path reach this server.
    var isThere: Bool {
        var status = stat()
        guard let bound = bound.withLockedValue({ $0 }), lstat(path, &status) == 0 else { return false }
        return (status.st_dev, status.st_ino) == (bound.device, bound.inode)
    }
}
