import Foundation

/// The folder of a daemon's Unix socket.
package enum SocketFolder {
    /// Creates the folder with mode 0755 if only that is missing, so that a first start needs no preparation.
    ///
    /// Reports no error: opening the socket fails without the folder, and that error names the socket.
    package static func create(forSocketAt path: String) {
        mkdir(path.parentFolder, 0o755)
    }
}
