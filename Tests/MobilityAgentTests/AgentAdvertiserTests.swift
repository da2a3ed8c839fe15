import AgentModel
import MobileIPv4
import MobilityAgent
import Testing

@Suite("Agent advertiser")
struct AgentAdvertiserTests {
    static func moment(_ seconds: Double) -> Moment { Moment(uptime: Int64(seconds * 1_000_000_000), wallClock: 0) }

    static func configuration(_ change: (inout AdvertisementConfiguration) -> Void = { _ in }) -> AdvertisementConfiguration {
        var configuration = AdvertisementConfiguration(interfaceAddress: IPv4Address(192, 0, 2, 1), prefixLength: 24)
        configuration.homeAgentService = true
        configuration.maximumInterval = 100
        configuration.minimumInterval = 80
        configuration.advertisementLifetime = 300
        change(&configuration)
        return configuration
    }

    @Test("The first three advertisements are at most 16 seconds apart, later ones follow the configured intervals")
    func schedule() throws {
        var random = SystemRandomNumberGenerator()
        var advertiser = AgentAdvertiser(configuration: Self.configuration(), startingAt: Self.moment(0))
        var times: [Int64] = []
        for _ in 0..<6 {
            let deadline = try #require(advertiser.nextDeadline)
            #expect(advertiser.advance(to: Moment(uptime: deadline - 1, wallClock: 0), random: &random) == nil)
            #expect(advertiser.advance(to: Moment(uptime: deadline, wallClock: 0), random: &random)?.isSolicited == false)
            times.append(deadline)
        }
        let gaps = zip(times.dropFirst(), times).map { Double($0 - $1) / 1e9 }
        #expect(gaps.prefix(2).allSatisfy { $0 <= 16 })
        #expect(gaps.dropFirst(2).allSatisfy { (80...100).contains($0) })
        #expect(advertiser.counters.advertisementsSent == 6)
    }

    @Test("The ICMP code says whether the agent routes common traffic: 16 by default, 0 where it is set")
    func code() {
        var random = SystemRandomNumberGenerator()
        for (routes, code) in [(nil, 16), (false, 16), (true, 0)] as [(Bool?, UInt8)] {
            var advertiser = AgentAdvertiser(
                configuration: Self.configuration { if let routes { $0.routesCommonTraffic = routes } },
                startingAt: Self.moment(0))
            let sent = advertiser.advance(to: Self.moment(0), random: &random)?.advertisement
            #expect(sent?.encoded()[1] == code)
        }
    }

    @Test("A solicitation is answered at once; several within 100 ms share one answer")
    func solicitations() throws {
        var random = SystemRandomNumberGenerator()
        var advertiser = AgentAdvertiser(
            configuration: Self.configuration { $0.onlyOnSolicitation = true }, startingAt: Self.moment(0))
        #expect(advertiser.nextDeadline == nil)
        advertiser.receiveSolicitation()
        #expect(advertiser.advance(to: Self.moment(5), random: &random)?.isSolicited == true)
        advertiser.receiveSolicitation()
        advertiser.receiveSolicitation()
        #expect(advertiser.advance(to: Self.moment(5.09), random: &random) == nil)
        #expect(advertiser.nextDeadline == Self.moment(5.1).uptime)
        #expect(advertiser.advance(to: Self.moment(5.1), random: &random)?.isSolicited == true)
        #expect(advertiser.advance(to: Self.moment(60), random: &random) == nil)
        #expect(
            advertiser.counters == .init(advertisementsSent: 2, advertisementsSentForSolicitation: 2, solicitationsReceived: 3))
    }

    @Test("Flags, care-of addresses, prefix length, NAI and a fresh challenge follow the configuration, and the message decodes")
    func content() throws {
        var random = SystemRandomNumberGenerator()
        let nai = NetworkAccessIdentifier("fa.example.net")
        var advertiser = AgentAdvertiser(
            configuration: Self.configuration {
                $0.foreignAgentService = true
                $0.careOfAddresses = [IPv4Address(192, 0, 2, 1), IPv4Address(192, 0, 2, 9)]
                $0.registrationRequired = true
                $0.capabilities = [.gre, .reverseTunnel]
                $0.includesPrefixLength = true
                $0.challengeLength = 8
                $0.nai = nai
                $0.destination = .limitedBroadcast
            }, startingAt: Self.moment(0))
        advertiser.isBusy = true
        var challenges: [[UInt8]] = []
        func next(_ length: Int) -> [UInt8] {
            challenges.append(Array(repeating: UInt8(challenges.count), count: length))
            return challenges[challenges.count - 1]
        }
        let first = try #require(advertiser.advance(to: Self.moment(0), random: &random, nextChallenge: next))
        #expect(first.destination == .limitedBroadcast)
        let octets = first.advertisement.encoded()
        let decoded = try AgentAdvertisement(decoding: octets.span.bytes)
        #expect(decoded == first.advertisement)
        #expect(decoded.mobilityAgent?.flags == [.foreignAgent, .homeAgent, .registrationRequired, .busy, .gre, .reverseTunnel])
        #expect(decoded.mobilityAgent?.careOfAddresses.count == 2)
        #expect(decoded.prefixLengths == [24])
        #expect(decoded.carriedNAI?.nai == nai)
        #expect(decoded.challenge == Array(repeating: 0, count: 8))
        let second = try #require(advertiser.advance(to: Self.moment(16), random: &random, nextChallenge: next))
        #expect(second.advertisement.mobilityAgent?.sequence.rawValue == 1)
        #expect(second.advertisement.challenge == Array(repeating: 1, count: 8))
        #expect(challenges.count == 2)
    }

    @Test(
        "Each invalid configuration is reported with a sentence",
        arguments: [
            { $0.maximumInterval = 3 }, { $0.minimumInterval = 101 }, { $0.advertisementLifetime = 99 },
            { $0.homeAgentService = false }, { $0.foreignAgentService = true }, { $0.registrationRequired = true },
            { $0.challengeLength = 3 },
        ] as [@Sendable (inout AdvertisementConfiguration) -> Void])
    func problems(change: @Sendable (inout AdvertisementConfiguration) -> Void) {
        #expect(Self.configuration().problems.isEmpty)
        #expect(!Self.configuration(change).problems.isEmpty)
    }
}
