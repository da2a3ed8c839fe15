import AgentModel
import MobileIPv4
import MobileNode
import Testing

@Suite("What a mobile node agrees about revocations")
struct RevocationOfferTests {
    /// The offer in a request, which must precede the authenticator for the home agent.
    private static func offer(in request: [UInt8]?) throws -> RevocationSupport? {
        let octets = try #require(request)
        var cursor = ExtensionCursor(offset: RegistrationRequest.fixedSize)
        while let located = try cursor.next(in: octets.span.bytes), located.type != .mobileHomeAuthentication {
            if located.type == .revocationSupport { return try RevocationSupport(located, in: octets.span.bytes) }
        }
        return nil
    }

    @Test(
        "Only a request that goes directly to the home agent has an offer, with I as configured",
        arguments: [
            (.agreedInforming, .coLocated(DirectNode.careOf), true), (.agreed, .coLocated(DirectNode.careOf), false),
            (.none, .coLocated(DirectNode.careOf), nil),
            (.agreedInforming, .coLocated(DirectNode.careOf, foreignAgent: Place.foreignAgent), nil),
            (.agreedInforming, Journey.abroad, nil),
        ] as [(RevocationAgreement, NetworkAttachment, Bool?)])
    func requests(offer: RevocationAgreement, attachment: NetworkAttachment, informs: Bool?) throws {
        let direct = DirectNode(offer: offer)
        let request = direct.attach(to: attachment)
        let sent = try Self.offer(in: request)
        #expect(sent?.informsMobileNode == informs)
        if let sent { #expect(sent.timestamp == 0xE90B_5A80) }
    }

    @Test("A deregistration has no offer")
    func deregistration() throws {
        let direct = DirectNode()
        try direct.register()
        direct.seconds = 5
        let request = direct.node.deregister(at: direct.now, random: &direct.random)
        #expect(try Self.offer(in: request) == nil)
    }

    @Test("The timestamps of offers never decrease, even if the clock is set back")
    func timestamps() throws {
        let direct = DirectNode()
        var timestamps = [try Self.offer(in: direct.attach())?.timestamp]
        direct.seconds = 1
        timestamps.append(try Self.offer(in: direct.advance())?.timestamp)
        direct.ahead = -3600
        direct.node.clockStepped()
        direct.seconds = 3
        timestamps.append(try Self.offer(in: direct.advance())?.timestamp)
        #expect(timestamps == [0xE90B_5A80, 0xE90B_5A81, 0xE90B_5A81])
    }

    @Test(
        "There is an agreement if the home agent answers the offer where its authenticator covers it; I counts if both have set it",
        arguments: [
            (.agreedInforming, DirectNode.answer, true, .agreedInforming),
            (.agreedInforming, RevocationSupport(informsMobileNode: false, timestamp: 1), true, .agreed),
            (.agreed, DirectNode.answer, true, .agreed), (.agreedInforming, DirectNode.answer, false, .none),
            (.agreedInforming, nil, true, .none), (.none, DirectNode.answer, true, .none),
        ] as [(RevocationAgreement, RevocationSupport?, Bool, RevocationAgreement)])
    func agreement(
        offer: RevocationAgreement, answer: RevocationSupport?, isSigned: Bool, agreement: RevocationAgreement
    ) throws {
        let direct = DirectNode(offer: offer)
        let request = try #require(direct.attach())
        #expect(direct.accept(request, answer: answer, isSigned: isSigned) == .accepted(.accepted, lifetime: 100))
        #expect(direct.registration?.revocation == agreement)
        #expect(direct.node.isInformedOfRevocation == (agreement != .none))
        #expect(direct.node.counters.revocationsAgreed == (agreement == .none ? 0 : 1))
        #expect(direct.node.counters.unsignedExtensionsIgnored == (isSigned ? 0 : 1))
        #expect(direct.node.counters.repliesIgnoredUnknownExtension == (offer == .none ? 1 : 0))
    }

    @Test("A renewal without the home agent's answer ends the agreement")
    func renewal() throws {
        let direct = DirectNode()
        try direct.register()
        direct.seconds = 70
        let renewal = try #require(direct.advance())
        _ = direct.accept(renewal, answer: nil)
        #expect(direct.registration?.revocation == RevocationAgreement.none)
        #expect(direct.receive() == nil)
        #expect(direct.node.counters.revocationsDiscarded == 1)
    }
}
