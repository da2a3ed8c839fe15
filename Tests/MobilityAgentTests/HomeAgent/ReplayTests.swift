import AgentModel
import MobileIPv4
import MobilityAgent
import Testing

@Suite struct ReplayTests {
    @Test("With timestamps the identification must increase; one that does not is answered with the home agent's clock")
    func replayedTimestamp() throws {
        var bench = Bench(Lab.homeAgentConfiguration())
        let old = Request(bench) { $0.careOfAddress = Lab.otherCareOf }
        bench.receive(old.octets)
        bench.advance(seconds: 1)
        bench.receive(Request(bench).octets)
        bench.advance(seconds: 1)
        let reply = try #require(try Reply(bench.receive(old.octets)))
        #expect(reply.code == 133)
        #expect(reply.fixed.identification.low == old.identification.low)
        #expect(reply.fixed.identification.high == bench.identification.high)
        #expect(bench.bindings.map(\.careOfAddress) == [Lab.careOf])
        let violation = try #require(bench.violations.first)
        #expect(violation.recentReason == .badIdentifier)
        #expect(violation.recentSPI == Lab.spi)
        #expect(violation.recentIdentification == old.identification)
        #expect(violation.recentCode == 133)
    }

    @Test("A node whose clock is an hour off synchronizes from the reply")
    func resynchronisation() throws {
        var bench = Bench(Lab.homeAgentConfiguration())
        let request = Request(bench) { $0.identification = $0.identification.adding(seconds: -3600) }
        let reply = try #require(try Reply(bench.receive(request.octets)))
        #expect(reply.code == 133)
        let again = Request(bench) { $0.identification = Identification(high: reply.fixed.identification.high, low: 1) }
        #expect(try Reply(bench.receive(again.octets))?.code == 0)
    }

    @Test("The tolerance is taken from the association", arguments: [(30, 0), (31, 133)] as [(Int64, UInt8)])
    func tolerance(late: Int64, code: UInt8) throws {
        let association = Lab.association(tolerance: 30)
        var bench = Bench(Lab.homeAgentConfiguration([association]))
        let request = Request(bench) { $0.identification = $0.identification.adding(seconds: -late) }
        #expect(try Reply(bench.receive(request.octets))?.code == code)
    }

    @Test("The home agent's wall clock is used, not the clock for its lifetimes")
    func wallClock() throws {
        var bench = Bench(Lab.homeAgentConfiguration())
        bench.clockError = 100_000_000_000
        #expect(try Reply(bench.receive(Request(bench).octets))?.code == 133)
    }

    /// How a request is denied for what its node has signed.
    private static let denials: [(code: UInt8, change: @Sendable (inout Request) -> Void)] = [
        (139, { $0.flags.insert(.gre) }), (136, { $0.homeAgent = IPv4Address(192, 0, 2, 2) }),
        (134, { $0.careOfAddress = .zero }), (140, { $0.before = HomeAgentCase.vendor }),
    ]

    @Test(
        "The identification of a denied request is refused when it comes again, in the same request or another", arguments: 0..<4)
    func deniedIdentification(_ index: Int) throws {
        var bench = Bench(Lab.homeAgentConfiguration())
        let (code, change) = Self.denials[index]
        let denied = Request(bench, change)
        #expect(try Reply(bench.receive(denied.octets))?.code == code)
        #expect(try Reply(bench.receive(denied.octets))?.code == 133)
        let mended = Request(bench) { $0.identification = denied.identification }
        #expect(try Reply(bench.receive(mended.octets))?.code == 133)
        #expect(bench.home.deniedRequestsRepeated == 2)
        #expect(bench.bindings.isEmpty)
        bench.advance(seconds: 1)
        #expect(try Reply(bench.receive(Request(bench).octets))?.code == 0)
    }

    @Test("A request that was denied while the agent was disabled is not accepted from anyone once it is enabled")
    func replayAfterEnabling() throws {
        var bench = Bench(Lab.homeAgentConfiguration())
        bench.setEnabled(false)
        let request = Request(bench)
        #expect(try Reply(bench.receive(request.octets))?.code == 129)
        bench.setEnabled(true)
        bench.advance(seconds: 1)
        let attacker = TransportEndpoint(Lab.otherCareOf, port: 666)
        #expect(try Reply(bench.receive(request.octets, from: attacker))?.code == 133)
        #expect(bench.bindings.isEmpty)
    }

    @Test("A denied request without an address is refused when it comes again")
    func deniedWithoutAddress() throws {
        let alice = try #require(Lab.alice)
        let bob = try #require(NetworkAccessIdentifier("bob@example.net"))
        let pool = try #require(IPv4AddressRange("192.0.2.50-192.0.2.50"))
        var bench = Bench(
            Lab.homeAgentConfiguration([Lab.association(.nai(alice)), Lab.association(.nai(bob))]) {
                ($0.addressPool, $0.addressRetention) = ([pool], 5)
            })
        func ask(_ nai: NetworkAccessIdentifier, lifetime: UInt16 = 600) -> Request {
            Request(bench) { ($0.homeAddress, $0.nai, $0.lifetime) = (.zero, nai, lifetime) }
        }
        #expect(try Reply(bench.receive(ask(alice, lifetime: 1).octets))?.code == 0)
        let refused = ask(bob)
        #expect(try Reply(bench.receive(refused.octets))?.code == 130)
        bench.advance(seconds: 6.5)
        // The address is free again.
        #expect(try Reply(bench.receive(refused.octets))?.code == 133)
        #expect(try Reply(bench.receive(ask(bob).octets))?.code == 0)
    }

    @Test("A denied identification is remembered by itself: it does not become the newest")
    func deniedIsNotNewest() throws {
        var bench = Bench(Lab.homeAgentConfiguration())
        let early = Request(bench) {
            $0.identification = $0.identification.adding(seconds: 6)
            $0.flags.insert(.gre)
        }
        #expect(try Reply(bench.receive(early.octets))?.code == 139)
        #expect(try Reply(bench.receive(Request(bench).octets))?.code == 0)
    }

    @Test("An identification refused with 133 does not become the newest: a node whose clock was ahead is not locked out")
    func aheadIsNotNewest() throws {
        var bench = Bench(Lab.homeAgentConfiguration())
        for seconds in [8, 3600, 1 << 31] as [Int64] {
            let ahead = Request(bench) { $0.identification = $0.identification.adding(seconds: seconds) }
            #expect(try Reply(bench.receive(ahead.octets))?.code == 133)
        }
        #expect(try Reply(bench.receive(Request(bench).octets))?.code == 0)
    }

    @Test(
        "A denied identification is remembered until the clock has passed it by the tolerance, and refused by the clock from then on"
    )
    func deniedForgotten() throws {
        var bench = Bench(Lab.homeAgentConfiguration())
        let denied = Request(bench) { $0.flags.insert(.gre) }
        bench.receive(denied.octets)
        for (seconds, remembered) in [(6.9, 1), (0.2, 1)] as [(Double, UInt64)] {
            bench.advance(seconds: seconds)
            #expect(try Reply(bench.receive(denied.octets))?.code == 133)
            #expect(bench.home.deniedRequestsRepeated == remembered)
        }
    }

    @Test("A copy of a request that comes without its foreign agent does not make the request itself invalid")
    func copyWithoutForeignAgent() throws {
        var bench = Bench(Lab.homeAgentConfiguration(HomeAgentCase.both))
        let genuine = Request(visiting: bench) { $0.signatures = [(.foreignHomeAuthentication, Lab.ofForeignAgent)] }
        var copy = genuine
        copy.signatures = []
        #expect(try Reply(bench.receive(copy.octets, from: Lab.foreignAgent))?.code == 132)
        #expect(try Reply(bench.receive(genuine.octets + [200, 9], from: Lab.foreignAgent))?.code == 134)
        #expect(try Reply(bench.receive(genuine.octets + HomeAgentCase.vendor, from: Lab.foreignAgent))?.code == 141)
        #expect(try Reply(bench.receive(genuine.octets, from: Lab.foreignAgent))?.code == 0)
    }

    @Test("A copy of an accepted request from another source is answered and changes neither the binding nor its end")
    func copiedAcceptance() throws {
        var bench = Bench(Lab.homeAgentConfiguration())
        let request = Request(bench)
        bench.receive(request.octets)
        let before = bench.bindings
        bench.advance(seconds: 2)
        let attacker = TransportEndpoint(Lab.otherCareOf, port: 666)
        let sent = bench.receive(request.octets, from: attacker)
        #expect(sent?.destination == attacker)
        #expect(try Reply(sent)?.fixed.identification == request.identification)
        #expect(bench.bindings == before)
        #expect(bench.home.duplicateRequests == 1)
        bench.advance(seconds: 598)
        #expect(bench.bindings.isEmpty)
    }

    @Test("With nonces each reply contains the next one, and only that is accepted")
    func nonces() throws {
        let association = Lab.association(replay: .nonces)
        var bench = Bench(Lab.homeAgentConfiguration([association]))
        let first = Request(bench) { $0.identification = Identification(high: 0, low: 7) }
        let challenge = try #require(try Reply(bench.receive(first.octets)))
        #expect(challenge.code == 133)
        #expect(challenge.fixed.identification.low == 7)

        let second = Request(bench) { $0.identification = Identification(high: challenge.fixed.identification.high, low: 8) }
        let accepted = try #require(try Reply(bench.receive(second.octets)))
        #expect(accepted.code == 0)
        #expect(accepted.fixed.identification.low == 8)
        #expect(accepted.fixed.identification.high != challenge.fixed.identification.high)

        // The node did not receive the reply and repeats the request: same answer, same nonce.
        let repeated = try #require(try Reply(bench.receive(second.octets)))
        #expect(repeated.fixed.identification == accepted.fixed.identification)
        #expect(bench.home.duplicateRequests == 1)

        let third = Request(bench) { $0.identification = Identification(high: accepted.fixed.identification.high, low: 9) }
        #expect(try Reply(bench.receive(third.octets))?.code == 0)
        #expect(try Reply(bench.receive(first.octets))?.code == 133)
    }

    @Test("A wrong authenticator does not use up the nonce")
    func nonceSurvivesForgery() throws {
        let association = Lab.association(replay: .nonces)
        var bench = Bench(Lab.homeAgentConfiguration([association]))
        let challenge = try #require(try Reply(bench.receive(Request(bench).octets)))
        let forged = Request(bench) { $0.association = Lab.association(key: Lab.wrongKey) }
        #expect(try Reply(bench.receive(forged.octets))?.code == 131)
        let right = Request(bench) { $0.identification = Identification(high: challenge.fixed.identification.high, low: 1) }
        #expect(try Reply(bench.receive(right.octets))?.code == 0)
    }

    @Test("Timestamps continue across the wrap of 2036")
    func wrap() throws {
        var bench = Bench(Lab.homeAgentConfiguration())
        // One second before the NTP seconds wrap.
        bench.clockError = (2_085_978_496 - 1 - Lab.start) * 1_000_000_000
        func request(_ bench: Bench) -> Request {
            Request(bench) { $0.identification = Identification(unixNanoseconds: bench.now.wallClock) }
        }
        #expect(request(bench).identification.high == .max)
        #expect(try Reply(bench.receive(request(bench).octets))?.code == 0)
        bench.advance(seconds: 2)
        #expect(request(bench).identification.high == 1)
        #expect(try Reply(bench.receive(request(bench).octets))?.code == 0)
    }
}
