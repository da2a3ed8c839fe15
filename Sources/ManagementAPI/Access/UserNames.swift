import NIOConcurrencyHelpers
import Persistence

/// The names of the users who have connected to the Unix socket. Each is asked for once, because the answer may come from a slow directory
/// on another machine.
enum UserNames {
    /// The most that are kept. A machine with more users asks again.
    private static let limit = 256
    private static let known = NIOLockedValueBox<[UInt32: String]>([:])

    static func name(of peer: PeerCredentials) -> String {
        if let name = known.withLockedValue({ $0[peer.uid] }) { return name }
        let name = peer.userName
        known.withLockedValue { known in
            if known.count >= limit { known = [:] }
            known[peer.uid] = name
        }
        return name
    }
}
