import Foundation
import NIOConcurrencyHelpers

/// Limits the event streams that are open on one listener at once, and those of one client among them. Safe to use from any thread.
final class StreamShare: Sendable {
    private struct State {
        var open = 0
        var counts: [ConnectionClient: Int] = [:]
    }

    private let state = NIOLockedValueBox(State())
    private let limit: Int
    private let owner: uid_t

    /// - Parameters:
    ///   - limit: how many may be open, at least 1.
    ///   - owner: the daemon's own user.
    init(limit: Int, owner: uid_t = geteuid()) {
        self.limit = max(1, limit)
        self.owner = owner
    }

    /// A place of an open stream, which becomes free when it is destroyed.
    final class Place: Sendable {
        private let share: StreamShare
        private let client: ConnectionClient

        fileprivate init(_ share: StreamShare, _ client: ConnectionClient) {
            self.share = share
            self.client = client
        }

        deinit { share.free(client) }
    }

    /// Takes a place; nil when there are none left, or when the client has a quarter of them and is not privileged.
    func take(_ client: ConnectionClient) -> Place? {
        let most = client.isPrivileged(owner: owner) ? limit : max(1, limit / 4)
        let isTaken = state.withLockedValue { state in
            guard state.open < limit, state.counts[client, default: 0] < most else { return false }
            state.open += 1
            state.counts[client, default: 0] += 1
            return true
        }
        return isTaken ? Place(self, client) : nil
    }

    private func free(_ client: ConnectionClient) {
        state.withLockedValue { state in
            state.open -= 1
            let rest = state.counts[client, default: 1] - 1
            state.counts[client] = rest > 0 ? rest : nil
        }
    }
}
