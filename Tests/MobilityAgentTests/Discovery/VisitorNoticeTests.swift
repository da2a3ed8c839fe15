import AgentModel
import MobileIPv4
import MobilityAgent
import Testing

@Suite("Advertisements about revocation")
struct VisitorNoticeTests {
    private static let visitor = IPv4Address(192, 0, 2, 77)

    private static func advertiser(_ change: (inout AdvertisementConfiguration) -> Void = { _ in }) -> AgentAdvertiser {
        let configuration = AgentAdvertiserTests.configuration {
            $0.foreignAgentService = true
            $0.careOfAddresses = [IPv4Address(192, 0, 2, 1)]
            $0.challengeLength = 8
            change(&$0)
        }
        return AgentAdvertiser(configuration: configuration, startingAt: AgentAdvertiserTests.moment(0))
    }

    @Test("X is advertised with foreign agent service only", arguments: [true, false])
    func offer(isForeignAgent: Bool) {
        let advertiser = Self.advertiser {
            $0.homeAgentService = true
            $0.foreignAgentService = isForeignAgent
            $0.capabilities = [.revocation, .gre]
        }
        #expect(advertiser.flags.contains(.revocation) == isForeignAgent)
        #expect(advertiser.flags.contains(.gre))
        #expect(!Self.advertiser().flags.contains(.revocation))
    }

    @Test("A notice has sequence number 0 and repeats the latest challenge; the next advertisement goes on as without it")
    func notice() throws {
        var random = SystemRandomNumberGenerator()
        var advertiser = Self.advertiser()
        var issued: UInt8 = 0
        func next(_ length: Int) -> [UInt8] {
            issued += 1
            return Array(repeating: issued, count: length)
        }
        for time in [0.0, 16] {
            _ = advertiser.advance(to: AgentAdvertiserTests.moment(time), random: &random, nextChallenge: next)
        }
        let deadline = advertiser.nextDeadline
        let made = advertiser.makeNotice(to: Self.visitor, nextChallenge: next)
        let notice = try #require(made)
        #expect(notice.destination == Self.visitor)
        #expect(!notice.isSolicited)
        #expect(notice.advertisement.mobilityAgent?.sequence == .first)
        #expect(notice.advertisement.mobilityAgent?.careOfAddresses == [IPv4Address(192, 0, 2, 1)])
        #expect(notice.advertisement.challenge == Array(repeating: 2, count: 8))
        #expect(issued == 2)
        #expect(advertiser.nextDeadline == deadline)
        #expect(advertiser.sequence.rawValue == 2)
        #expect(advertiser.counters.advertisementsSent == 3)
    }

    @Test("A notice before the first advertisement has a challenge of its own, and none where none is configured")
    func firstChallenge() {
        for length in [8, nil] as [Int?] {
            var advertiser = Self.advertiser { $0.challengeLength = length }
            let notice = advertiser.makeNotice(to: Self.visitor) { Array(repeating: 7, count: $0) }
            #expect(notice?.advertisement.challenge?.count == length)
        }
    }

    @Test("Without foreign agent service nobody is informed")
    func homeAgent() {
        var advertiser = Self.advertiser { $0.foreignAgentService = false }
        #expect(advertiser.makeNotice(to: Self.visitor) == nil)
    }

    @Test("The datagram has TTL 1, both addresses, its length, and checksums that are right")
    func datagram() throws {
        var advertiser = Self.advertiser()
        let made = advertiser.makeNotice(to: Self.visitor) { Array(repeating: 7, count: $0) }
        let notice = try #require(made)
        let octets = notice.inIPv4(from: IPv4Address(192, 0, 2, 1))
        #expect(octets[0] == 0x45)
        #expect(Int(octets[2]) << 8 | Int(octets[3]) == octets.count)
        #expect(octets[8...9] == [1, 1])
        #expect(octets[12..<20] == [192, 0, 2, 1, 192, 0, 2, 77])
        var sum: UInt32 = 0
        for index in stride(from: 0, to: 20, by: 2) { sum += UInt32(octets[index]) << 8 | UInt32(octets[index + 1]) }
        #expect(sum & 0xFFFF + sum >> 16 == 0xFFFF)
        #expect(try AgentAdvertisement(decoding: Array(octets[20...]).span.bytes) == notice.advertisement)
    }
}
