import AgentModel
import MIPTesting
import MobileIPv4
import MobileNode
import MobilityAgent
import Testing

@Suite("Garbage at a mobile node")
struct GarbageTests {
    @Test(
        "The node does not trap whatever arrives, and each reply is counted as dropped at most once",
        arguments: TestLength.seeds(8, long: 200))
    func mutations(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let ways = ChallengeWay.all
        var journey = Journey(ways[Int(seed) % ways.count].configure)
        for _ in 0..<200 {
            journey.wait(seconds: 5)
            _ = journey.attach(to: Journey.abroad)
            let valid = try #require(journey.replies.last)
            let request = journey.node.register(at: journey.now, random: &journey.random)
            for _ in 0..<10 {
                var octets = valid
                // Uses the identification of the pending request, so that not every reply is dropped because of it.
                octets.replaceSubrange(16..<20, with: request[20..<24])
                for _ in 0..<Int.random(in: 0...4, using: &random) {
                    let index = Int.random(in: 0..<octets.count, using: &random)
                    guard !(16..<20).contains(index) else { continue }
                    octets[index] = [0, 1, 3, 38, 45, 64, 106, 132, 133, 255].randomElement(using: &random) ?? 0
                }
                if Bool.random(using: &random) { octets.removeLast(Int.random(in: 0...octets.count, using: &random)) }
                var following: [UInt8]?
                _ = journey.node.receive(octets.span.bytes, at: journey.now, request: &following, random: &journey.random)
                if let following { #expect((try? RegistrationRequest(decoding: following.span.bytes)) != nil) }
                journey.wait(seconds: .random(in: 0...2, using: &random))
                _ = journey.node.advance(to: journey.now, random: &journey.random)
            }
        }
        let counters = journey.node.counters
        #expect(counters.repliesDroppedInvalidExtension + counters.repliesInvalidID > 0)
        #expect(counters.requestsAccepted > 0)
    }
}
