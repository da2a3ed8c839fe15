import AgentModel
import MobileIPv4
import MobilityAgent
import Testing

/// An agent is started again with what the one before it saved.
@Suite struct RestoringTests {
    @Test("A binding goes on as it was: its times, its counts, and the seconds that remain of its lifetime")
    func binding() throws {
        var old = KeptBench(Lab.homeAgentConfiguration())
        old.bench.receive(Request(old.bench) { $0.nai = Lab.alice }.octets)
        old.bench.advance(seconds: 60)
        old.bench.receive(Request(old.bench) { ($0.careOfAddress, $0.nai) = (Lab.otherCareOf, Lab.alice) }.octets)
        let before = try #require(old.bench.bindings.first)
        var new = try old.restarted(after: 30)
        #expect(new.bench.bindings == [before])
        #expect(new.bench.mobileNodes == old.bench.mobileNodes)
        #expect(new.bench.home.bindingsRestored == 1)
        #expect(new.forwarded == [before.key])
        new.bench.advance(seconds: 569)
        #expect(new.bench.bindings.count == 1)
        new.bench.advance(seconds: 2)
        #expect(new.bench.bindings.isEmpty)
        #expect(new.bench.events.map(\.kind) == [.expired])
    }

    @Test("Simultaneous bindings keep their order, and a binding without end has none")
    func severalBindings() throws {
        var old = KeptBench(Lab.homeAgentConfiguration { $0.maximumLifetime = 65535 })
        for careOfAddress in [Lab.careOf, Lab.otherCareOf] {
            old.bench.receive(
                Request(old.bench) {
                    $0.flags.insert(.simultaneousBindings)
                    ($0.careOfAddress, $0.lifetime) = (careOfAddress, 65535)
                }.octets)
            old.bench.advance(seconds: 1)
        }
        let new = try old.restarted(after: 100_000)
        #expect(new.bench.bindings.count == 2)
        #expect(Set(new.bench.bindings) == Set(old.bench.bindings))
        #expect(new.bench.bindings.allSatisfy { $0.expires == nil })
    }

    @Test("What ran out meanwhile ends with its reason and an event, and is not forwarded")
    func ranOut() throws {
        var old = KeptBench(Lab.homeAgentConfiguration())
        old.bench.receive(Request(old.bench).octets)
        var new = try old.restarted(after: 601)
        #expect(new.forwarded.isEmpty)
        new.bench.advance(seconds: 3)
        #expect(new.bench.bindings.isEmpty)
        #expect(new.bench.events.map(\.kind) == [.expired])
        #expect(new.bench.home.bindingsExpired == 1)
        #expect(new.bench.mobileNodes.first?.servingSince == nil)
    }

    @Test("A binding that ran out before the last run ends at once: starts in quick succession do not keep it")
    func overdue() throws {
        var old = KeptBench(Lab.homeAgentConfiguration())
        old.bench.receive(Request(old.bench).octets)
        old.save()
        // The agent was last seen after the end of the binding, but ended before it could save that.
        old.bench.uptime += 605_000_000_000
        var new = try old.restarted(after: 1)
        new.bench.advance(seconds: 0)
        #expect(new.bench.bindings.isEmpty)
        #expect(new.bench.events.map(\.kind) == [.expired])
    }

    @Test(
        "Within one boot of the machine, lifetimes go on by its uptime, however the clock was set meanwhile",
        arguments: [-7200, 7200] as [Int64])
    func sameBoot(seconds: Int64) throws {
        var old = KeptBench(Lab.homeAgentConfiguration())
        old.bench.receive(Request(old.bench).octets)
        let new = try old.restarted(after: 100, clockSetBy: seconds)
        #expect(new.remaining == 500)
    }

    @Test("After another boot, the wall clock counts; one that is behind the last time saved counts as if no time had passed")
    func otherBoot() throws {
        var old = KeptBench(Lab.homeAgentConfiguration())
        old.bench.receive(Request(old.bench).octets)
        let right = try old.restarted(after: 100, boot: "second")
        #expect(right.remaining == 500)
        let behind = try old.restarted(after: 100, clockSetBy: -1_000_000_000, boot: "third")
        #expect(behind.remaining == 600)
        #expect(try #require(behind.bench.bindings.first).created == behind.bench.time.adding(milliseconds: -1))
    }

    @Test("A step of the clock before the restart does not move lifetimes after it")
    func stepBefore() throws {
        var old = KeptBench(Lab.homeAgentConfiguration())
        old.bench.receive(Request(old.bench).octets)
        old.save()
        old.setClock(by: 3600)
        old.bench.advance(seconds: 100)
        let new = try old.restarted(after: 100)
        #expect(new.remaining == 400)
        let later = try old.restarted(after: 100, boot: "second")
        #expect(later.remaining == 400)
    }

    @Test("A captured request is refused after a restart: of a node that moved on, that deregistered, that was denied")
    func replays() throws {
        var old = KeptBench(Lab.homeAgentConfiguration([Lab.association(tolerance: 3600)]))
        let accepted = Request(old.bench)
        old.bench.receive(accepted.octets)
        old.bench.advance(seconds: 1)
        let denied = Request(old.bench) { $0.flags.insert(.gre) }
        old.bench.receive(denied.octets)
        old.bench.advance(seconds: 1)
        old.bench.receive(Request(old.bench) { $0.lifetime = 0 }.octets)
        for isComplete in [true, false] {
            var new = try old.restarted(after: 5, isComplete: isComplete)
            #expect(try Reply(new.bench.receive(accepted.octets))?.code == 133)
            #expect(try Reply(new.bench.receive(denied.octets))?.code == 133)
            #expect(new.bench.bindings.isEmpty)
            #expect(try Reply(new.bench.receive(Request(new.bench).octets))?.code == 0)
        }
    }

    @Test("A repeated request whose acceptance was lost is answered again after a restart")
    func duplicate() throws {
        var old = KeptBench(Lab.homeAgentConfiguration())
        let request = Request(old.bench)
        old.bench.receive(request.octets)
        var new = try old.restarted(after: 1, isComplete: false)
        #expect(try Reply(new.bench.receive(request.octets))?.code == 0)
        #expect(new.bench.home.duplicateRequests == 1)
    }

    @Test("Timestamps must be later than the start, whatever the store remembers")
    func laterThanStart() throws {
        var old = KeptBench(Lab.homeAgentConfiguration([Lab.association(tolerance: 60)]))
        old.bench.receive(Request(old.bench).octets)
        var new = try old.restarted(after: 10)
        let late = Request(new.bench) { $0.identification = $0.identification.adding(seconds: -2) }
        #expect(try Reply(new.bench.receive(late.octets))?.code == 133)
        #expect(try Reply(new.bench.receive(Request(new.bench).octets))?.code == 0)
    }

    @Test(
        "A node that was accepted while the clock was ahead is accepted at once if the clock is right after a restart",
        arguments: ["", "second"])
    func wasAhead(boot: String) throws {
        var old = KeptBench(Lab.homeAgentConfiguration())
        old.setClock(by: 3600)
        let ahead = Request(old.bench)
        old.bench.receive(ahead.octets)
        var new = try old.restarted(after: 10, clockSetBy: -3600, boot: boot)
        new.bench.advance(seconds: 1)
        #expect(try Reply(new.bench.receive(Request(new.bench) { $0.lifetime = 0 }.octets))?.code == 0)
        new.bench.advance(seconds: 3589)
        #expect(try Reply(new.bench.receive(ahead.octets))?.code == 133)
    }

    @Test("The nonce is kept: the next request of the node needs no further round trip, and an old one is refused")
    func nonce() throws {
        var old = KeptBench(Lab.homeAgentConfiguration([Lab.association(replay: .nonces)]))
        let first = try #require(try Reply(old.bench.receive(Request(old.bench).octets)))
        let accepted = Request(old.bench) { $0.identification = Identification(high: first.fixed.identification.high, low: 7) }
        let second = try #require(try Reply(old.bench.receive(accepted.octets)))
        #expect(second.code == 0)
        var new = try old.restarted(after: 1)
        let next = Request(new.bench) {
            $0.identification = Identification(high: second.fixed.identification.high, low: 8)
            $0.careOfAddress = Lab.otherCareOf
        }
        #expect(try Reply(new.bench.receive(next.octets))?.code == 0)
        #expect(try Reply(new.bench.receive(accepted.octets))?.code == 133)
    }

    @Test("A node gets the address that was assigned to it before")
    func assignment() throws {
        let alice = try #require(Lab.alice)
        let bob = try #require(NetworkAccessIdentifier("bob@example.net"))
        let pool = try #require(IPv4AddressRange("192.0.2.100-192.0.2.103"))
        let associations = [Lab.association(.nai(alice)), Lab.association(.nai(bob))]
        var old = KeptBench(Lab.homeAgentConfiguration(associations) { ($0.addressPool, $0.addressRetention) = ([pool], 60) })
        func ask(_ bench: inout Bench, _ nai: NetworkAccessIdentifier) throws -> IPv4Address? {
            let association = Lab.association(.nai(nai))
            let request = Request(bench) { ($0.homeAddress, $0.nai, $0.association) = (.zero, nai, association) }
            return try Reply(bench.receive(request.octets))?.fixed.homeAddress
        }
        let first = try ask(&old.bench, alice)
        let second = try ask(&old.bench, bob)
        #expect(first != second)
        var new = try old.restarted(after: 1)
        new.bench.advance(seconds: 1)
        #expect(try ask(&new.bench, bob) == second)
        #expect(try ask(&new.bench, alice) == first)
    }

    @Test("A binding that the configuration no longer serves ends with an event")
    func notServed() throws {
        var old = KeptBench(Lab.homeAgentConfiguration())
        old.bench.receive(Request(old.bench).octets)
        let network = try #require(IPv4Prefix(containing: IPv4Address(198, 18, 0, 0), length: 16))
        let new = try old.restarted(after: 1, configuration: Lab.homeAgentConfiguration { $0.homeNetworks = [network] })
        #expect(new.bench.bindings.isEmpty)
        let kinds = new.restored.compactMap { change -> AgentEventKind? in
            if case .event(let event) = change { event.kind } else { nil }
        }
        #expect(kinds == [.revoked])
    }

    @Test("A record that was cut anywhere, or has something added, cannot be read and does no harm")
    func damaged() throws {
        var old = KeptBench(Lab.homeAgentConfiguration())
        old.bench.receive(Request(old.bench) { $0.nai = Lab.alice }.octets)
        old.save()
        let bytes = try #require(old.records.first?.value)
        var new = KeptBench(Lab.homeAgentConfiguration())
        let history = AgentHistory(new.present, after: [old.present])
        func isReadable(_ bytes: [UInt8]) -> Bool {
            var effects = AgentEffects()
            let now = new.bench.now
            return (try? new.bench.agent.restore(mobileNode: Lab.home, bytes, history, at: now, effects: &effects)) != nil
        }
        for count in 0..<bytes.count { #expect(!isReadable(Array(bytes.prefix(count)))) }
        #expect(!isReadable(bytes + [0]))
        #expect(new.bench.bindings.isEmpty)
        #expect(isReadable(bytes))
    }

    @Test("Requests that anyone can repeat leave nothing to save")
    func repeated() throws {
        var old = KeptBench(Lab.homeAgentConfiguration())
        let request = Request(old.bench)
        old.bench.receive(request.octets)
        old.bench.advance(seconds: 1)
        old.bench.receive(Request(old.bench) { $0.careOfAddress = Lab.otherCareOf }.octets)
        old.save()
        old.bench.receive(request.octets)
        old.bench.receive(Request(old.bench) { $0.association = Lab.association(key: Lab.wrongKey) }.octets)
        #expect(!old.bench.agent.hasUnsaved)
    }
}
