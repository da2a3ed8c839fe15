import AgentModel
import MIPTesting
import MobileIPv4
import MobilityAgent
import Testing

@Suite("Visitors without a home address")
struct SharedAddressTests {
    private static let names = ["a@x", "b@x", "c@x"].compactMap { NetworkAccessIdentifier($0) }
    private static let nobody = TransportEndpoint(.zero, port: 434)

    @Test("Several pending visitors are distinguished by NAI, even with the same identification")
    func together() throws {
        var bench = Bench(Lab.foreignAgentConfiguration())
        let requests = Self.names.map { name in Request(visiting: bench) { ($0.homeAddress, $0.nai) = (.zero, name) } }
        for request in requests { bench.receive(request.octets, from: Self.nobody, to: Lab.foreignAgent) }
        #expect(bench.visitors.map(\.nai) == Self.names)
        #expect(Set(bench.visitors.map(\.key)).count == 3)
        // Answered in a different order than requested.
        for number in [1, 2, 0] {
            let answer = Answer(to: requests[number]) { $0.homeAddress = IPv4Address(192, 0, 2, 50 + UInt8(number)) }
            let sent = bench.receive(answer.octets, from: Lab.homeAgent, to: Lab.foreignAgent)
            #expect(sent?.destination == TransportEndpoint(.limitedBroadcast, port: 434))
        }
        let shown = bench.visitors.map { [$0.nai?.value ?? "", $0.homeAddress.description] }.sorted { $0[0] < $1[0] }
        #expect(shown == [["a@x", "192.0.2.50"], ["b@x", "192.0.2.51"], ["c@x", "192.0.2.52"]])
        #expect(bench.visitors.allSatisfy { $0.state == .accepted })
        #expect(bench.everythingIsAccountedFor)
    }

    @Test("A visitor that is denied or never answered does not affect the others")
    func apart() throws {
        var bench = Bench(Lab.foreignAgentConfiguration())
        let requests = Self.names.map { name in Request(visiting: bench) { ($0.homeAddress, $0.nai) = (.zero, name) } }
        for request in requests { bench.receive(request.octets, from: Self.nobody, to: Lab.foreignAgent) }
        let denial = Answer(to: requests[0]) { ($0.code, $0.homeAddress) = (130, .zero) }
        bench.receive(denial.octets, from: Lab.homeAgent, to: Lab.foreignAgent)
        let grant = Answer(to: requests[1]) { $0.homeAddress = IPv4Address(192, 0, 2, 51) }
        bench.receive(grant.octets, from: Lab.homeAgent, to: Lab.foreignAgent)
        bench.advance(seconds: 8)
        #expect(bench.foreign.pendingTimeouts == 1)
        #expect(bench.visitors.map(\.nai) == [Self.names[1]])
    }

    @Test("A visitor renews and leaves under its assigned address")
    func renewal() throws {
        let assigned = IPv4Address(192, 0, 2, 50)
        var bench = Bench(Lab.foreignAgentConfiguration())
        for (home, lifetime, left) in [(.zero, 600, 1), (assigned, 600, 1), (assigned, 0, 0)] as [(IPv4Address, UInt16, Int)] {
            let request = Request(visiting: bench) {
                ($0.homeAddress, $0.nai, $0.lifetime) = (home, Self.names[0], lifetime)
            }
            bench.receive(request.octets, from: TransportEndpoint(home, port: 434), to: Lab.foreignAgent)
            let answer = Answer(to: request) { ($0.homeAddress, $0.lifetime) = (assigned, lifetime) }
            bench.receive(answer.octets, from: Lab.homeAgent, to: Lab.foreignAgent)
            #expect(bench.visitors.count == left)
            #expect(bench.visitors.allSatisfy { $0.homeAddress == assigned && $0.nai == Self.names[0] })
            bench.advance(seconds: 1)
        }
    }

    @Test(
        "An acceptance without home agent or home address is answered by the foreign agent itself, and leaves no visitor",
        arguments: [(Lab.homeAgent.address, IPv4Address.zero, 99), (IPv4Address.zero, Lab.home, 98)]
            as [(IPv4Address, IPv4Address, UInt8)])
    func missingPart(homeAgent: IPv4Address, homeAddress: IPv4Address, status: UInt8) throws {
        var bench = Bench(Lab.foreignAgentConfiguration())
        let request = Request(visiting: bench) { ($0.homeAddress, $0.nai) = (.zero, Self.names[0]) }
        bench.receive(request.octets, from: Self.nobody, to: Lab.foreignAgent)
        let answer = Answer(to: request) { ($0.homeAgent, $0.homeAddress) = (homeAgent, homeAddress) }
        let sent = bench.receive(answer.octets, from: Lab.homeAgent, to: Lab.foreignAgent)
        let reply = try #require(try Reply(sent))
        #expect(reply.code == status && reply.scan.first(.foreignAgentError) == nil)
        #expect(bench.foreign.repliesSentByCode[ReplyCode(rawValue: status)] == 1)
        #expect(bench.visitors.isEmpty)
        #expect(bench.everythingIsAccountedFor)
    }

    @Test(
        "A request that someone else sends in the name of a visitor known by its address alone ends no visit",
        arguments: [nil, "b@x"])
    func namelessVisit(claimed: String?) throws {
        var bench = Bench(Lab.foreignAgentConfiguration())
        let request = Request(visiting: bench)
        bench.receive(request.octets, from: Lab.visitor, to: Lab.foreignAgent)
        bench.receive(Answer(to: request).octets, from: Lab.homeAgent, to: Lab.foreignAgent)
        let visit = try #require(bench.visitors.first)
        #expect(visit.state == .accepted && visit.nai == nil)
        bench.advance(seconds: 1)
        let spoofed = Request(visiting: bench) { $0.nai = claimed.flatMap { NetworkAccessIdentifier($0) } }
        bench.receive(spoofed.octets, from: Lab.visitor, to: Lab.foreignAgent)
        #expect(!bench.effects.changes.contains { if case .visitor = $0 { true } else { false } })
        #expect(bench.visitors == [visit])
        let renewal = Request(visiting: bench) { $0.nai = Self.names[0] }
        bench.receive(renewal.octets, from: Lab.visitor, to: Lab.foreignAgent)
        // One request waits for a visitor, and the row of the one before is removed.
        let removed = PendingRegistrationKey(homeAddress: Lab.home, nai: spoofed.nai)
        #expect(bench.effects.changes.contains(.pendingRemoved(removed)))
        #expect(bench.pending.map(\.nai) == [Self.names[0]])
        bench.advance(seconds: 8)
        #expect(bench.foreign.pendingTimeouts == 1)
        #expect(!bench.effects.changes.contains { if case .visitorRemoved = $0 { true } else { false } })
        #expect(bench.visitors == [visit])
    }

    @Test("Rows of visitors keep different keys when a visit without an NAI ends while a request with one waits")
    func keys() throws {
        var bench = Bench(Lab.foreignAgentConfiguration())
        let request = Request(visiting: bench) { $0.lifetime = 10 }
        bench.receive(request.octets, from: Lab.visitor, to: Lab.foreignAgent)
        let answer = Answer(to: request) { $0.lifetime = 10 }
        bench.receive(answer.octets, from: Lab.homeAgent, to: Lab.foreignAgent)
        bench.advance(seconds: 8)
        let renewal = Request(visiting: bench) { $0.nai = Self.names[0] }
        bench.receive(renewal.octets, from: Lab.visitor, to: Lab.foreignAgent)
        bench.advance(seconds: 3)
        #expect(bench.foreign.visitorsExpired == 1)
        let others = [nil, Self.names[0], Self.names[1]].map { nai in Request(visiting: bench) { $0.nai = nai } }
        for other in others {
            bench.receive(other.octets, from: Lab.visitor, to: Lab.foreignAgent)
            #expect(Set(bench.visitors.map(\.key)).count == bench.visitors.count)
            #expect(Set(bench.pending.map(\.key)).count == bench.pending.count)
        }
        bench.receive(Answer(to: others[1]).octets, from: Lab.homeAgent, to: Lab.foreignAgent)
        #expect(Set(bench.visitors.map(\.key)).count == bench.visitors.count)
        #expect(bench.visitors.filter { $0.state == .accepted }.map(\.nai) == [Self.names[0]])
        bench.advance(seconds: 8)
        #expect(bench.visitors.map(\.nai) == [Self.names[0]])
        #expect(bench.everythingIsAccountedFor)
    }
}
