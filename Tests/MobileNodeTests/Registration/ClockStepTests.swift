import AgentModel
import MIPTesting
import MobileIPv4
import MobileNode
import Testing

@Suite("A mobile node whose clock is set")
struct ClockStepTests {
    /// A moment of a node whose wall clock is ahead by some seconds.
    private static func moment(_ seconds: Double, ahead: Int64 = 0) -> Moment {
        var moment = MobileNodeTests.moment(seconds)
        moment.wallClock += ahead * 1_000_000_000
        return moment
    }

    private static func identification(_ request: [UInt8]?) throws -> Identification { try fixedPart(request).identification }

    @Test("Timestamps follow the clock at once, forward and back", arguments: [3600, -3600])
    func follows(step: Int64) throws {
        var random = SeededGenerator(seed: 1)
        var node = MobileNodeTests.node()
        _ = node.register(at: Self.moment(0), random: &random)
        node.clockStepped()
        let moment = Self.moment(1, ahead: step)
        let next = node.advance(to: moment, random: &random)
        #expect(try Self.identification(next) == Identification(unixNanoseconds: moment.wallClock))
    }

    @Test("Between two steps timestamps increase even while the clock stands still")
    func increases() throws {
        var random = SeededGenerator(seed: 1)
        var node = MobileNodeTests.node()
        var last = try Self.identification(node.register(at: Self.moment(0), random: &random))
        for _ in 0..<2 {
            node.clockStepped()
            last = try Self.identification(node.register(at: Self.moment(0, ahead: -60), random: &random))
            for _ in 0..<3 {
                let next = try Self.identification(node.register(at: Self.moment(0, ahead: -60), random: &random))
                #expect(next.seconds(since: last) > 0)
                last = next
            }
        }
    }

    @Test("What was learned of the home agent's clock is forgotten, and no longer shown")
    func forgetsOffset() throws {
        var random = SeededGenerator(seed: 1)
        var node = MobileNodeTests.node()
        let wrong = Self.moment(0, ahead: -3600)
        let first = node.register(at: wrong, random: &random)
        let high = Identification(unixNanoseconds: MobileNodeTests.epoch).high
        let denial = try MobileNodeTests.reply(to: first, code: .haIdentificationMismatch, high: high)
        var second: [UInt8]?
        _ = node.receive(denial.span.bytes, at: wrong, request: &second, random: &random)
        #expect(try Self.identification(second).high == high)
        #expect(node.associations(startTime: Place.start).map { $0.use?.clockOffset } == [3_600_000])
        node.clockStepped()
        let third = node.register(at: Self.moment(1), random: &random)
        #expect(try Self.identification(third) == Identification(unixNanoseconds: Self.moment(1).wallClock))
        #expect(node.associations(startTime: Place.start).map { $0.use?.clockOffset } == [nil])
    }

    @Test("A node whose wrong clock is set right renews without a denial", arguments: [3600, -3600])
    func setRight(error: Int64) throws {
        var journey = Journey()
        journey.nodeAhead = error
        #expect(journey.attach(to: Journey.abroad) == .accepted(.accepted, lifetime: 1800))
        #expect(try journey.codes == [.haIdentificationMismatch, .accepted])
        journey.wait(seconds: 60)
        journey.nodeAhead = 0
        journey.node.clockStepped()
        let outcome = journey.attach(to: Journey.abroad)
        #expect(outcome == .accepted(.accepted, lifetime: 1800))
        #expect(try journey.codes.suffix(from: 2) == [.accepted])
    }

    @Test("A node whose right clock is set wrong renews after one denial", arguments: [3600, -3600])
    func setWrong(error: Int64) throws {
        var journey = Journey()
        #expect(journey.attach(to: Journey.abroad) == .accepted(.accepted, lifetime: 1800))
        journey.wait(seconds: 60)
        journey.nodeAhead = error
        journey.node.clockStepped()
        #expect(journey.attach(to: Journey.abroad) == .accepted(.accepted, lifetime: 1800))
        #expect(try journey.codes == [.accepted, .haIdentificationMismatch, .accepted])
    }

    @Test("The registration and its lifetime stay")
    func lifetimeStays() throws {
        var random = SeededGenerator(seed: 1)
        var node = MobileNodeTests.node()
        let first = node.register(at: Self.moment(0), random: &random)
        var following: [UInt8]?
        let reply = try MobileNodeTests.reply(to: first, code: .accepted)
        _ = MobileNodeTests.deliver(reply, to: &node, at: 0.1, request: &following)
        let (state, deadline) = (node.state, node.nextDeadline)
        node.clockStepped()
        #expect(node.state == state)
        #expect(node.nextDeadline == deadline)
        #expect(node.advance(to: Self.moment(69, ahead: -3600), random: &random) == nil)
        #expect(node.advance(to: Self.moment(70, ahead: -3600), random: &random) != nil)
    }
}
