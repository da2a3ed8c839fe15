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

    /// Changes a few bytes, the length, or both.
    private static func mutate(_ octets: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
        var octets = octets
        for _ in 0..<Int.random(in: 0...3, using: &random) {
            let index = Int.random(in: 0..<octets.count, using: &random)
            octets[index] =
                Bool.random(using: &random)
                ? [0, 1, 7, 22, 23, 32, 33, 127, 128, 145, 255].randomElement(using: &random) ?? 0
                : .random(in: 0...255, using: &random)
        }
        switch Int.random(in: 0...5, using: &random) {
        case 0: octets.removeLast(Int.random(in: 0...octets.count, using: &random))
        case 1: octets += (0..<Int.random(in: 1...40, using: &random)).map { _ in .random(in: 0...255, using: &random) }
        default: break
        }
        return octets
    }

    @Test(
        "Of changed notifications, the node accepts only those whose signed part is whole, and every answer is well formed",
        arguments: TestLength.seeds(4, long: 100))
    func notifications(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for agent in NotifyingAgent.all {
            let visiting = agent.node()
            var (accepted, answered) = (0, 0)
            for _ in 0..<300 {
                visiting.pass(until: visiting.seconds + .random(in: 0.01...2, using: &random))
                let whole = agent.notification(at: visiting) { $0.isAcknowledged = Bool.random(using: &random) }.octets
                let changed = Self.mutate(whole, &random)
                let before = visiting.counters
                let answer = visiting.node.receive(
                    notification: changed.span.bytes, from: agent.endpoint, at: visiting.now)
                visiting.node.receive(
                    notificationAcknowledgment: changed.span.bytes, from: agent.endpoint, at: visiting.now)
                if visiting.counters.notificationsReceived > before.notificationsReceived {
                    accepted += 1
                    #expect(changed.starts(with: whole))
                }
                #expect(visiting.counters.notificationsAcknowledged == before.notificationsAcknowledged)
                guard let answer else { continue }
                answered += 1
                let given = try GenericNotification(decoding: changed.span.bytes)
                let acknowledgment = try GenericNotificationAcknowledgment(decoding: answer.span.bytes)
                #expect(given.requiresAcknowledgment)
                #expect(acknowledgment.identification.low == given.identification.low)
                #expect(answer.count <= changed.count || acknowledgment.code == .accepted)
            }
            #expect(accepted > 20 && answered > 20, "\(agent): \(accepted) accepted, \(answered) answered")
            #expect(visiting.exchanges.count <= 32)
        }
    }

    @Test(
        "Of changed revocations, the node follows only those whose signed part is whole, and acknowledges no others",
        arguments: TestLength.seeds(4, long: 100))
    func revocations(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var accepted = 0
        for _ in 0..<200 {
            let direct = DirectNode()
            try direct.register()
            direct.seconds = 2
            let whole = DirectNode.Revocation { $0.before = [145, 6, 1] + Array("ended".utf8) }.octets
            let changed = Self.mutate(whole, &random)
            guard let answer = direct.node.receive(revocation: changed.span.bytes, at: direct.now) else {
                #expect(direct.registration != nil)
                continue
            }
            accepted += 1
            #expect(changed.starts(with: whole))
            let given = try RegistrationRevocation(decoding: changed.span.bytes)
            let acknowledgment = try RevocationAcknowledgment(decoding: answer.acknowledgment.span.bytes)
            #expect(acknowledgment.identifier == given.identifier)
            #expect(answer.outcome == .revoked && direct.registration == nil)
        }
        #expect(accepted > 10 && accepted < 200)
    }
}
