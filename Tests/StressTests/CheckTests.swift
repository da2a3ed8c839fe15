import AgentModel
import MobileIPv4
import Testing

@testable import mip_stress

@Suite("What the checks of signed mutants notice")
struct CheckTests {
    private static let home = IPv4Address(192, 0, 2, 10)
    private static let careOf = IPv4Address(203, 0, 113, 5)
    private static let now = Moment(uptime: 0, wallClock: StressPlan.start.milliseconds * 1_000_000)

    private static func request(lifetime: UInt16 = 600, late seconds: Int64 = 0) -> RegistrationRequest {
        RegistrationRequest(
            flags: .decapsulationByMN, lifetime: RegistrationLifetime(rawValue: lifetime), homeAddress: home,
            homeAgent: StressPlan.homeAgent.address, careOfAddress: careOf,
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
}
