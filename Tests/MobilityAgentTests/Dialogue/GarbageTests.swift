import AgentModel
import MIPTesting
import MobileIPv4
import MobilityAgent
import Testing

@Suite struct GarbageTests {
    /// Changes a few octets, the length, or both.
    private static func mutate(_ octets: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
        var octets = octets
        for _ in 0..<Int.random(in: 0...4, using: &random) where !octets.isEmpty {
            let index = Int.random(in: 0..<octets.count, using: &random)
            octets[index] =
                Bool.random(using: &random)
                ? [0, 1, 3, 32, 127, 128, 255].randomElement(using: &random) ?? 0 : .random(in: 0...255, using: &random)
        }
        switch Int.random(in: 0...5, using: &random) {
        case 0: octets.removeLast(Int.random(in: 0...octets.count, using: &random))
        case 1: octets += (0..<Int.random(in: 1...40, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
        default: break
        }
        return octets
    }

    @Test("Neither role traps, whatever arrives, and every datagram has one outcome", arguments: 1...8 as ClosedRange<UInt64>)
    func mutations(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let alice = try #require(Lab.alice)
        var configuration = Lab.homeAgentConfiguration([
            Lab.association(), Lab.association(.nai(alice)), Lab.ofForeignAgent, Lab.ofVisitor, Lab.ofHomeAgent,
        ]) {
            $0.addressesByNAI = [alice: IPv4Address(192, 0, 2, 77)]
            $0.answersFailedAuthentication = seed.isMultiple(of: 2)
        }
        configuration.foreignAgent =
            Lab.foreignAgentConfiguration {
                $0.maximumPending = 5
                if seed.isMultiple(of: 2) { $0.challenge = ChallengePolicy() }
            }.foreignAgent
        configuration.authenticationServerAssociations = [Lab.association(.nai(alice), spi: .chap)]
        var bench = Bench(configuration, seed: seed)
        for round in 0..<4000 {
            let request =
                Bool.random(using: &random)
                ? Request(bench) {
                    if Bool.random(using: &random) { ($0.homeAddress, $0.nai) = (.zero, alice) }
                    $0.flags = RegistrationFlags(rawValue: .random(in: 0...255, using: &random))
                    $0.lifetime = [0, 1, 600, .max].randomElement(using: &random) ?? 0
                }
                : Request(visiting: bench) {
                    $0.signatures = [(.mobileForeignAuthentication, Lab.ofVisitor)]
                    let challenge = bench.agent.nextChallenge(on: Lab.foreignAgent.address)
                    if let challenge { $0.after.append(challenge: challenge) } else { $0.before = [132, 4, 1, 2, 3, 4] }
                    $0.before += [38, 0, 0, 6, 0, 0, 0, 9, 0, 1, 144, 6, 0, 0, 0, 0, 0, 0]
                    $0.after += [134, 8, 0, 0, 0, 0, 0, 9, 0, 1]
                }
            let octets =
                Int.random(in: 0...3, using: &random) == 0
                ? Answer(to: request) { $0.signatures = [Lab.ofHomeAgent] }.octets : request.octets
            // Sometimes signs after the change, so that not every request is stopped by its authenticator.
            var changed = Self.mutate(octets, &random)
            if Bool.random(using: &random) { changed.sign(.mobileHomeAuthentication, Lab.association()) }
            let source = [Lab.node, Lab.visitor, Lab.homeAgent, Lab.foreignAgent].randomElement(using: &random) ?? Lab.node
            let local = Bool.random(using: &random) ? Lab.homeAgent : Lab.foreignAgent
            bench.receive(changed, from: source, to: local)
            for datagram in bench.effects.datagrams where datagram.payload.first == 3 {
                #expect((try? Reply(datagram.payload)) != nil)
            }
            if round.isMultiple(of: 7) { bench.advance(seconds: .random(in: 0...4, using: &random)) }
        }
        #expect(bench.everythingIsAccountedFor)
        #expect(bench.agent.counters.datagramsReceived == 4000)
        #expect(bench.home.repliesSent > 100)
        #expect(bench.foreign.requestsRelayed > 10)
    }

    @Test("Every prefix of a valid message is answered or dropped, in both roles")
    func prefixes() {
        for local in [Lab.homeAgent, Lab.foreignAgent] {
            var configuration = Lab.homeAgentConfiguration([Lab.association(), Lab.ofForeignAgent])
            configuration.foreignAgent = Lab.foreignAgentConfiguration().foreignAgent
            var bench = Bench(configuration)
            let whole = Request(visiting: bench) { $0.signatures = [(.foreignHomeAuthentication, Lab.ofForeignAgent)] }.octets
            for length in 0...whole.count { bench.receive(Array(whole.prefix(length)), from: Lab.foreignAgent, to: local) }
            #expect(bench.everythingIsAccountedFor)
            #expect(bench.agent.counters.datagramsReceived == UInt64(whole.count + 1))
        }
    }
}
