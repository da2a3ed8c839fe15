import AgentModel
import MobileIPv4
import MobilityAgent
import Testing

/// Which requests a foreign agent relays, and which of them wait for an answer.
@Suite("Shares of a foreign agent's pending places")
struct AdmissionTests {
    private static let silent = IPv4Address(203, 0, 113, 66)

    /// Sends a request of a node at its own address. Returns the code of the denial; nil if it was relayed or dropped.
    @discardableResult
    private static func ask(
        _ bench: inout Bench, _ node: UInt16, homeAgent: IPv4Address = Lab.homeAgent.address, from source: IPv4Address? = nil,
        linkLayer: UInt64? = nil, at seconds: UInt64 = 0
    ) throws -> UInt8? {
        let homeAddress = IPv4Address(rawValue: 0x0A01_0000 + UInt32(node))
        let request = Request(visiting: bench) {
            ($0.homeAddress, $0.homeAgent) = (homeAddress, homeAgent)
            $0.identification = Identification(rawValue: $0.identification.rawValue &+ seconds << 32)
        }
        let sent = bench.receive(
            request.octets, from: TransportEndpoint(source ?? homeAddress, port: 434), linkLayer: linkLayer,
            to: Lab.foreignAgent)
        return sent?.payload.first == 3 ? try Reply(sent)?.code : nil
    }

    /// Registers a visitor.
    private static func register(_ bench: inout Bench, _ node: UInt16, linkLayer: UInt64? = nil) throws {
        let homeAddress = IPv4Address(rawValue: 0x0A01_0000 + UInt32(node))
        let request = Request(visiting: bench) { $0.homeAddress = homeAddress }
        bench.receive(
            request.octets, from: TransportEndpoint(homeAddress, port: 434), linkLayer: linkLayer, to: Lab.foreignAgent)
        bench.receive(Answer(to: request) { $0.homeAddress = homeAddress }.octets, from: Lab.homeAgent, to: Lab.foreignAgent)
        #expect(bench.visitors.contains { $0.homeAddress == homeAddress && $0.state == .accepted })
    }

    @Test("With a list of home agents, requests for others are denied with 65; those with an association need not be listed")
    func list() throws {
        let listed = try #require(IPv4Prefix(containing: IPv4Address(203, 0, 113, 0), length: 28))
        var bench = Bench(Lab.foreignAgentConfiguration([Lab.ofHomeAgent]) { $0.homeAgents = [listed] })
        #expect(try Self.ask(&bench, 1, homeAgent: IPv4Address(203, 0, 113, 9)) == nil)
        #expect(try Self.ask(&bench, 2) == nil)
        #expect(try Self.ask(&bench, 3, homeAgent: Self.silent) == 65)
        #expect(bench.foreign.requestsRelayed == 2)
        #expect(bench.foreign.unlistedHomeAgentRefusals == 1)
        #expect(bench.everythingIsAccountedFor)
    }

    @Test("A home agent that never answers gets a quarter of the rate, repetitions included, and others are not affected")
    func unprovenHomeAgent() throws {
        var bench = Bench(Lab.foreignAgentConfiguration())
        for second in 0..<10 as Range<UInt64> {
            for node in 0..<100 as Range<UInt16> { try Self.ask(&bench, node % 50, homeAgent: Self.silent, at: second) }
            bench.advance(seconds: 1)
        }
        // Two seconds' worth at once, then 16 a second.
        #expect(bench.foreign.requestsRelayed == 32 + 9 * 16)
        #expect(bench.foreign.unprovenHomeAgentRefusals == 1000 - 32 - 9 * 16)
        #expect(try Self.ask(&bench, 200) == nil)
        #expect(bench.foreign.requestsRelayed == 32 + 9 * 16 + 1)
        #expect(bench.everythingIsAccountedFor)
    }

    @Test("Many home agents that never answer get the whole rate together")
    func unprovenHomeAgents() throws {
        var bench = Bench(Lab.foreignAgentConfiguration())
        for _ in 0..<10 {
            for node in 0..<500 as Range<UInt16> {
                try Self.ask(&bench, node, homeAgent: IPv4Address(rawValue: Self.silent.rawValue + UInt32(node)))
            }
            bench.advance(seconds: 1)
        }
        #expect(bench.foreign.requestsRelayed == 128 + 9 * 64)
    }

    @Test("A rate of 0 relays nothing to home agents that have never answered: 65")
    func noUnproven() throws {
        var bench = Bench(Lab.foreignAgentConfiguration { $0.settings.foreignAgent.unprovenHomeAgentRate = 0 })
        #expect(try Self.ask(&bench, 1) == 65)
        #expect(bench.foreign.requestsRelayed == 0)
    }

    @Test("The rate can be changed while the agent runs")
    func setting() throws {
        var bench = Bench(Lab.foreignAgentConfiguration())
        #expect(bench.agent.information.settings.foreignAgent.unprovenHomeAgentRate == 64)
        #expect(bench.apply(.foreignAgent(ForeignAgentSettings { $0.unprovenHomeAgentRate = 0 })) == nil)
        #expect(try Self.ask(&bench, 1) == 65)
        bench.undo()
        #expect(try Self.ask(&bench, 2) == nil)
    }

    @Test("A home agent that has answered is not limited in rate")
    func proven() throws {
        var bench = Bench(Lab.foreignAgentConfiguration())
        try Self.register(&bench, 1)
        for node in 100..<400 as Range<UInt16> { #expect(try Self.ask(&bench, node) == nil) }
        #expect(bench.foreign.requestsRelayed == 301)
    }

    @Test("A home agent that denies is known as well; one whose reply is refused is not")
    func answers() throws {
        for isSigned in [true, false] {
            var bench = Bench(Lab.foreignAgentConfiguration { $0.settings.foreignAgent.unprovenHomeAgentRate = 1 })
            let request = Request(visiting: bench)
            bench.receive(request.octets, from: Lab.visitor, to: Lab.foreignAgent)
            let answer = Answer(to: request) {
                $0.code = 131
                if !isSigned { $0.association = nil }
            }
            bench.receive(answer.octets, from: Lab.homeAgent, to: Lab.foreignAgent)
            for node in 1...9 as ClosedRange<UInt16> { try Self.ask(&bench, node) }
            #expect(bench.foreign.requestsRelayed == (isSigned ? 10 : 2))
        }
    }

    @Test("A home agent that names another one in its reply does not lift the limit for that one")
    func liar() throws {
        var bench = Bench(Lab.foreignAgentConfiguration { $0.settings.foreignAgent.unprovenHomeAgentRate = 1 })
        let homeAddress = IPv4Address(10, 1, 0, 1)
        let request = Request(visiting: bench) { $0.homeAddress = homeAddress }
        bench.receive(request.octets, from: TransportEndpoint(homeAddress, port: 434), to: Lab.foreignAgent)
        let answer = Answer(to: request) { ($0.homeAddress, $0.homeAgent) = (homeAddress, Self.silent) }
        bench.receive(answer.octets, from: Lab.homeAgent, to: Lab.foreignAgent)
        #expect(bench.visitors.map(\.homeAgent) == [Self.silent])
        bench.advance(seconds: 10)
        for _ in 0..<20 { try Self.ask(&bench, 1, homeAgent: Self.silent) }
        #expect(bench.foreign.requestsRelayed == 1 + 2)
    }

    @Test("When all places are taken, the oldest request of the crowd is given up for a newcomer, and its entry is removed")
    func givenUp() throws {
        var bench = Bench(Lab.foreignAgentConfiguration([Lab.ofHomeAgent]) { $0.maximumPending = 8 })
        for node in 1...8 as ClosedRange<UInt16> { #expect(try Self.ask(&bench, node) == nil) }
        #expect(try Self.ask(&bench, 9) == nil)
        let first = IPv4Address(10, 1, 0, 1)
        #expect(bench.effects.changes.contains(.pendingRemoved(PendingRegistrationKey(homeAddress: first, nai: nil))))
        #expect(bench.visitors.map(\.homeAddress).contains(first) == false)
        #expect(bench.pending.count == 8)
        #expect(bench.foreign.pendingGivenUp == 1)
        #expect(bench.foreign.outcomes[.initial].discarded == 1)
        #expect(bench.everythingIsAccountedFor)
    }

    @Test("A repetition does not make a request newer")
    func repetition() throws {
        var bench = Bench(Lab.foreignAgentConfiguration([Lab.ofHomeAgent]) { $0.maximumPending = 8 })
        for node in 1...8 as ClosedRange<UInt16> { try Self.ask(&bench, node) }
        try Self.ask(&bench, 1)
        try Self.ask(&bench, 9)
        #expect(bench.pending.map(\.homeAddress).contains(IPv4Address(10, 1, 0, 1)) == false)
    }

    @Test("A source address that holds the places is refused with 66 and loses one to another sender")
    func heavySource() throws {
        var bench = Bench(Lab.foreignAgentConfiguration([Lab.ofHomeAgent]) { $0.maximumPending = 8 })
        let source = IPv4Address(11, 0, 0, 1)
        for node in 1...8 as ClosedRange<UInt16> { try Self.ask(&bench, node, from: source) }
        #expect(try Self.ask(&bench, 9, from: source) == 66)
        #expect(bench.foreign.shareRefusals == 1)
        #expect(try Self.ask(&bench, 10) == nil)
        #expect(bench.pending.map(\.homeAddress).contains(IPv4Address(10, 1, 0, 10)))
        #expect(bench.everythingIsAccountedFor)
    }

    @Test("A station that holds most places loses one to another, even if its requests are not the oldest")
    func heavyStation() throws {
        var bench = Bench(Lab.foreignAgentConfiguration([Lab.ofHomeAgent]) { $0.maximumPending = 8 })
        for node in 1...3 as ClosedRange<UInt16> { try Self.ask(&bench, node, linkLayer: UInt64(node)) }
        for node in 4...8 as ClosedRange<UInt16> { try Self.ask(&bench, node, linkLayer: 0x0600_0000_0001) }
        for node in 9...10 as ClosedRange<UInt16> { #expect(try Self.ask(&bench, node, linkLayer: UInt64(node)) == nil) }
        #expect(Set(bench.pending.map(\.homeAddress.octets.3)) == [1, 2, 3, 6, 7, 8, 9, 10])
    }

    @Test("Renewals of visitors whose home agent is down leave a quarter of the places to newcomers")
    func renewalsShare() throws {
        var bench = Bench(Lab.foreignAgentConfiguration { $0.maximumPending = 16 })
        for node in 0..<40 as Range<UInt16> { try Self.register(&bench, node) }
        for node in 0..<40 as Range<UInt16> { #expect(try Self.ask(&bench, node) == nil) }
        #expect(bench.visitors.count == 40)
        let other = IPv4Address(203, 0, 113, 99)
        for node in 100..<104 as Range<UInt16> { #expect(try Self.ask(&bench, node, homeAgent: other) == nil) }
        #expect(bench.pending.filter { $0.homeAgent == other }.count >= 2)
        #expect(bench.visitors.filter { $0.state == .accepted }.count == 40)
    }

    @Test("A request that names a visitor but comes from another station does not displace the visitor's own")
    func conflicting() throws {
        var bench = Bench(Lab.foreignAgentConfiguration())
        try Self.register(&bench, 1, linkLayer: 0x0200_0000_0001)
        try Self.ask(&bench, 1, linkLayer: 0x0200_0000_0001, at: 1)
        #expect(try Self.ask(&bench, 1, linkLayer: 0x0600_0000_0001, at: 2) == nil)
        #expect(bench.foreign.discards[.conflictingRequest] == 1)
        #expect(bench.foreign.requestsRelayed == 2)
        // The visitor may have moved: after a second, a request from elsewhere counts.
        bench.advance(seconds: 1)
        try Self.ask(&bench, 1, linkLayer: 0x0600_0000_0001, at: 3)
        #expect(bench.foreign.requestsRelayed == 3)
        #expect(bench.everythingIsAccountedFor)
    }

    @Test("Where the visitor's station is known, a request from off the link is not the visitor's, whatever its source address")
    func offTheLink() throws {
        var bench = Bench(Lab.foreignAgentConfiguration())
        try Self.register(&bench, 1, linkLayer: 0x0200_0000_0001)
        try Self.ask(&bench, 1, linkLayer: 0x0200_0000_0001, at: 1)
        try Self.ask(&bench, 1, at: 2)
        #expect(bench.foreign.discards[.conflictingRequest] == 1)
        #expect(bench.foreign.requestsRelayed == 2)
    }

    @Test("A repeated request with a valid authenticator, from elsewhere, does not displace the visitor's own")
    func replayedSignature() throws {
        var bench = Bench(Lab.foreignAgentConfiguration([Lab.ofVisitor]))
        func request(_ seconds: UInt64) -> Request {
            Request(visiting: bench) {
                $0.identification = Identification(rawValue: $0.identification.rawValue &+ seconds << 32)
                $0.signatures = [(.mobileForeignAuthentication, Lab.ofVisitor)]
            }
        }
        func send(_ request: Request, _ linkLayer: UInt64) -> OutgoingDatagram? {
            bench.receive(request.octets, from: Lab.visitor, linkLayer: linkLayer, to: Lab.foreignAgent)
        }
        let (old, renewal) = (request(0), request(1))
        #expect(send(old, 1) != nil)
        bench.receive(Answer(to: old).octets, from: Lab.homeAgent, to: Lab.foreignAgent)
        #expect(send(renewal, 1) != nil)
        #expect(send(old, 2) == nil)
        #expect(bench.foreign.discards[.conflictingRequest] == 1)
        let answer = bench.receive(Answer(to: renewal).octets, from: Lab.homeAgent, to: Lab.foreignAgent)
        #expect(try Reply(answer)?.code == 0)
        #expect(bench.everythingIsAccountedFor)
    }

    @Test("A request that is refused for lack of room takes nothing from the rate of unproven home agents")
    func rateOfRefused() throws {
        var bench = Bench(
            Lab.foreignAgentConfiguration {
                $0.maximumPending = 2
                $0.settings.foreignAgent.unprovenHomeAgentRate = 8
            })
        let source = IPv4Address(11, 0, 0, 1)
        for node in 1...2 as ClosedRange<UInt16> { #expect(try Self.ask(&bench, node, from: source) == nil) }
        for node in 3...9 as ClosedRange<UInt16> { #expect(try Self.ask(&bench, node, from: source) == 66) }
        #expect(bench.foreign.shareRefusals == 7 && bench.foreign.unprovenHomeAgentRefusals == 0)
        #expect(try Self.ask(&bench, 10) == nil)
    }

    @Test("Requests that only wait do not make the agent busy, and give way when the visitor list is full")
    func busy() throws {
        var bench = Bench(Lab.foreignAgentConfiguration { $0.settings.limits.maximumVisitors = 4 })
        try Self.register(&bench, 1)
        for node in 2...4 as ClosedRange<UInt16> { try Self.ask(&bench, node) }
        #expect(!bench.agent.information.busy)
        #expect(try Self.ask(&bench, 5) == nil)
        #expect(bench.visitors.count == 4)
        #expect(bench.visitors.map(\.homeAddress).contains(IPv4Address(10, 1, 0, 1)))
    }

    @Test("One sender gets at most 64 denials a second for lack of room")
    func denials() throws {
        var bench = Bench(Lab.foreignAgentConfiguration { $0.settings.foreignAgent.busy = true })
        var denied = 0
        for node in 0..<500 as Range<UInt16> {
            denied += try Self.ask(&bench, node, from: IPv4Address(11, 0, 0, 1)) == 66 ? 1 : 0
        }
        #expect(denied == 64)
        #expect(try Self.ask(&bench, 600, from: IPv4Address(11, 0, 0, 2)) == 66)
        #expect(bench.foreign.discards[.rateLimited] == 436)
        #expect(bench.everythingIsAccountedFor)
    }
}
