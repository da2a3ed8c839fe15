import Foundation
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import Persistence
import Testing

@testable import ManagementAPI

@Suite("Who may have connections and event streams")
struct ConnectionPlacesTests {
    private static let daemon: uid_t = 700
    private let loop = MultiThreadedEventLoopGroup.singleton.next()

    /// How many of 1000 connections a client gets in addition to those it has.
    private func taken(_ places: ConnectionPlaces, _ client: ConnectionClient) -> Int {
        (0..<1000).count { _ in places.enter(client, on: loop) }
    }

    @Test("A user at the Unix socket gets half, all users leave some to root and the daemon's user, and places become free")
    func users() {
        let places = ConnectionPlaces(limit: 200, owner: Self.daemon)
        #expect(taken(places, .user(1000)) == 100)
        #expect(taken(places, .user(1001)) == 84)
        #expect(taken(places, .user(nil)) == 0)
        #expect(places.enter(.user(0), on: loop) && places.enter(.user(Self.daemon), on: loop))
        places.leave(.user(1000))
        #expect(taken(places, .user(1002)) == 1)
        #expect(taken(places, .user(1000)) == 0)
    }

    @Test("Another machine gets three quarters; this one, with all its users and proxies, is not limited")
    func addresses() {
        let places = ConnectionPlaces(limit: 200, owner: Self.daemon)
        #expect(taken(places, .address("192.0.2.1")) == 150)
        #expect(places.enter(.address("192.0.2.2"), on: loop))
        #expect(taken(places, .machine) == 1000)
    }

    @Test("With few descriptors everyone still gets a connection")
    func few() {
        for client in [ConnectionClient.user(1000), .address("192.0.2.1"), .user(0)] {
            #expect(ConnectionPlaces(limit: 1, owner: Self.daemon).enter(client, on: loop))
        }
    }

    @Test("Late connections end only while most places are taken")
    func late() async throws {
        let places = ConnectionPlaces(limit: 8, owner: Self.daemon)
        let ends = NIOLockedValueBox(0)
        places.add(ObjectIdentifier(places)) { ends.withLockedValue { $0 += 1 } }
        for _ in 0..<7 { #expect(places.enter(.machine, on: loop)) }
        try await loop.submit {}.get()
        #expect(ends.withLockedValue { $0 } == 0)
        #expect(places.enter(.machine, on: loop))
        try await loop.submit {}.get()
        #expect(ends.withLockedValue { $0 } == 1)
        places.remove(ObjectIdentifier(places))
        places.leave(.machine)
    }

    @Test("A client is a user of the Unix socket, another machine, or this one")
    func clients() throws {
        #expect(ConnectionClient(try SocketAddress(ipAddress: "127.0.0.2", port: 1), nil) == .machine)
        #expect(ConnectionClient(try SocketAddress(ipAddress: "192.0.2.1", port: 1), nil) == .address("192.0.2.1"))
        #expect(ConnectionClient(nil, PeerCredentials(uid: 7, gid: 8, pid: 9)) == .user(7))
        #expect(ConnectionClient(nil, nil) == .user(nil))
    }

    @Test("A client gets a quarter of the event streams; root, the daemon's user and this machine may have all")
    func streams() {
        let share = StreamShare(limit: 8, owner: Self.daemon)
        var held = [share.take(.user(1000)), share.take(.user(1000))]
        #expect(!held.contains { $0 == nil })
        #expect(share.take(.user(1000)) == nil)
        held += [share.take(.address("192.0.2.1")), share.take(.address("192.0.2.1"))]
        #expect(!held.contains { $0 == nil })
        #expect(share.take(.address("192.0.2.1")) == nil)
        held += (0..<4).map { _ in share.take(.machine) }
        #expect(!held.contains { $0 == nil })
        #expect(share.take(.user(0)) == nil)
        held.removeFirst()
        #expect(share.take(.user(0)) != nil)
    }
}
