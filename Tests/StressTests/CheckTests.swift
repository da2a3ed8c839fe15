import AgentModel
import MobileIPv4
import Testing

@testable import mip_stress

@Suite("What the checks of signed mutants notice")
struct CheckTests {
    private static let home = IPv4Address(192, 0, 2, 10)
    private static let careOf = IPv4Address(203, 0, 113, 5)
    private static let now = Moment(uptime: 0, wallClock: StressPlan.start.milliseconds * 1_000_000)

    private static func request(
        lifetime: UInt16 = 600, late seconds: Int64 = 0, homeAgent: IPv4Address = StressPlan.homeAgent.address
    ) -> RegistrationRequest {
        RegistrationRequest(
            flags: .decapsulationByMN, lifetime: RegistrationLifetime(rawValue: lifetime), homeAddress: home,
            homeAgent: homeAgent, careOfAddress: careOf,
            identification: Identification(unixNanoseconds: now.wallClock - seconds * 1_000_000_000))
    }

    private static func reply(lifetime: UInt16, to request: RegistrationRequest) -> RegistrationReply {
        RegistrationReply(
            code: .accepted, lifetime: RegistrationLifetime(rawValue: lifetime), homeAddress: home,
            homeAgent: StressPlan.homeAgent.address, identification: request.identification)
    }

    private static var model: BindingModel { BindingModel(keepsSimultaneous: true, maximumLifetime: 1800, nonceUsers: []) }

    @Test("The removal of a row that was never published")
    func removal() {
        var fold = StateFold()
        #expect(throws: Finding.self) { try fold.apply(.mobileNodeRemoved(Self.home)) }
    }

    @Test("A lifetime above the one requested")
    func lifetime() {
        var model = Self.model
        let request = Self.request()
        #expect(throws: Finding.self) { try model.accept(request, Self.reply(lifetime: 601, to: request), at: Self.now) }
    }

    @Test("An identification that is older than the last one accepted, or outside the tolerance")
    func identification() throws {
        var model = Self.model
        let (newer, older, late) = (Self.request(), Self.request(late: 1), Self.request(late: 9))
        #expect(throws: Finding.self) { try model.accept(late, Self.reply(lifetime: 600, to: late), at: Self.now) }
        try model.accept(newer, Self.reply(lifetime: 600, to: newer), at: Self.now)
        #expect(throws: Finding.self) { try model.accept(older, Self.reply(lifetime: 600, to: older), at: Self.now) }
    }

    @Test("A binding that does not exist although it was accepted")
    func missingBinding() throws {
        var model = Self.model
        let request = Self.request()
        try model.accept(request, Self.reply(lifetime: 600, to: request), at: Self.now)
        let expected = model
        #expect(throws: Finding.self) { try expected.compare(with: [:], start: StressPlan.start) }
    }

    @Test("A relayed request that was changed, an unsigned answer, an answer to someone else")
    func answers() throws {
        let plan = StressPlan(seed: 1, wholeCheckInterval: 1)
        let source = TransportEndpoint(Self.careOf, port: 5000)
        var request: [UInt8] = []
        Self.request().encode(into: &request)
        var changed = request
        changed[2] ^= 1
        var unsigned: [UInt8] = []
        Self.reply(lifetime: 600, to: Self.request()).encode(into: &unsigned)
        func check(_ payload: [UInt8], at local: TransportEndpoint, to destination: TransportEndpoint) throws(Finding) {
            try AnswerChecks(plan, request, from: source, to: local).check([
                OutgoingDatagram(source: local, destination: destination, payload: payload)
            ])
        }
        #expect(throws: Never.self) { try check(request, at: StressPlan.foreignAgent, to: StressPlan.homeAgent) }
        #expect(throws: Finding.self) { try check(changed, at: StressPlan.foreignAgent, to: StressPlan.homeAgent) }
        #expect(throws: Finding.self) { try check(unsigned, at: StressPlan.homeAgent, to: source) }
        var signed = unsigned
        plan.peers[0].association.append(.mobileHomeAuthentication, to: &signed)
        #expect(throws: Never.self) { try check(signed, at: StressPlan.homeAgent, to: source) }
        let other = TransportEndpoint(Self.careOf, port: 5001)
        #expect(throws: Finding.self) { try check(signed, at: StressPlan.homeAgent, to: other) }
    }

    /// Checks the reply with a code of the home agent to a request, with these extensions before its authenticator.
    private static func check(
        _ code: ReplyCode, _ request: RegistrationRequest, _ extensions: [UInt8] = []
    ) throws(Finding) {
        let plan = StressPlan(seed: 1, wholeCheckInterval: 1)
        let source = TransportEndpoint(careOf, port: 5000)
        var (asked, answer): ([UInt8], [UInt8]) = ([], [])
        request.encode(into: &asked)
        RegistrationReply(
            code: code, lifetime: .deregistration, homeAddress: home, homeAgent: StressPlan.homeAgent.address,
            identification: request.identification
        ).encode(into: &answer)
        answer += extensions
        plan.peers[0].association.append(.mobileHomeAuthentication, to: &answer)
        try AnswerChecks(plan, asked, from: source, to: StressPlan.homeAgent).check([
            OutgoingDatagram(source: StressPlan.homeAgent, destination: source, payload: answer)
        ])
    }

    @Test("A redirection that nobody asked for, or that names no other home agent; a refused experiment without one")
    func discovery() throws {
        let other: [UInt8] = [139, 2, 0, 4, 192, 0, 2, 2]
        let own: [UInt8] = [139, 2, 0, 4, 192, 0, 2, 1]
        let any = Self.request(homeAgent: .zero)
        #expect(throws: Never.self) { try Self.check(.haRedirected, any, other) }
        #expect(throws: Finding.self) { try Self.check(.haRedirected, any) }
        #expect(throws: Finding.self) { try Self.check(.haRedirected, any, own) }
        #expect(throws: Finding.self) { try Self.check(.haRedirected, Self.request(), other) }
        #expect(throws: Finding.self) { try Self.check(.haRedirected, Self.request(lifetime: 0, homeAgent: .zero), other) }
        #expect(throws: Finding.self) { try Self.check(.haPoorlyFormedRequest, any, other) }
        #expect(throws: Finding.self) { try Self.check(.haExperimental, any) }
    }

    @Test("A binding that is denied although no service was refused, and a request that goes to another home agent")
    func endings() throws {
        let plan = StressPlan(seed: 1, wholeCheckInterval: 1)
        var asked: [UInt8] = []
        Self.request().encode(into: &asked)
        let source = TransportEndpoint(Self.careOf, port: 5000)
        let checks = AnswerChecks(plan, asked, from: source, to: StressPlan.homeAgent)
        let key = BindingKey(homeAddress: Self.home, careOfAddress: Self.careOf)
        #expect(throws: Never.self) { try checks.checkEndings([.bindingRemoved(key, .drained)], [], bindings: [:]) }
        #expect(throws: Finding.self) { try checks.checkEndings([.bindingRemoved(key, .denied)], [], bindings: [:]) }
        #expect(throws: Never.self) { try checks.checkDestination(StressPlan.homeAgent.address) }
        #expect(throws: Finding.self) { try checks.checkDestination(StressPlan.otherHomeAgents[0]) }
    }

    @Test("A use of an extension that was published with more than was counted, or that does not add up")
    func uses() throws {
        func fold(seen: UInt64, skipped: UInt64) throws(Finding) -> StateFold {
            var fold = StateFold()
            try fold.apply(
                .extensionUse(
                    ExtensionUse(
                        role: .homeAgent, type: 134, vendor: 9, number: 14, seen: seen, skipped: skipped, lastSource: Self.careOf,
                        lastSeen: StressPlan.start)))
            return fold
        }
        let (one, two) = (try fold(seen: 1, skipped: 1), try fold(seen: 2, skipped: 2))
        let wrong = try fold(seen: 3, skipped: 2)
        #expect(one.problem(withUsesIn: two) == nil)
        #expect(two.problem(withUsesIn: one) != nil)
        #expect(one.problem(withUsesIn: StateFold()) != nil)
        #expect(one.problem(withUsesIn: wrong) != nil)
    }
}
