import AgentModel
import MobileIPv4
import MobilityAgent
import Testing

/// Messages made independently of this product, with one key and the addresses and times of the lab.
@Suite("Worked examples of revocation")
struct WorkedExampleTests {
    private static let key = AuthenticationKey(octets: (0..<16).map { UInt8($0 * 0x11) })
    private static let agentSPI = SecurityParameterIndex(rawValue: 0x101)
    private static let ofNode = Lab.association(key: key)
    private static let ofForeignAgent = Lab.association(
        .address(Lab.foreignAgent.address), .foreignAgent, spi: agentSPI, key: key)
    private static let ofOtherForeignAgent = Lab.association(
        .address(RevocationLab.otherForeignAgent.address), .foreignAgent, spi: agentSPI, key: key)
    private static let ofHomeAgent = Lab.association(.address(Lab.homeAgent.address), .homeAgent, spi: agentSPI, key: key)

    private static let request =
        "01020708c000020ac0000201c6336401e90b5a8012345678201400000100aa6c806df86e5c8112e79f3ead599d0789068000e90b5a80"
        + "221400000101b4bbf5e0daa50daa1a066aa80da18a58"
    private static let reply =
        "03000708c000020ac0000201e90b5a80123456782014000001008d2d159e66b2f99cfcc129ca2c1fe84089068000e90b5a81"
        + "221400000101e4b9c8ba1b48ed8171dd65d21e95f205"
    private static let ofForeign = "07004000c000020ac0000201c6336401e90b5b40221400000101d1e989fd011961a285e703eb3d911798"
    private static let uninforming = "0f000000c000020ae90b5b40221400000101932f2a2bbfa03a961f0a219fd8c1b8fb"
    private static let moved =
        "07008000c000020ac0000201c6336401e90b5b508311616c696365406578616d706c652e6e65749106016d6f766564"
        + "22140000010154f39f1cfbdbea8335feb9c2a79e0b06"
    private static let direct = "0700c000c000020ac0000201c633644de90b5b602014000001007a01beadd6f8d5c83bca69a0402a2a64"

    private static func octets(_ text: String) throws -> [UInt8] { try #require(Hexadecimal.octets(text)) }

    private static func homeAgent(informing: Bool = true, later seconds: Int64 = 0) -> Bench {
        var configuration = Lab.homeAgentConfiguration([ofNode, ofForeignAgent, ofOtherForeignAgent])
        configuration.settings.signalling.revocationInforming = informing
        return Bench(configuration, start: Lab.start + seconds)
    }

    /// A home agent that has accepted the published request.
    private static func registered(informing: Bool = true) throws -> Bench {
        var bench = homeAgent(informing: informing)
        bench.receive(try octets(request), from: Lab.foreignAgent)
        #expect(bench.bindings.map(\.revocation) == [informing ? .agreedInforming : .agreed])
        return bench
    }

    /// A foreign agent that has relayed the published request and its reply.
    private static func visited() throws -> Bench {
        var bench = Bench(Lab.foreignAgentConfiguration([ofHomeAgent]))
        let request = Request(visiting: bench) {
            ($0.flags, $0.lifetime, $0.association) = (.reverseTunnel, 1800, ofNode)
            $0.identification = Identification(high: 0xE90B_5A80, low: 0x1234_5678)
        }
        let relayed = bench.receive(request.octets, from: Lab.visitor, to: Lab.foreignAgent)
        #expect(relayed?.payload == (try octets(Self.request)))
        bench.receive(try octets(reply), from: Lab.homeAgent, to: Lab.foreignAgent)
        #expect(bench.visitors.map(\.revocation) == [.agreedInforming])
        return bench
    }

    @Test("A foreign agent writes the published request, and agrees by the published reply")
    func offer() throws { _ = try Self.visited() }

    @Test("A home agent writes the published reply to the published request")
    func answer() throws {
        var bench = Self.homeAgent(later: 1)
        let sent = bench.receive(try Self.octets(Self.request), from: Lab.foreignAgent)
        #expect(sent?.payload == (try Self.octets(Self.reply)))
    }

    @Test("A foreign agent writes the published revocation, from its care-of address to the home agent")
    func foreignAgent() throws {
        var bench = try Self.visited()
        bench.advance(seconds: 192)
        bench.revoke(Lab.home)
        let expected = OutgoingDatagram(
            source: Lab.foreignAgent, destination: Lab.homeAgent, payload: try Self.octets(Self.ofForeign))
        #expect(bench.effects.datagrams == [expected])
    }

    @Test("A home agent that does not decide about informing the node answers the published revocation with the published one")
    func acknowledgment() throws {
        var bench = try Self.registered(informing: false)
        bench.advance(seconds: 192)
        let source = TransportEndpoint(Lab.foreignAgent.address, port: 40_000)
        bench.receive(try Self.octets(Self.ofForeign), from: source)
        let expected = OutgoingDatagram(
            source: Lab.homeAgent, destination: source, payload: try Self.octets(Self.uninforming))
        #expect(bench.effects.datagrams == [expected])
        #expect(bench.bindings.isEmpty)
    }

    @Test("A foreign agent accepts the published revocation of a node that has moved, and does not inform the node")
    func handover() throws {
        var bench = try Self.visited()
        bench.advance(seconds: 208)
        let sent = bench.receive(try Self.octets(Self.moved), from: Lab.homeAgent, to: Lab.foreignAgent)
        #expect(sent?.payload == Acknowledgment(0xE90B_5B50) { $0.association = Self.ofHomeAgent }.octets)
        #expect(bench.visitors.isEmpty)
        #expect(bench.effects.notices.isEmpty)
        #expect(bench.exchanges.map(\.text) == ["moved"])
    }

    @Test("A home agent revokes at the old foreign agent as published, but for the text, when a node moves to another")
    func move() throws {
        var bench = Self.homeAgent()
        let alice = try #require(Lab.alice)
        try bench.registerAtHome(Offer(timestamp: RevocationLab.start), through: Self.ofForeignAgent) {
            ($0.nai, $0.association) = (alice, Self.ofNode)
        }
        bench.advance(seconds: 208)
        try bench.registerAtHome(
            Offer(timestamp: RevocationLab.start), through: Self.ofOtherForeignAgent, from: RevocationLab.otherForeignAgent
        ) {
            ($0.nai, $0.association) = (alice, Self.ofNode)
        }
        let published = try Self.octets(Self.moved)
        // The fixed part and the NAI.
        var expected = Array(published.prefix(39))
        expected.sign(.foreignHomeAuthentication, Self.ofForeignAgent)
        #expect(bench.sentRevocations.map(\.octets) == [expected])
        #expect(bench.sentRevocations.map(\.destination) == [Lab.foreignAgent])
    }

    @Test("A home agent writes the published revocation to a node with a co-located care-of address")
    func direct() throws {
        var bench = Self.homeAgent()
        let careOfAddress = IPv4Address(198, 51, 100, 77)
        try bench.registerDirectly(Offer(timestamp: RevocationLab.start)) {
            ($0.careOfAddress, $0.association) = (careOfAddress, Self.ofNode)
        }
        bench.advance(seconds: 224)
        bench.revoke(Lab.home)
        let expected = OutgoingDatagram(
            source: Lab.homeAgent, destination: TransportEndpoint(careOfAddress, port: 434),
            payload: try Self.octets(Self.direct))
        #expect(bench.effects.datagrams == [expected])
    }
}
