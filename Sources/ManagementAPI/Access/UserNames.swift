import Foundation
import NIOConcurrencyHelpers
import Persistence

/// The names of the users who have connected to the Unix socket. Safe to use from any thread.
///
/// The system may ask a directory on another machine for a name, and wait for it for minutes. So each name is asked for once, on a thread
/// that serves nothing else, and a request waits for it only briefly.
final class UserNames: Sendable {
    static let shared = UserNames { $0.userName }

    private struct State {
        var known: [uid_t: String] = [:]
        /// The users whose names are being asked for.
        var asked: Set<uid_t> = []
    }

    /// The most names that are kept. A machine with more users asks again.
    private static let limit = 256
    /// The most names that are asked for at once, each of which may take a thread.
    private static let atOnce = 4

    private let patience: Duration
    private let ask: @Sendable (PeerCredentials) -> String
    private let state = NIOLockedValueBox(State())

    /// - Parameters:
    ///   - patience: how long a caller waits for a name.
    ///   - ask: returns the name of a user. It may block.
    init(patience: Duration = .seconds(1), ask: @escaping @Sendable (PeerCredentials) -> String) {
        self.patience = patience
        self.ask = ask
    }

    /// The name of a user; the number when the name cannot be had in time.
    func name(of peer: PeerCredentials) async -> String {
        if let name = known(peer.uid) { return name }
        guard start(peer) else { return "\(peer.uid)" }
        let end = ContinuousClock.now + patience
        repeat {
            do { try await Task.sleep(for: .milliseconds(2)) } catch { break }
            if let name = known(peer.uid) { return name }
        } while ContinuousClock.now < end
        return "\(peer.uid)"
    }

    private func known(_ user: uid_t) -> String? { state.withLockedValue { $0.known[user] } }

    /// Asks for a name unless somebody does already. Returns false when too many are being asked for.
    private func start(_ peer: PeerCredentials) -> Bool {
        let (isAsked, isNew) = state.withLockedValue { state in
            if state.asked.contains(peer.uid) { return (true, false) }
            guard state.asked.count < Self.atOnce else { return (false, false) }
            state.asked.insert(peer.uid)
            return (true, true)
        }
        if isNew {
            DispatchQueue.global(qos: .utility).async {
                let name = self.ask(peer)
                self.state.withLockedValue { state in
                    state.asked.remove(peer.uid)
                    if state.known.count >= Self.limit { state.known = [:] }
                    state.known[peer.uid] = name
                }
            }
        }
        return isAsked
    }
}
