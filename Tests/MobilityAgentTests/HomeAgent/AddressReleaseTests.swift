import AgentModel
import MobileIPv4
import MobilityAgent
import Testing

@Suite("Release of assigned home addresses")
struct AddressReleaseTests {
    /// A home agent with a pool of two addresses for three nodes, which keep an address for a minute after their last binding.
    private struct Pool {
        var bench: Bench
        let names: [NetworkAccessIdentifier]

        init(retention: UInt32? = 60) throws {
            let names = try ["a@x", "b@x", "c@x"].map { try #require(NetworkAccessIdentifier($0)) }
            let range = try #require(IPv4AddressRange("192.0.2.50-192.0.2.51"))
            self.names = names
            bench = Bench(
                Lab.homeAgentConfiguration(names.map { Lab.association(.nai($0)) }) {
                    $0.addressPool = [range]
                    $0.addressRetention = retention
                })
        }

        /// Registers or deregisters; returns the code and the last octet of the address.
        mutating func ask(_ name: Int, lifetime: UInt16 = 600, at home: IPv4Address = .zero) throws -> [UInt8] {
            bench.advance(seconds: 1)
            let sent = bench.receive(
                Request(bench) {
                    ($0.homeAddress, $0.lifetime, $0.nai) = (home, lifetime, names[name])
                }.octets)
            let reply = try #require(try Reply(sent))
            return [reply.code, reply.fixed.homeAddress.octets.3]
        }
    }

    @Test("After deregistration and the retention time, an address goes to a node when no other address is left")
    func release() throws {
        var pool = try Pool()
        #expect(try pool.ask(0) == [0, 50])
        #expect(try pool.ask(1) == [0, 51])
        #expect(try pool.ask(2) == [130, 0])
        #expect(try pool.ask(0, lifetime: 0, at: IPv4Address(192, 0, 2, 50)) == [0, 50])
        #expect(try pool.ask(2) == [130, 0])
        pool.bench.advance(seconds: 60)
        #expect(try pool.ask(2) == [0, 50])
        #expect(pool.bench.effects.changes.contains(.mobileNodeRemoved(IPv4Address(192, 0, 2, 50))))
        // The first node has lost its address, and none is left.
        #expect(try pool.ask(0) == [130, 0])
        #expect(try pool.ask(0, at: IPv4Address(192, 0, 2, 50)).first != 0)
        #expect(pool.bench.bindings.map(\.nai) == [pool.names[1], pool.names[2]] || pool.bench.bindings.count == 2)
    }

    @Test("A node that returns in time gets its address again")
    func comesBack() throws {
        var pool = try Pool()
        _ = try pool.ask(0)
        _ = try pool.ask(1)
        _ = try pool.ask(0, lifetime: 0, at: IPv4Address(192, 0, 2, 50))
        pool.bench.advance(seconds: 30)
        #expect(try pool.ask(0) == [0, 50])
        pool.bench.advance(seconds: 59)
        #expect(try pool.ask(2) == [130, 0])
    }

    @Test("Even after the retention time, an address stays assigned while no other node needs it")
    func notNeeded() throws {
        var pool = try Pool(retention: 0)
        _ = try pool.ask(0)
        _ = try pool.ask(0, lifetime: 0, at: IPv4Address(192, 0, 2, 50))
        #expect(try pool.ask(1) == [0, 51])
        #expect(try pool.ask(0) == [0, 50])
    }

    @Test("The address of an expired or revoked binding is released as well", arguments: [true, false])
    func otherEnds(revoked: Bool) throws {
        var pool = try Pool(retention: 0)
        _ = try pool.ask(0)
        _ = try pool.ask(1)
        if revoked { pool.bench.revoke(IPv4Address(192, 0, 2, 50)) } else { pool.bench.advance(seconds: 599) }
        #expect(try pool.ask(2) == [0, 50])
    }

    @Test("Without a retention time an assignment is permanent")
    func forGood() throws {
        var pool = try Pool(retention: nil)
        _ = try pool.ask(0)
        _ = try pool.ask(1)
        pool.bench.advance(seconds: 100_000)
        #expect(try pool.ask(2) == [130, 0])
    }
}
