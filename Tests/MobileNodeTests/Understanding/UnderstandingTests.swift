import AgentModel
import MIPTesting
import MobileIPv4
import MobileNode
import Testing

@Suite("What a mobile node acts on")
struct UnderstandingTests {
    /// RFC 5944 §3.5, RFC 2794, RFC 3115, RFC 4721, RFC 4636, RFC 4917, RFC 3846.
    static let understood: Set<String> = [
        "32", "33", "34", "131", "38", "134", "132", "45/0", "145/1", "145/2", "136/1", "136/2",
    ]

    @Test("It acts on, drops or skips each type and Sub-Type in a reply", arguments: ExtensionOnTheWire.all)
    func replies(_ sample: ExtensionOnTheWire) throws {
        // Nobody signs what the foreign agent adds.
        var journey = Journey { $0.node.foreignAgentErrorWait = 0 }
        let request = journey.node.attach(to: Journey.abroad, at: journey.now, random: &journey.random)
        var octets: [UInt8] = []
        RegistrationReply(
            code: .accepted, lifetime: .init(rawValue: 600), homeAddress: Place.home, homeAgent: Place.homeAgent.address,
            identification: try fixedPart(request).identification
        ).encode(into: &octets)
        AuthenticationAlgorithm.hmacMD5.appendExtension(
            .mobileHomeAuthentication, spi: Place.spi, key: Place.key, to: &octets)
        octets += sample.octets
        var following: [UInt8]?
        let outcome = journey.node.receive(octets.span.bytes, at: journey.now, request: &following, random: &journey.random)
        let counters = journey.node.counters
        let treatment = sample.treatment(acting: Self.understood)
        #expect(counters.repliesIgnoredUnknownExtension == (treatment == .skipped ? 1 : 0))
        // An unknown critical vendor extension increments the same counter and one of its own.
        let isVendors = sample.type == 38
        #expect(counters.repliesDroppedInvalidExtension == (treatment == .discarded || isVendors ? 1 : 0))
        #expect(counters.repliesDroppedCriticalVendorExtension == (isVendors ? 1 : 0))
        switch treatment {
        case .discarded: #expect(outcome == nil && counters.repliesReceived == 0)
        case .skipped: #expect(outcome == .accepted(.accepted, lifetime: 600))
        case .acted:
            if sample.type == 45 { #expect(outcome == .denied(.faHomeAgentFailedAuthentication)) }
        }
    }

    @Test("A message that is not a reply changes nothing", arguments: (UInt8.min...UInt8.max).filter { $0 != 3 })
    func messageTypes(_ type: UInt8) {
        var journey = Journey { _ in }
        _ = journey.node.attach(to: Journey.abroad, at: journey.now, random: &journey.random)
        let before = journey.node.counters
        var following: [UInt8]?
        let octets = [type] + [UInt8](repeating: 0, count: 40)
        let outcome = journey.node.receive(octets.span.bytes, at: journey.now, request: &following, random: &journey.random)
        #expect(outcome == nil && following == nil)
        #expect(journey.node.counters == before)
    }
}
