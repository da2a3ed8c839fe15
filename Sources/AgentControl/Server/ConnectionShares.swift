import Foundation

/// How the connections of a control socket are shared, so that no user can lock out the others.
///
/// Root and the daemon's own user, that is an administrator and `mip-mibd` beside its agent, may have all of them. Other users together
/// leave some free, and each of them has at most half.
struct ConnectionShares {
    /// Why there is no room for a user.
    enum Shortage: Hashable {
        /// All connections are taken.
        case all
        /// Those for users other than root and the daemon's are taken.
        case others
        /// The user has as many as one user may have.
        case user
    }

    /// Connections at once.
    let limit: Int
    /// Those that only root and the daemon's user can have.
    let reserved: Int
    private let owner: uid_t
    private(set) var total = 0
    private var counts: [uid_t?: Int] = [:]

    /// - Parameter owner: The daemon's own user.
    init(limit: Int, owner: uid_t = geteuid()) {
        self.limit = limit
        self.owner = owner
        reserved = min(16, limit / 4)
    }

    func isPrivileged(_ user: uid_t?) -> Bool { user == 0 || user == owner }

    /// What prevents one more connection of this user; nil if it may have one.
    func shortage(for user: uid_t?) -> Shortage? {
        if !isPrivileged(user) {
            // The narrowest limit first: making room under a wider one would cost another user a connection and still not help.
            if counts[user, default: 0] >= max(1, limit / 2) { return .user }
            let others = counts.reduce(0) { isPrivileged($1.key) ? $0 : $0 + $1.value }
            if others >= max(1, limit - reserved) { return .others }
        }
        return total >= limit ? .all : nil
    }

    /// Whether ending a connection of one user makes room for another user.
    func helps(_ other: uid_t?, _ user: uid_t?, against shortage: Shortage) -> Bool {
        switch shortage {
        // An unprivileged user must not displace an administrator.
        case .all, .others: isPrivileged(user) || !isPrivileged(other)
        case .user: other == user
        }
    }

    mutating func enter(_ user: uid_t?) {
        total += 1
        counts[user, default: 0] += 1
    }

    mutating func leave(_ user: uid_t?) {
        total -= 1
        let rest = counts[user, default: 1] - 1
        counts[user] = rest > 0 ? rest : nil
    }
}
