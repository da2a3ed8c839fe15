import Foundation
import NIOConcurrencyHelpers
import NIOCore

/// The open connections of one listener: who may have one more, and which ones end when few places are left. Safe to use from any thread.
///
/// Once all places are taken nothing is accepted, and the listener does not learn who waits. So two rules keep places free. A client that
/// identifies somebody has at most a part of them: another machine three quarters, a user at the Unix socket half, and all such users
/// together leave some to root and the daemon's own user. And while most places are taken, a connection without a complete request ends
/// after `patience`, so that clients that connect and send nothing cannot lock out the others, whoever they are.
final class ConnectionPlaces: Sendable {
    /// How long a connection may be without a complete request while most places are taken.
    static let patience = TimeAmount.seconds(2)

    private struct State {
        var total = 0
        /// Those of users at the Unix socket other than root and the daemon's.
        var ordinary = 0
        var counts: [ConnectionClient: Int] = [:]
        /// What ends a connection that is late, for each connection.
        var ends: [ObjectIdentifier: @Sendable () -> Void] = [:]
        /// Whether late connections are looked for.
        var isWatching = false
    }

    private let limit: Int
    /// More than so many connections are most.
    private let calm: Int
    /// Those that only root and the daemon's user can have at the Unix socket.
    private let reserved: Int
    private let owner: uid_t
    private let state = NIOLockedValueBox(State())

    /// - Parameters:
    ///   - limit: connections at once, at least 1; the listener itself accepts no more.
    ///   - owner: the daemon's own user.
    init(limit: Int, owner: uid_t = geteuid()) {
        self.limit = max(1, limit)
        self.owner = owner
        calm = self.limit - max(1, self.limit / 8)
        reserved = min(16, self.limit / 4)
    }

    /// Counts a connection of a client.
    ///
    /// - Parameter loop: where late connections are looked for.
    /// - Returns: false, and counts nothing, when the client has as many as it may have.
    func enter(_ client: ConnectionClient, on loop: any EventLoop) -> Bool {
        let (isAdmitted, starts) = state.withLockedValue { state in
            guard mayEnter(client, state) else { return (false, false) }
            state.total += 1
            state.counts[client, default: 0] += 1
            if case .user = client, !client.isPrivileged(owner: owner) { state.ordinary += 1 }
            let starts = state.total > calm && !state.isWatching
            if starts { state.isWatching = true }
            return (true, starts)
        }
        if starts { loop.execute { self.endLate(on: loop) } }
        return isAdmitted
    }

    /// A connection that was counted has ended.
    func leave(_ client: ConnectionClient) {
        state.withLockedValue { state in
            state.total -= 1
            let rest = state.counts[client, default: 1] - 1
            state.counts[client] = rest > 0 ? rest : nil
            if case .user = client, !client.isPrivileged(owner: owner) { state.ordinary -= 1 }
        }
    }

    /// Adds what ends a connection if it has been without a complete request for `patience`. It may be called from any thread.
    func add(_ connection: ObjectIdentifier, endIfLate: @escaping @Sendable () -> Void) {
        state.withLockedValue { $0.ends[connection] = endIfLate }
    }

    func remove(_ connection: ObjectIdentifier) {
        state.withLockedValue { _ = $0.ends.removeValue(forKey: connection) }
    }

    private func mayEnter(_ client: ConnectionClient, _ state: State) -> Bool {
        if client.isPrivileged(owner: owner) { return true }
        let count = state.counts[client, default: 0]
        return switch client {
        case .machine: true
        case .address: count < max(1, limit * 3 / 4)
        case .user: count < max(1, limit / 2) && state.ordinary < max(1, limit - reserved)
        }
    }

    private func endLate(on loop: any EventLoop) {
        let ends = state.withLockedValue { state -> [@Sendable () -> Void]? in
            guard state.total > calm else {
                state.isWatching = false
                return nil
            }
            return Array(state.ends.values)
        }
        guard let ends else { return }
        for end in ends { end() }
        loop.scheduleTask(in: Self.patience) { self.endLate(on: loop) }
    }
}
