import AgentModel
import MobileIPv4
import Testing

@testable import MobilityAgent

/// The wall clock of the agent is set while it runs. A node follows the agent's clock.
@Suite struct ClockStepTests {
    private static let hour: Int64 = 3600

    @Test("Remaining lifetimes do not move when the clock is set", arguments: [-3600, -1, 1, 3600] as [Int64])
    func lifetimes(seconds: Int64) throws {
        var bench = Bench(Lab.homeAgentConfiguration())
        bench.receive(Request(bench).octets)
        bench.advance(seconds: 100)
        bench.setClock(by: seconds)
        let binding = try #require(bench.bindings.first)
        let expires = try #require(binding.expires)
        #expect(expires.milliseconds(since: bench.time) == 500_000)
        #expect(bench.time.milliseconds(since: binding.created) == 100_000)
        bench.advance(seconds: 499)
        #expect(bench.bindings.count == 1)
        bench.advance(seconds: 2)
        #expect(bench.bindings.isEmpty)
    }

    @Test("A step is an event with the new time, and moves the time of the start")
    func event() throws {
        var bench = Bench(Lab.homeAgentConfiguration())
        let start = bench.agent.information.startTime
        bench.setClock(by: -Self.hour)
        let event = try #require(bench.events.first)
        #expect(event.kind == .clockStepped)
        #expect(event.time == bench.time)
        #expect(event.message == "the clock of this machine was set back by 3600.0 s")
        #expect(start.milliseconds(since: bench.agent.information.startTime) == Self.hour * 1000)
        #expect(bench.agent.counters.clockSteps == 1)
    }

    @Test("A node that was accepted while the clock was ahead is accepted at once after it was set back")
    func notLockedOut() throws {
        var bench = Bench(Lab.homeAgentConfiguration())
        bench.setClock(by: Self.hour)
        for _ in 0..<10 {
            bench.advance(seconds: 10)
            #expect(try bench.code(Request(bench)) == 0)
        }
        bench.setClock(by: -Self.hour)
        bench.advance(seconds: 1)
        #expect(try bench.code(Request(bench)) == 0)
    }

    @Test("What was used before a step back is refused when the clock comes to it again", arguments: 0..<10)
    func replays(_ index: Int) throws {
        var bench = Bench(Lab.homeAgentConfiguration())
        bench.setClock(by: Self.hour)
        var used: [Request] = []
        for number in 0..<10 {
            bench.advance(seconds: 10)
            let request = Request(bench) { if number % 3 == 2 { $0.flags.insert(.gre) } }
            #expect(try bench.code(request) == (number % 3 == 2 ? 139 : 0))
            used.append(request)
        }
        bench.setClock(by: -Self.hour)
        bench.advance(seconds: 1)
        #expect(try bench.code(Request(bench) { $0.lifetime = 0 }) == 0)
        // To the moment at which the request was first sent.
        bench.advance(seconds: Double(Self.hour) - 1 - 10 * Double(9 - index))
        #expect(try bench.code(used[index]) == 133)
        #expect(bench.bindings.isEmpty)
    }

    @Test("Of few registrations each is remembered by itself: the node is accepted all the way through the hour")
    func fewRegistrations() throws {
        var bench = Bench(Lab.homeAgentConfiguration())
        bench.setClock(by: Self.hour)
        for _ in 0..<4 {
            bench.advance(seconds: 60)
            #expect(try bench.code(Request(bench)) == 0)
        }
        bench.setClock(by: -Self.hour)
        for _ in 0..<70 {
            bench.advance(seconds: 59.5)
            #expect(try bench.code(Request(bench)) == 0)
        }
    }

    @Test(
        "Of many registrations a range is remembered, and 133 answers while the clock runs through it; then the node is accepted")
    func rangeCosts() throws {
        var bench = Bench(Lab.homeAgentConfiguration())
        bench.setClock(by: Self.hour)
        // 20 registrations in 600 s, of which the last three are still remembered by themselves in the end: the range is 480 s long.
        for _ in 0..<20 {
            bench.advance(seconds: 30)
            #expect(try bench.code(Request(bench)) == 0)
        }
        bench.setClock(by: -Self.hour)
        var refused = 0
        for _ in 0..<345 {
            bench.advance(seconds: 10.4)
            if try bench.code(Request(bench)) == 133 { refused += 1 }
        }
        #expect((45...46).contains(refused))
        #expect(try bench.code(Request(bench) { $0.identification = $0.identification.adding(seconds: 1) }) == 0)
    }

    @Test("A board that began in 1970 accepts nodes at once when its clock is set", arguments: [56, 70] as [Int64])
    func board(years: Int64) throws {
        var bench = Bench(Lab.homeAgentConfiguration(), start: 100)
        #expect(try bench.code(Request(bench)) == 0)
        bench.setClock(by: years * 31_557_600)
        bench.advance(seconds: 1)
        #expect(try bench.code(Request(bench)) == 0)
        bench.advance(seconds: 1)
        #expect(try bench.code(Request(bench)) == 0)
    }

    @Test(
        "Time passes through the end of NTP era 0 and of 32-bit Unix time", arguments: [2_085_978_490, 2_147_483_640] as [Int64])
    func eras(start: Int64) throws {
        var bench = Bench(Lab.homeAgentConfiguration(), start: start)
        var last: Request?
        for _ in 0..<20 {
            bench.advance(seconds: 1)
            let request = Request(bench)
            #expect(try bench.code(request) == 0)
            if let last { #expect(try bench.code(last) == 133) }
            last = request
        }
        bench.setClock(by: -3600)
        bench.advance(seconds: 1)
        #expect(try bench.code(Request(bench)) == 0)
    }

    @Test("Without memory, nothing is accepted that is not newer than the agent's own start")
    func ownStart() throws {
        var bench = Bench(Lab.homeAgentConfiguration([Lab.association(tolerance: 60)]), age: 5)
        let old = Request(bench) { $0.identification = $0.identification.adding(seconds: -6) }
        let reply = try #require(try Reply(bench.receive(old.octets)))
        #expect(reply.code == 133)
        let again = Request(bench) { $0.identification = Identification(high: reply.fixed.identification.high, low: 1) }
        #expect(try bench.code(again) == 0)
    }

    @Test("A node that made room for another is remembered until the clock refuses its timestamp")
    func evicted() throws {
        let network = try #require(Lab.homeNetwork)
        var bench = Bench(
            Lab.homeAgentConfiguration([Lab.association(.prefix(network))]) {
                $0.maximumMobileNodes = 1
                $0.settings.limits.maximumBindings = 1
            })
        let request = Request(bench)
        #expect(try bench.code(request) == 0)
        bench.advance(seconds: 1)
        #expect(try bench.code(Request(bench) { $0.lifetime = 0 }) == 0)
        bench.advance(seconds: 1)
        #expect(try bench.code(Request(bench) { $0.homeAddress = IPv4Address(192, 0, 2, 11) }) == 0)
        bench.advance(seconds: 1)
        #expect(try bench.code(Request(bench) { ($0.homeAddress, $0.lifetime) = (IPv4Address(192, 0, 2, 11), 0) }) == 0)
        #expect(bench.mobileNodes.map(\.homeAddress) == [IPv4Address(192, 0, 2, 11)])
        #expect(try bench.code(request) == 133)
    }

    @Test("Of a node that made room, also the requests before its latest four are refused, and after a step back too")
    func evictedLongAgo() throws {
        let network = try #require(Lab.homeNetwork)
        let association = Lab.association(.prefix(network), tolerance: 30)
        var bench = Bench(
            Lab.homeAgentConfiguration([association]) {
                $0.maximumMobileNodes = 1
                $0.settings.limits.maximumBindings = 1
            })
        let first = Request(bench)
        for _ in 0..<8 {
            #expect(try bench.code(Request(bench)) == 0)
            bench.advance(seconds: 1)
        }
        #expect(try bench.code(Request(bench) { $0.lifetime = 0 }) == 0)
        bench.advance(seconds: 1)
        let other = IPv4Address(192, 0, 2, 11)
        #expect(try bench.code(Request(bench) { $0.homeAddress = other }) == 0)
        bench.advance(seconds: 1)
        #expect(try bench.code(Request(bench) { ($0.homeAddress, $0.lifetime) = (other, 0) }) == 0)
        #expect(try bench.code(first) == 133)
        bench.setClock(by: -10)
        #expect(try bench.code(first) == 133)
    }

    @Test("A denied request is refused after four later ones, and when nothing but the node's own memory is left of it")
    func manyDenials() throws {
        var memory = ReplayMemory(epoch: 0)
        let used = (1...6).map { Identification(rawValue: UInt64($0) << 32) }
        memory.use(used[0], accepted: true, epoch: 0)
        for identification in used.dropFirst() { memory.use(identification, accepted: false, epoch: 0) }
        for identification in used { #expect(!memory.permits(identification, epoch: 0)) }
        #expect(memory.permits(Identification(rawValue: 7 << 32), epoch: 0))
    }
}

extension Bench {
    /// Sets the agent's clock, which then is as right or wrong as that of the nodes.
    fileprivate mutating func setClock(by seconds: Int64) {
        start += seconds
        step(by: seconds * 1000)
    }

    /// The code of the answer to a request.
    fileprivate mutating func code(_ request: Request) throws -> UInt8? { try Reply(receive(request.octets))?.code }
}
