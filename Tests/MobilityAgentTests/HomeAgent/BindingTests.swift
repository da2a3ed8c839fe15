import AgentModel
import MobileIPv4
import MobilityAgent
import Testing

@Suite struct BindingTests {
    private static func registered(_ configure: (inout HomeAgentConfiguration) -> Void = { _ in }) -> Bench {
        var bench = Bench(Lab.homeAgentConfiguration([Lab.association()], configure))
        bench.receive(Request(bench).octets)
        bench.advance(seconds: 10)
        return bench
    }

    /// The care-of address of a deregistration, and the bindings it leaves, by their last octet.
    private static let departures: [(IPv4Address, [UInt8])] = [
        (Lab.careOf, [6]), (Lab.home, []), (IPv4Address(203, 0, 113, 77), [5, 6]),
    ]

    @Test("A first registration makes a binding with all the values of the request")
    func first() throws {
        var bench = Bench(Lab.homeAgentConfiguration())
        bench.uptime = 1_500_000_000
        let request = Request(bench) { $0.flags = [.decapsulationByMN, .reverseTunnel] }
        bench.receive(request.octets)
        let binding = Binding(
            homeAddress: Lab.home, careOfAddress: Lab.careOf, homeAgent: Lab.homeAgent.address, sourceAddress: Lab.careOf,
            sourcePort: 5000, nai: nil, flags: [.decapsulationByMN, .reverseTunnel], identification: request.identification,
            lifetimeGranted: 600, created: bench.time, renewed: bench.time, expires: bench.time.adding(milliseconds: 600_000),
            renewals: 0, encapsulation: .ipInIp, reverseTunnel: .direct, spi: Lab.spi)
        #expect(bench.effects.changes.first == .binding(binding))
        #expect(bench.bindings == [binding])
        #expect(bench.events.map(\.kind) == [.registered])
        #expect(bench.mobileNodes.first?.accepted == 1)
        #expect(bench.mobileNodes.first?.servingSince == bench.time)
    }

    @Test("A renewal keeps the binding's creation time, is counted and publishes no event")
    func renewal() throws {
        var bench = Self.registered()
        bench.receive(Request(bench) { $0.lifetime = 300 }.octets)
        let binding = try #require(bench.bindings.first)
        #expect(bench.bindings.count == 1)
        #expect(binding.created.milliseconds == Lab.start * 1000)
        #expect(binding.renewed == bench.time)
        #expect(binding.renewals == 1)
        #expect(binding.lifetimeGranted == 300)
        #expect(binding.expires == bench.time.adding(milliseconds: 300_000))
        #expect(bench.events.isEmpty)
    }

    @Test("A new care-of address replaces the previous one, and the event contains both")
    func move() throws {
        var bench = Self.registered()
        bench.receive(Request(bench) { $0.careOfAddress = Lab.otherCareOf }.octets)
        #expect(bench.bindings.map(\.careOfAddress) == [Lab.otherCareOf])
        #expect(
            bench.effects.changes.first
                == .bindingRemoved(BindingKey(homeAddress: Lab.home, careOfAddress: Lab.careOf), .replaced))
        let event = try #require(bench.events.first)
        #expect(event.kind == .careOfAddressChanged)
        #expect(event.previousCareOfAddress == Lab.careOf)
        #expect(event.careOfAddress == Lab.otherCareOf)
        #expect(bench.mobileNodes.first?.servingSince?.milliseconds == Lab.start * 1000)
    }

    @Test("With S the bindings exist side by side until a request without S replaces them all")
    func simultaneous() {
        var bench = Self.registered()
        for last in 6...8 as ClosedRange<UInt8> {
            bench.receive(
                Request(bench) {
                    $0.flags.insert(.simultaneousBindings)
                    $0.careOfAddress = IPv4Address(203, 0, 113, last)
                }.octets)
            bench.advance(seconds: 1)
        }
        #expect(Set(bench.bindings.map { $0.careOfAddress.octets.3 }) == [5, 6, 7, 8])
        bench.receive(Request(bench) { $0.careOfAddress = IPv4Address(203, 0, 113, 7) }.octets)
        #expect(bench.bindings.map { $0.careOfAddress.octets.3 } == [7])
        #expect(bench.bindings.first?.renewals == 1)
    }

    @Test("S without support replaces bindings like any other request, with code 1")
    func simultaneousUnsupported() throws {
        var bench = Self.registered { $0.simultaneousBindings = false }
        let sent = bench.receive(
            Request(bench) {
                $0.flags.insert(.simultaneousBindings)
                $0.careOfAddress = Lab.otherCareOf
            }.octets)
        #expect(try Reply(sent)?.code == 1)
        #expect(bench.bindings.map(\.careOfAddress) == [Lab.otherCareOf])
    }

    @Test("A node gets bindings up to its maximum, then 135, and may still renew and replace")
    func perNodeLimit() throws {
        var bench = Self.registered { $0.maximumBindingsPerNode = 2 }
        func request(_ last: UInt8, _ flags: RegistrationFlags, _ bench: Bench) -> [UInt8] {
            Request(bench) {
                $0.flags = flags.union(.decapsulationByMN)
                $0.careOfAddress = IPv4Address(203, 0, 113, last)
            }.octets
        }
        var codes: [UInt8?] = []
        for (last, flags) in [
            (6, .simultaneousBindings), (7, .simultaneousBindings), (6, .simultaneousBindings), (8, []),
        ] as [(UInt8, RegistrationFlags)] {
            codes.append(try Reply(bench.receive(request(last, flags, bench)))?.code)
            bench.advance(seconds: 1)
        }
        #expect(codes == [0, 135, 0, 0])
        #expect(bench.bindings.map { $0.careOfAddress.octets.3 } == [8])
    }

    @Test("A full home agent denies new nodes with 130, publishes this once, and accepts the next node when there is room")
    func totalLimit() throws {
        let other = IPv4Address(192, 0, 2, 11)
        var bench = Bench(
            Lab.homeAgentConfiguration([Lab.association(), Lab.association(.address(other))]) {
                $0.settings.limits.maximumBindings = 1
            })
        bench.receive(Request(bench).octets)
        var kinds: [AgentEventKind] = []
        for _ in 0..<2 {
            bench.advance(seconds: 1)
            #expect(try Reply(bench.receive(Request(bench) { $0.homeAddress = other }.octets))?.code == 130)
            kinds += bench.events.map(\.kind)
        }
        #expect(kinds == [.capacityReached, .registrationDenied, .registrationDenied])
        bench.receive(Request(bench) { $0.careOfAddress = Lab.otherCareOf }.octets)
        #expect(bench.bindings.map(\.careOfAddress) == [Lab.otherCareOf])
        bench.advance(seconds: 1)
        bench.receive(Request(bench) { ($0.lifetime, $0.careOfAddress) = (0, Lab.home) }.octets)
        #expect(try Reply(bench.receive(Request(bench) { $0.homeAddress = other }.octets))?.code == 0)
    }

    @Test(
        "A deregistration ends the binding that it names, or all of them, and is always answered with code 0 and lifetime 0",
        arguments: departures)
    func deregistration(careOf: IPv4Address, left: [UInt8]) throws {
        var bench = Self.registered()
        bench.receive(
            Request(bench) {
                $0.flags.insert(.simultaneousBindings)
                $0.careOfAddress = Lab.otherCareOf
            }.octets)
        bench.advance(seconds: 1)
        let reply = try #require(
            try Reply(bench.receive(Request(bench) { ($0.lifetime, $0.careOfAddress) = (0, careOf) }.octets)))
        #expect(reply.code == 0)
        #expect(reply.fixed.lifetime == .deregistration)
        #expect(bench.bindings.map { $0.careOfAddress.octets.3 }.sorted() == left)
        #expect(bench.events.map(\.kind) == Array(repeating: .deregistered, count: 2 - left.count))
        #expect(bench.home.deregistrationRequestsReceived == 1)
        #expect(bench.home.deregistrationRepliesSent == 1)
    }

    @Test("A repeated request is answered again with the remaining lifetime, and extends nothing")
    func duplicate() throws {
        var bench = Bench(Lab.homeAgentConfiguration())
        let request = Request(bench)
        bench.receive(request.octets)
        let before = bench.bindings
        bench.advance(seconds: 3.5)
        let reply = try #require(try Reply(bench.receive(request.octets)))
        #expect(reply.code == 0)
        #expect(reply.fixed.lifetime.rawValue == 596)
        #expect(reply.fixed.identification == request.identification)
        #expect(bench.bindings == before)
        #expect(bench.home.duplicateRequests == 1)
        #expect(bench.agent.counters.securityViolations == 0)
    }

    @Test("A request that asks for something else under an accepted identification is refused with 133 and changes nothing")
    func reusedIdentification() throws {
        var bench = Bench(Lab.homeAgentConfiguration())
        let request = Request(bench)
        bench.receive(request.octets)
        let before = bench.bindings
        bench.uptime += 1_000_000_000
        // Answered as a repetition, the first would be granted more than it asks for, the second a tunnel that does not exist.
        for change: (inout Request) -> Void in [{ $0.lifetime = 120 }, { $0.flags.insert(.reverseTunnel) }] {
            var other = request
            change(&other)
            #expect(try Reply(bench.receive(other.octets))?.code == 133)
        }
        #expect(bench.bindings == before)
        #expect(bench.home.duplicateRequests == 0)
    }

    @Test("A repeated deregistration is answered again")
    func duplicateDeregistration() throws {
        var bench = Self.registered()
        let request = Request(bench) { ($0.lifetime, $0.careOfAddress) = (0, Lab.home) }
        bench.receive(request.octets)
        #expect(try Reply(bench.receive(request.octets))?.code == 0)
        #expect(bench.home.duplicateRequests == 1)
    }

    @Test("An hour of bindings expires on time")
    func expiry() {
        let peers = (1...60).map { IPv4Address(192, 0, 2, UInt8($0 + 100)) }
        var bench = Bench(Lab.homeAgentConfiguration(peers.map { Lab.association(.address($0)) }) { $0.maximumLifetime = 3600 })
        for (index, peer) in peers.enumerated() {
            bench.receive(Request(bench) { ($0.homeAddress, $0.lifetime) = (peer, UInt16((index + 1) * 60)) }.octets)
        }
        for minute in 1...60 {
            bench.advance(seconds: 59.9)
            #expect(bench.effects.changes.isEmpty)
            bench.advance(seconds: 0.1)
            #expect(bench.bindings.count == 60 - minute)
            #expect(bench.events.map(\.kind) == [.expired])
            #expect(bench.events.first?.homeAddress == peers[minute - 1])
            #expect(bench.effects.datagrams.isEmpty)
        }
        #expect(bench.home.bindingsExpired == 60)
        #expect(bench.agent.nextDeadline == nil)
        #expect(bench.mobileNodes.map(\.serviceTime).sorted() == (1...60).map { UInt64($0 * 60) })
    }

    @Test("Many bindings that end together are ended over several calls, and the deadline stays due until the last")
    func manyAtOnce() throws {
        let network = try #require(IPv4Prefix("10.0.0.0/8"))
        var bench = Bench(Lab.homeAgentConfiguration([Lab.association(.prefix(network))]) { $0.homeNetworks = [network] })
        for host in 1...5000 as ClosedRange<UInt32> {
            bench.receive(Request(bench) { $0.homeAddress = IPv4Address(rawValue: 10 << 24 | host) }.octets)
        }
        bench.uptime += 600_000_000_000
        var calls = 0
        var effects = AgentEffects()
        while let deadline = bench.agent.nextDeadline, deadline <= bench.uptime {
            bench.agent.advance(to: bench.now, effects: &effects)
            calls += 1
        }
        #expect(calls == 2)
        #expect(bench.home.bindingsExpired == 5000)
        #expect(bench.agent.nextDeadline == nil)
    }

    @Test("A renewed binding outlives its previous expiry")
    func renewedExpiry() {
        var bench = Self.registered()
        bench.receive(Request(bench).octets)
        bench.advance(seconds: 599)
        #expect(bench.bindings.count == 1)
        bench.advance(seconds: 1)
        #expect(bench.bindings.isEmpty)
        #expect(bench.home.bindingsExpired == 1)
    }

    @Test("A shortened binding ends at its new expiry")
    func shortenedExpiry() {
        var bench = Self.registered()
        bench.receive(Request(bench) { $0.lifetime = 5 }.octets)
        bench.advance(seconds: 5)
        #expect(bench.bindings.isEmpty)
    }

    @Test("A binding with infinite lifetime stays")
    func endless() {
        var bench = Bench(Lab.homeAgentConfiguration { $0.maximumLifetime = .max })
        bench.receive(Request(bench) { $0.lifetime = .max }.octets)
        bench.advance(seconds: 1_000_000)
        #expect(bench.bindings.count == 1)
    }

    @Test(
        "An operator ends one binding or all bindings of a node, and gets their number",
        arguments: [(Lab.careOf, 1), (nil, 2), (Lab.home, 0)] as [(IPv4Address?, Int)])
    func revocation(careOf: IPv4Address?, ended: Int) {
        var bench = Self.registered()
        bench.receive(
            Request(bench) {
                $0.flags.insert(.simultaneousBindings)
                $0.careOfAddress = Lab.otherCareOf
            }.octets)
        #expect(bench.revoke(Lab.home, careOf) == ended)
        #expect(bench.bindings.count == 2 - ended)
        #expect(bench.events.map(\.kind) == Array(repeating: .revoked, count: ended))
        #expect(bench.effects.datagrams.isEmpty)
        #expect(bench.revoke(IPv4Address(192, 0, 2, 200)) == 0)
    }

    @Test("While registration is off, authenticated requests are denied with 129 and bindings stay")
    func disabled() throws {
        var bench = Self.registered()
        bench.setEnabled(false)
        #expect(bench.agent.information.enabled == false)
        #expect(bench.effects.changes.first == .information(bench.agent.information))
        #expect(bench.events.map(\.kind) == [.disabled])
        #expect(try Reply(bench.receive(Request(bench).octets))?.code == 129)
        #expect(bench.bindings.count == 1)
        bench.setEnabled(false)
        #expect(bench.effects.isEmpty)
        bench.setEnabled(true)
        bench.advance(seconds: 1)
        #expect(try Reply(bench.receive(Request(bench).octets))?.code == 0)
    }

    @Test("Service to a node is counted beyond its bindings")
    func service() throws {
        var bench = Self.registered()
        bench.receive(Request(bench) { ($0.lifetime, $0.careOfAddress) = (0, Lab.home) }.octets)
        bench.advance(seconds: 5)
        bench.receive(Request(bench) { $0.flags.insert(.gre) }.octets)
        let node = try #require(bench.mobileNodes.first)
        #expect(node.accepted == 2)
        #expect(node.denied == 1)
        #expect(node.serviceTime == 10)
        #expect(node.servingSince == nil)
        #expect(node.recentAccepted?.milliseconds == Lab.start * 1000 + 10_000)
        #expect(node.recentDenied == bench.time)
        #expect(node.recentDeniedCode == 139)
    }

    @Test("Answered and dropped requests are counted for their node; those of unknown nodes make no row")
    func requestsOfNode() {
        var bench = Bench(Lab.homeAgentConfiguration { $0.answersFailedAuthentication = false })
        let wrong = Lab.association(key: Lab.wrongKey)
        bench.receive(Request(bench) { $0.association = wrong }.octets)
        #expect(bench.mobileNodes.isEmpty)
        bench.receive(Request(bench).octets)
        bench.receive(Request(bench) { $0.association = wrong }.octets)
        bench.advance(seconds: 1)
        bench.receive(Request(bench) { $0.flags = .gre }.octets)
        #expect(bench.mobileNodes.map(\.requestsReceived) == [3])
        #expect(bench.mobileNodes.map(\.accepted) == [1])
        #expect(bench.mobileNodes.map(\.denied) == [1])
        #expect(bench.effects.changes.contains { if case .mobileNode(let row) = $0 { row.requestsReceived == 3 } else { false } })
    }
}
