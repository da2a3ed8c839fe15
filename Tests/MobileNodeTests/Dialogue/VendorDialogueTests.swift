import AgentModel
import MobileIPv4
import MobileNode
import MobilityAgent
import Testing

/// A vendor extension in a node's requests, and how the agents treat it.
struct VendorCase: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var isCritical: Bool
    var addressee: NodeVendorExtension.Addressee
    /// The agents that know it.
    var known: Set<AgentRole>
    var code: UInt8
    /// The extensions of the request.
    var types: [UInt8]

    init(
        _ description: String, critical isCritical: Bool, for addressee: NodeVendorExtension.Addressee,
        known: Set<AgentRole> = [], _ code: UInt8, _ types: [UInt8]
    ) {
        testDescription = description
        self.isCritical = isCritical
        self.addressee = addressee
        self.known = known
        self.code = code
        self.types = types
    }

    static let all: [VendorCase] = [
        VendorCase("a normal one for the home agent", critical: false, for: .homeAgent, 0, [134, 32]),
        VendorCase("a normal one for the foreign agent", critical: false, for: .foreignAgent, 0, [32, 134]),
        VendorCase("a critical one for the home agent", critical: true, for: .homeAgent, 140, [38, 32]),
        VendorCase("a critical one for the foreign agent", critical: true, for: .foreignAgent, 100, [32, 38]),
        VendorCase(
            "a critical one that the home agent knows", critical: true, for: .homeAgent, known: [.homeAgent], 0, [38, 32]),
        VendorCase(
            "a critical one that the foreign agent knows", critical: true, for: .foreignAgent, known: [.foreignAgent], 0,
            [32, 38]),
        VendorCase(
            "a critical one for the home agent that only the foreign agent knows", critical: true, for: .homeAgent,
            known: [.foreignAgent], 140, [38, 32]),
    ]

    static let kind = VendorExtensionKind(vendor: 8072, type: 7)
}

@Suite("Vendor extensions between a mobile node and agents")
struct VendorDialogueTests {
    @Test("Each extension of a node is accepted, skipped or refused, and counted where that happens", arguments: VendorCase.all)
    func request(_ example: VendorCase) throws {
        var journey = Journey {
            $0.node.vendorExtensions = [
                NodeVendorExtension(
                    isCritical: example.isCritical, addressee: example.addressee,
                    content: VendorSpecific(vendor: 8072, vendorType: 7, value: [1, 2, 3]))
            ]
            if example.known.contains(.homeAgent) { $0.home.knownVendorExtensions = [VendorCase.kind] }
            if example.known.contains(.foreignAgent) { $0.foreign.knownVendorExtensions = [VendorCase.kind] }
        }
        let outcome = journey.attach(to: Journey.abroad)
        #expect(
            outcome == (example.code == 0 ? .accepted(.accepted, lifetime: 1800) : .denied(ReplyCode(rawValue: example.code))))
        #expect(try extensionTypes(try #require(journey.requests.first), from: RegistrationRequest.fixedSize) == example.types)
        let isPassedOver = !example.isCritical && example.known.isEmpty
        #expect(
            journey.homeCounters.normalVendorExtensionsFromMobileNodeIgnored
                == (isPassedOver && example.addressee == .homeAgent ? 1 : 0))
        #expect(
            journey.foreignCounters.normalVendorExtensionsFromMobileNodeIgnored
                == (isPassedOver && example.addressee == .foreignAgent ? 1 : 0))
    }

    @Test("Without a foreign agent, extensions for one are not sent")
    func direct() throws {
        var journey = Journey {
            $0.node.vendorExtensions = [
                NodeVendorExtension(
                    isCritical: true, addressee: .foreignAgent, content: VendorSpecific(vendor: 8072, vendorType: 7, value: []))
            ]
        }
        #expect(journey.attach(to: .coLocated(Place.careOf)) == .accepted(.accepted, lifetime: 1800))
        #expect(try extensionTypes(try #require(journey.requests.first), from: RegistrationRequest.fixedSize) == [32])
    }

    @Test(
        "A reply with a critical extension unknown to the node is dropped, one with a normal or known extension is accepted",
        arguments: [(true, false, false), (true, true, true), (false, false, true), (false, true, true)])
    func reply(isCritical: Bool, isKnown: Bool, isTaken: Bool) throws {
        var journey = Journey { if isKnown { $0.node.knownVendorExtensions = [VendorCase.kind] } }
        let request = journey.node.attach(to: Journey.abroad, at: journey.now, random: &journey.random)
        var octets: [UInt8] = []
        RegistrationReply(
            code: .accepted, lifetime: .init(rawValue: 600), homeAddress: Place.home, homeAgent: Place.homeAgent.address,
            identification: try fixedPart(request).identification
        ).encode(into: &octets)
        let content = VendorSpecific(vendor: 8072, vendorType: 7, value: [9])
        let vendor: any MobileIPExtension = isCritical ? CriticalVendorSpecific(content) : NormalVendorSpecific(content)
        try vendor.encode(into: &octets)
        AuthenticationAlgorithm.hmacMD5.appendExtension(
            .mobileHomeAuthentication, spi: Place.spi, key: Place.key, to: &octets)
        var following: [UInt8]?
        let outcome = journey.node.receive(octets.span.bytes, at: journey.now, request: &following, random: &journey.random)
        #expect((outcome != nil) == isTaken)
        #expect(journey.node.counters.repliesDroppedCriticalVendorExtension == (isTaken ? 0 : 1))
        #expect(journey.node.counters.repliesDroppedInvalidExtension == (isTaken ? 0 : 1))
        #expect(journey.node.counters.normalVendorExtensionsIgnored == (!isCritical && !isKnown ? 1 : 0))
    }
}
