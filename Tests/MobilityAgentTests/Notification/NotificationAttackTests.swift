import AgentModel
import MobileIPv4
import MobilityAgent
import Testing

/// What someone without a key, or with a key for other registrations, must not achieve with notifications.
@Suite("Attempts to speak for others, or to use up their room")
struct NotificationAttackTests {
    private static let other = RevocationLab.otherHomeAgent
    private static let ofOther = RevocationLab.ofOtherHomeAgent

    /// A foreign agent with a visitor of one home agent, whose reply names another one.
    private static func misnamed(_ offer: Offer? = nil) throws -> Bench {
        var bench = Bench(Lab.foreignAgentConfiguration([Lab.ofHomeAgent, ofOther]))
        let request = Request(visiting: bench) { $0.homeAgent = other.address }
        bench.receive(request.octets, from: Lab.visitor, to: Lab.foreignAgent)
        let answer = Answer(to: request) {
            $0.after = offer?.octets ?? []
            $0.signatures = [ofOther]
        }
        bench.receive(answer.octets, from: other, to: Lab.foreignAgent)
        #expect(bench.visitors.map(\.homeAgent) == [Lab.homeAgent.address])
        bench.advance(seconds: 1)
        return bench
    }

    // MARK: - Speaking for others

    @Test("A home agent whose reply names another one cannot write in its name")
    func homeAgent() throws {
        var bench = try Self.misnamed()
        for (association, source) in [(Self.ofOther, Self.other), (Self.ofOther, Lab.homeAgent)] {
            let forged = NotificationMessage(.homeAgentToForeignAgent, bench) {
                $0.signatures = [(.foreignHomeAuthentication, association)]
            }
            bench.receive(forged.octets, from: source, to: Lab.foreignAgent)
        }
        #expect(bench.foreign.notificationsReceived == 0 && bench.notifications.isEmpty)
        let right = NotificationMessage(.homeAgentToForeignAgent, bench) {
            $0.signatures = [(.foreignHomeAuthentication, Lab.ofHomeAgent)]
        }
        bench.receive(right.octets, from: Lab.homeAgent, to: Lab.foreignAgent)
        #expect(bench.notifications.map(\.peer) == [Lab.homeAgent.address])
        #expect(bench.events.map(\.sourceAddress) == [Lab.homeAgent.address])
    }

    @Test("Nothing is relayed or sent to a home agent that another one has named")
    func noPath() throws {
        var bench = try Self.misnamed()
        let message = NotificationMessage(.mobileNodeToHomeAgent, bench) {
            $0.signatures = [(.mobileHomeAuthentication, NotificationLab.ofNode)]
        }
        #expect(bench.receive(message.octets, from: Lab.visitor, to: Lab.foreignAgent) == nil)
        #expect(bench.foreign.discards[.unknownRegistration] == 1)
        let order = NotificationOrder(to: .homeAgent, text: NotificationLab.text)
        #expect(bench.refusal(of: order)?.problem == .notFound)
    }

    @Test("A home agent that revokes a registration in the name of another one does not keep the other from accepting it")
    func revocation() throws {
        var bench = try Self.misnamed(Offer(timestamp: RevocationLab.start))
        let revocation = Revocation(fromHome: true, RevocationLab.start &+ 1000) { $0.association = Self.ofOther }
        bench.receive(revocation.octets, from: Self.other, to: Lab.foreignAgent)
        #expect(bench.visitors.isEmpty)
        #expect(bench.exchanges.map(\.peer) == [Self.other.address])
        bench.advance(seconds: 1)
        try bench.registerVisitor(Offer(timestamp: RevocationLab.start &+ 2))
        #expect(bench.visitors.map(\.state) == [.accepted])
    }

    @Test("Strangers who send from many addresses do not drive known violators out")
    func violators() throws {
        let wrong = Lab.association(.address(Lab.homeAgent.address), .homeAgent, spi: Lab.foreignSPI, key: Lab.wrongKey)
        var configuration = Lab.foreignAgentConfiguration([Lab.ofVisitor, Lab.ofHomeAgent])
        configuration.maximumViolators = 4
        var bench = Bench(configuration)
        try NotificationLab.visit(&bench, [Lab.ofVisitor, Lab.ofHomeAgent])
        let ofNode = NotificationMessage(.mobileNodeToForeignAgent, bench) {
            $0.signatures = [(.mobileForeignAuthentication, Lab.association(spi: Lab.mobileForeignSPI, key: Lab.wrongKey))]
        }
        bench.receive(ofNode.octets, from: Lab.visitor, to: Lab.foreignAgent)
        let ofAgent = NotificationMessage(.homeAgentToForeignAgent, bench) {
            $0.signatures = [(.foreignHomeAuthentication, wrong)]
        }
        bench.receive(ofAgent.octets, from: Lab.homeAgent, to: Lab.foreignAgent)
        for last in 1...20 as ClosedRange<UInt8> {
            let stranger = TransportEndpoint(IPv4Address(203, 0, 113, last), port: 434)
            bench.receive(ofAgent.octets, from: stranger, to: Lab.foreignAgent)
        }
        let violators = bench.violations.map(\.violator)
        #expect(violators.count == 4)
        #expect(violators.contains(.address(Lab.home)) && violators.contains(.address(Lab.homeAgent.address)))
    }

    // MARK: - Room

    @Test("A flood of one node keeps neither agents nor other nodes from being heard")
    func flood() throws {
        let prefix = try #require(Lab.homeNetwork)
        var bench = Bench(Lab.homeAgentConfiguration([Lab.association(.prefix(prefix)), Lab.ofForeignAgent]))
        let second = IPv4Address(192, 0, 2, 11)
        for address in [Lab.home, second] {
            let reply = try bench.registerAtHome(nil) { $0.homeAddress = address }
            #expect(reply.code == 0)
        }
        func message(_ direction: NotificationDirection, of address: IPv4Address = Lab.home) -> [UInt8] {
            NotificationMessage(direction, bench) {
                $0.homeAddress = address
                $0.signatures =
                    direction == .mobileNodeToHomeAgent
                    ? [(.mobileHomeAuthentication, Lab.association())] : [(.foreignHomeAuthentication, Lab.ofForeignAgent)]
            }.octets
        }
        for _ in 0..<150 {
            bench.uptime += 1_000_000
            bench.receive(message(.mobileNodeToHomeAgent), from: Lab.foreignAgent)
        }
        #expect(bench.home.notificationsReceived == 1)
        bench.receive(message(.mobileNodeToHomeAgent, of: second), from: Lab.foreignAgent)
        bench.receive(message(.foreignAgentToHomeAgent), from: Lab.foreignAgent)
        #expect(bench.home.notificationsReceived == 3)
    }

    @Test("Of copies, a hundred a second are answered", arguments: NotificationArrival.all)
    func copies(_ arrival: NotificationArrival) throws {
        var bench = try arrival.bench()
        let message = arrival.message(bench)
        var answers = 0
        for _ in 0..<251 where bench.receive(message, from: arrival.source, to: arrival.local) != nil { answers += 1 }
        #expect(answers == 101 && arrival.received(bench) == 1)
        #expect(arrival.discards(bench, .rateLimited) == 150)
    }

    @Test(
        "A foreign agent relays ten messages of a visit at once and five a second, in each direction",
        arguments: NotificationRelayTests.Passage.all)
    func relays(_ passage: NotificationRelayTests.Passage) throws {
        var bench = try NotificationLab.foreign()
        func relayed(_ passage: NotificationRelayTests.Passage, isSigned: Bool = true) -> Int {
            var octets = passage.core(bench)
            if isSigned { octets.sign(passage.before.0, passage.before.1) }
            return (0..<30).count { _ in passage.deliver(octets, to: &bench) != nil }
        }
        #expect(relayed(passage) == 10)
        #expect(bench.foreign.discards[.rateLimited] == 20)
        bench.advance(seconds: 1)
        #expect(relayed(passage) == 5)
        let opposite = try #require(NotificationRelayTests.Passage.all.first { $0.isToNode != passage.isToNode })
        #expect(relayed(opposite) == 10)
        // A renewal gives no new room.
        try NotificationLab.visit(&bench, [Lab.ofVisitor, Lab.ofHomeAgent])
        #expect(relayed(passage) == 0)
    }

    @Test("Unsigned messages in the name of a home agent use up nothing of the signed ones")
    func unsigned() throws {
        let passage = NotificationRelayTests.Passage.all[0]
        var bench = try NotificationLab.foreign()
        let core = passage.core(bench)
        for _ in 0..<30 { _ = passage.deliver(core, to: &bench) }
        #expect(bench.foreign.notificationsRelayed == 10)
        var signed = core
        signed.sign(passage.before.0, passage.before.1)
        #expect(passage.deliver(signed, to: &bench) != nil)
    }
}
