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

    @Test("A denied request does not use up its identification")
    func deniedIdentification() throws {
        var bench = Bench(Lab.homeAgentConfiguration())
        let denied = Request(bench) { $0.flags.insert(.gre) }
        #expect(try Reply(bench.receive(denied.octets))?.code == 139)
        let mended = Request(bench) { $0.identification = denied.identification }
        #expect(try Reply(bench.receive(mended.octets))?.code == 0)
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
