import AgentModel
import MobileIPv4
import MobileNode
import Testing

@Suite("Revocations at a mobile node without a foreign agent")
struct RevocationTests {
    /// A revocation of 192.0.2.10 at 198.51.100.77 by 192.0.2.1, made by an independent encoder, and its acknowledgment with the same key.
    private static let message = "0700c000c000020ac0000201c633644de90b5b602014000001007a01beadd6f8d5c83bca69a0402a2a64"
    private static let acknowledgment = "0f008000c000020ae90b5b6020140000010054824ada39b00158959a9f1fd26ae307"

    @Test("A revocation of the current registration ends it and is acknowledged with the same I")
    func accepted() throws {
        let direct = DirectNode()
        try direct.register()
        direct.seconds = 10
        let octets = try #require(Hexadecimal.octets(Self.message))
        #expect(DirectNode.Revocation().octets == octets)
        let received = direct.node.receive(revocation: octets.span.bytes, at: direct.now)
        let answer = try #require(received)
        #expect(Hexadecimal.text(answer.acknowledgment) == Self.acknowledgment)
        #expect(answer.outcome == .revoked)
        #expect(answer.ended?.careOfAddress == DirectNode.careOf)
        #expect(direct.node.state == .failed(.revoked))
        #expect(!direct.node.isRegistered)
        #expect(direct.node.tunnel == nil)
        #expect(direct.registration == nil)
        #expect(direct.node.mobileNodeState == .isolated)
        #expect(direct.node.counters.revocationsReceived == 1)
        #expect(direct.node.counters.revocationsDiscarded == 0)
    }

    @Test("The node registers again after the delay of a failed registration")
    func again() throws {
        let direct = DirectNode()
        try direct.register()
        direct.seconds = 10
        _ = direct.receive()
        let failure = direct.node.failure(at: direct.now)
        #expect(failure == nil)
        #expect(direct.node.retry.due == 12_000_000_000)
        #expect(direct.advance() == nil)
        direct.seconds = 12
        let isDue = direct.node.beginRetry(at: direct.now)
        #expect(isDue)
        let request = try #require(direct.attach())
        let answer = RevocationSupport(informsMobileNode: true, timestamp: 0xE90B_5B61)
        #expect(direct.accept(request, answer: answer) == .accepted(.accepted, lifetime: 100))
        #expect(direct.registration?.revocation == .agreedInforming)
    }

    @Test("Failures before a revocation do not delay the registration after it")
    func soonAgain() throws {
        let direct = DirectNode()
        try direct.register()
        for second in [70, 72, 76, 84] as [Double] {
            direct.seconds = second
            let isDue = direct.node.beginRetry(at: direct.now)
            #expect(isDue == (second > 70))
            try Self.deny(isDue ? direct.attach() : direct.advance(), to: direct)
        }
        #expect(direct.node.isRegistered)
        #expect(direct.node.retry.due == 100_000_000_000)
        direct.seconds = 85
        #expect(direct.receive()?.outcome == .revoked)
        #expect(direct.node.retry.due == 87_000_000_000)
    }

    /// Delivers a denial of the request.
    private static func deny(_ request: [UInt8]?, to direct: DirectNode) throws {
        var octets: [UInt8] = []
        RegistrationReply(
            code: .haInsufficientResources, lifetime: .init(rawValue: 0), homeAddress: DirectNode.home,
            homeAgent: DirectNode.homeAgent.address, identification: try fixedPart(request).identification
        ).encode(into: &octets)
        AuthenticationAlgorithm.hmacMD5.appendExtension(
            .mobileHomeAuthentication, spi: DirectNode.spi, key: DirectNode.key, to: &octets)
        var following: [UInt8]?
        let outcome = direct.node.receive(
            octets.span.bytes, from: DirectNode.homeAgent, at: direct.now, request: &following, random: &direct.random)
        #expect(outcome == .denied(.haInsufficientResources))
    }

    /// A message that is no valid revocation of the current registration.
    struct Refusal: Sendable, CustomTestStringConvertible {
        var testDescription: String
        /// Whether it violates the rules of the association with the home agent.
        var isViolation: Bool
        var change: @Sendable (inout DirectNode.Revocation) -> Void

        init(
            _ description: String, isViolation: Bool = false,
            _ change: @escaping @Sendable (inout DirectNode.Revocation) -> Void
        ) {
            (testDescription, self.isViolation, self.change) = (description, isViolation, change)
        }

        static let all: [Refusal] = [
            Refusal("from a foreign domain, or reflected") { $0.message.isFromHomeDomain = false },
            Refusal("another home address") { $0.message.homeAddress = IPv4Address(192, 0, 2, 11) },
            Refusal("no home address") { $0.message.homeAddress = .zero },
            Refusal("another home agent") { $0.message.homeDomain = IPv4Address(192, 0, 2, 2) },
            Refusal("no home agent") { $0.message.homeDomain = .zero },
            Refusal("another care-of address") { $0.message.foreignDomain = IPv4Address(198, 51, 100, 78) },
            Refusal("older than the agreement") { $0.message.identifier = 0xE90B_5A80 },
            Refusal("half of the range older") { $0.message.identifier = 0x690B_5A82 },
            Refusal("no authenticator", isViolation: true) { $0.keys = [] },
            Refusal("the wrong key", isViolation: true) { $0.keys = [Place.wrongKey] },
            Refusal("two authenticators", isViolation: true) { $0.keys = [DirectNode.key, DirectNode.key] },
            Refusal("another SPI", isViolation: true) { $0.spi = SecurityParameterIndex(rawValue: 0x101) },
            Refusal("an unknown extension that must not be skipped") { $0.before = [35, 0] },
            Refusal("an extension that is too long") { $0.before = [145, 200, 1] },
            Refusal("a critical vendor extension") { $0.before = [38, 0, 0, 8, 0, 0, 0, 9, 0, 1, 0, 0] },
        ]
    }

    @Test("A message that is not a valid revocation changes nothing and is counted", arguments: Refusal.all)
    func refused(_ refusal: Refusal) throws {
        let direct = DirectNode()
        try direct.register()
        let before = direct.registration
        #expect(direct.receive(refusal.change) == nil)
        #expect(direct.registration == before)
        #expect(direct.node.counters.revocationsDiscarded == 1)
        #expect(direct.node.counters.revocationsReceived == 0)
        #expect(direct.exchanges.isEmpty)
        #expect(direct.node.totalViolations == (refusal.isViolation ? 1 : 0))
        // The valid one that follows is accepted.
        #expect(direct.receive()?.outcome == .revoked)
    }

    @Test("A revocation that nobody has agreed on is dropped, although it is authentic")
    func notAgreed() throws {
        let direct = DirectNode()
        try direct.register(answer: nil)
        #expect(direct.receive() == nil)
        #expect(direct.node.isRegistered)
        #expect(direct.node.counters.revocationsDiscarded == 1)
        #expect(direct.node.totalViolations == 0)
    }

    @Test("A message of any length that is cut off or damaged is dropped", arguments: 0..<42)
    func damaged(length: Int) throws {
        let direct = DirectNode()
        try direct.register()
        var octets = DirectNode.Revocation().octets
        #expect(direct.node.receive(revocation: Array(octets[..<length]).span.bytes, at: direct.now) == nil)
        octets[length] ^= 0x10
        #expect(direct.node.receive(revocation: octets.span.bytes, at: direct.now) == nil)
        #expect(direct.node.isRegistered)
        #expect(direct.node.counters.revocationsDiscarded == 2)
    }

    // MARK: - Repetitions

    @Test(
        "A revocation that arrives again is acknowledged again until the registration would have ended, unless it is older",
        arguments: [
            (0xE90B_5B60, 20, true), (0xE90B_5B61, 20, true), (0xE90B_5B60, 99, true), (0xE90B_5B5F, 20, false),
            (0xE90B_5B60, 101, false),
        ] as [(UInt32, Double, Bool)])
    func repeated(identifier: UInt32, seconds: Double, isAcknowledged: Bool) throws {
        let direct = DirectNode()
        try direct.register()
        direct.seconds = 10
        _ = direct.receive()
        direct.seconds = seconds
        let answer = direct.receive { $0.message.identifier = identifier }
        #expect((answer != nil) == isAcknowledged)
        if let answer {
            #expect(answer.outcome == nil && answer.ended == nil)
            #expect(
                try RevocationAcknowledgment(decoding: answer.acknowledgment.span.bytes)
                    == RevocationAcknowledgment(
                        informedMobileNode: true, homeAddress: DirectNode.home, identifier: identifier))
        }
        #expect(direct.node.counters.revocationsReceived == 1)
        #expect(direct.node.counters.revocationsRepeated == (isAcknowledged ? 1 : 0))
        #expect(direct.exchanges.map(\.tries) == [isAcknowledged ? 2 : 1])
    }

    @Test("A replayed revocation does not end a later registration, and a newer one does")
    func replayed() throws {
        let direct = DirectNode()
        try direct.register()
        _ = direct.receive()
        direct.seconds = 2
        let request = try #require(direct.attach())
        _ = direct.accept(request, answer: RevocationSupport(informsMobileNode: true, timestamp: 0xE90B_5B60))
        #expect(direct.receive()?.outcome == nil)
        #expect(direct.node.isRegistered)
        #expect(direct.receive { $0.message.identifier += 1 }?.outcome == .revoked)
        #expect(direct.exchanges.map(\.number) == [1, 2])
    }

    @Test("Timestamps are compared across the wrap of 2036")
    func wrap() throws {
        let direct = DirectNode()
        try direct.register(answer: RevocationSupport(informsMobileNode: true, timestamp: 0xFFFF_FFFE))
        #expect(direct.receive { $0.message.identifier = 0xFFFF_FFF0 } == nil)
        #expect(direct.receive { $0.message.identifier = 3 }?.outcome == .revoked)
    }

    // MARK: - While something else is going on

    @Test("A revocation of the former registration does not disturb a request from another place or a deregistration")
    func elsewhere() throws {
        for isLeaving in [true, false] {
            let direct = DirectNode()
            try direct.register()
            direct.seconds = 10
            let request =
                isLeaving
                ? direct.node.deregister(at: direct.now, random: &direct.random)
                : direct.attach(to: .coLocated(IPv4Address(198, 51, 100, 99)))
            let state = direct.node.state
            let answer = direct.receive()
            #expect(answer?.ended != nil)
            #expect(answer?.outcome == nil)
            #expect(direct.node.state == state)
            let sent = try #require(request)
            let outcome = direct.accept(sent, lifetime: isLeaving ? 0 : 100)
            #expect(outcome == .accepted(.accepted, lifetime: isLeaving ? 0 : 100))
        }
    }

    @Test("A revocation during a renewal ends the registration too")
    func renewing() throws {
        let direct = DirectNode()
        try direct.register()
        direct.seconds = 70
        let renewal = direct.advance()
        #expect(renewal != nil)
        #expect(direct.receive()?.outcome == .revoked)
        #expect(direct.node.nextDeadline == nil)
        #expect(direct.node.retry.due == 72_000_000_000)
    }

    // MARK: - Records

    @Test("The home agent's text is kept without control characters, and the row has the times of the revocation")
    func row() throws {
        let direct = DirectNode()
        try direct.register()
        direct.seconds = 10
        let text = Array("maintenance\u{1B}[2J at 20:00".utf8)
        _ = direct.receive { $0.before = [145, UInt8(text.count + 1), 1] + text }
        let exchange = try #require(direct.exchanges.first)
        #expect(exchange.text == "maintenance[2J at 20:00")
        #expect(exchange.kind == .revocation && exchange.state == .received && exchange.role == .mobileNode)
        #expect(exchange.peer == DirectNode.homeAgent.address && exchange.peerRole == .homeAgent)
        #expect(exchange.homeAddress == DirectNode.home && exchange.careOfAddress == DirectNode.careOf)
        #expect(exchange.informsNode)
        #expect(exchange.started == Place.start.adding(milliseconds: 10_000))
        #expect(exchange.ended == exchange.started)
    }

    @Test("The latest 32 revocations are remembered")
    func bounded() throws {
        let direct = DirectNode()
        for number in 1...40 as ClosedRange<UInt32> {
            direct.seconds = Double(number) * 10
            let timestamp = 0xE90B_6000 + number * 10
            try direct.register(answer: RevocationSupport(informsMobileNode: true, timestamp: timestamp))
            #expect(direct.receive { $0.message.identifier = timestamp + 1 }?.outcome == .revoked)
        }
        #expect(direct.exchanges.map(\.number) == Array(9...40))
    }
}
