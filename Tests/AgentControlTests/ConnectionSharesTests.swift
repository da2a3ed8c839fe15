import Foundation
import Testing

@testable import AgentControl

@Suite("The connections of a control socket are shared")
struct ConnectionSharesTests {
    private static let (daemon, alice, bob, carol): (uid_t, uid_t, uid_t, uid_t) = (990, 1000, 1001, 1002)

    private static func shares(_ taken: [(user: uid_t?, count: Int)], limit: Int = 256) -> ConnectionShares {
        var shares = ConnectionShares(limit: limit, owner: daemon)
        for (user, count) in taken { for _ in 0..<count { shares.enter(user) } }
        return shares
    }

    @Test("A user other than root and the daemon's has at most half of the connections")
    func half() {
        #expect(Self.shares([(Self.alice, 127)]).shortage(for: Self.alice) == nil)
        let full = Self.shares([(Self.alice, 128)])
        #expect(full.shortage(for: Self.alice) == .user)
        #expect(full.shortage(for: Self.bob) == nil)
    }

    @Test("Sixteen connections are left to root and the daemon's user, whoever else there is")
    func reserved() {
        let shares = Self.shares([(Self.alice, 120), (Self.bob, 119), (nil, 1)])
        #expect(shares.shortage(for: Self.carol) == .others && shares.shortage(for: nil) == .others)
        #expect(shares.shortage(for: 0) == nil && shares.shortage(for: Self.daemon) == nil)
    }

    @Test("Root may have all connections, and no more than that")
    func all() {
        #expect(Self.shares([(0, 255)]).shortage(for: 0) == nil)
        #expect(Self.shares([(0, 200), (Self.daemon, 56)]).shortage(for: 0) == .all)
    }

    @Test("When all connections are taken, a user who has half of them cannot have another user's")
    func fullTable() {
        let shares = Self.shares([(Self.alice, 128), (Self.bob, 112), (0, 16)])
        #expect(shares.shortage(for: Self.alice) == .user)
        #expect(shares.shortage(for: Self.bob) == .others && shares.shortage(for: Self.carol) == .others)
        #expect(shares.shortage(for: 0) == .all)
        #expect(Self.shares([(0, 250), (Self.bob, 6)]).shortage(for: Self.bob) == .all)
    }

    @Test("The connection that makes room is never an administrator's if the newcomer is not one")
    func room() {
        let shares = Self.shares([])
        #expect(shares.helps(Self.alice, 0, against: .all) && shares.helps(0, 0, against: .all))
        #expect(!shares.helps(0, Self.alice, against: .all) && shares.helps(Self.bob, Self.alice, against: .others))
        // One user's limit is not another's concern.
        #expect(!shares.helps(Self.bob, Self.alice, against: .user) && shares.helps(Self.alice, Self.alice, against: .user))
    }

    @Test("A connection that ends is free for another one")
    func leaving() {
        var shares = Self.shares([(Self.alice, 128)])
        shares.leave(Self.alice)
        #expect(shares.shortage(for: Self.alice) == nil && shares.total == 127)
    }

    @Test("Every limit leaves a place for each kind of user", arguments: [1, 2, 3, 4, 16, 63, 64, 256])
    func small(limit: Int) {
        let shares = Self.shares([], limit: limit)
        #expect(shares.shortage(for: Self.alice) == nil && shares.shortage(for: 0) == nil)
    }
}
