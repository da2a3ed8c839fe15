import AgentModel
import MobileIPv4
import MobilityAgent
import Testing

@Suite("Experimental messages to a foreign agent")
struct ForeignAgentExperimentalMessageTests {
    private static let skippable: [UInt8] = [255, 4, 9, 0x78, 0x79, 0x7A]
    private static let nonSkippable: [UInt8] = [127, 9, 0, 3, 0x61, 0x62, 0x63]
    private static let accepting = ExperimentalRule(.message, .accept)

    private static func bench(isOn: Bool = true, _ rules: [ExperimentalRule] = [accepting]) -> Bench {
        Bench(
            Lab.foreignAgentConfiguration([Lab.ofHomeAgent, Lab.ofVisitor]) {
                $0.experimental = rules
                $0.settings.discovery.experimental = isOn
            })
    }

    /// Message 255 (RFC 4064 §3) with an authenticator.
    private static func message(
        _ extensions: [UInt8] = skippable, _ type: ExtensionType = .foreignHomeAuthentication,
        by association: ConfiguredSecurityAssociation? = Lab.ofForeignAgent
    ) -> [UInt8] {
        var octets: [UInt8] = [255] + extensions
        if let association { octets.sign(type, association) }
        return octets
    }

    private static func send(
        _ octets: [UInt8], from source: TransportEndpoint = Lab.homeAgent, to bench: inout Bench
    ) -> OutgoingDatagram? {
        bench.receive(octets, from: source, to: Lab.foreignAgent)
    }

    @Test("A message that a home agent or a node has signed for this agent is accepted, and neither answered nor relayed")
    func accepted() {
        var bench = Self.bench()
        #expect(Self.send(Self.message(), to: &bench) == nil)
        let ofNode = Self.message(Self.skippable, .mobileForeignAuthentication, by: Lab.ofVisitor)
        #expect(Self.send(ofNode, from: Lab.visitor, to: &bench) == nil)
        #expect(bench.foreign.experimentalMessages == 2)
        #expect(bench.foreign.discards.total == 0)
    }

    /// The message, where it comes from, and why it is dropped.
    private static let faulty: [([UInt8], TransportEndpoint, DiscardReason)] = [
        (message(by: nil), Lab.visitor, .authenticationFailed),
        (message(by: nil), Lab.homeAgent, .noSecurityAssociation),
        (message(by: Lab.association(spi: Lab.foreignSPI, key: Lab.wrongKey)), Lab.homeAgent, .authenticationFailed),
        (message(by: Lab.association()), Lab.homeAgent, .noSecurityAssociation),
        (message(skippable, .mobileHomeAuthentication, by: Lab.association()), Lab.visitor, .authenticationFailed),
        (message(skippable, .mobileForeignAuthentication, by: Lab.ofVisitor), Lab.node, .noSecurityAssociation),
        (message([1, 2, 3]), Lab.homeAgent, .unknownExtension), (message([200, 255]), Lab.homeAgent, .malformed),
        (message(nonSkippable), Lab.homeAgent, .unknownExtension), ([255], Lab.visitor, .authenticationFailed),
    ]

    @Test("A message that is not authentic, or whose rest is not known extensions, is dropped", arguments: faulty)
    func dropped(_ octets: [UInt8], from source: TransportEndpoint, reason: DiscardReason) {
        var bench = Self.bench()
        #expect(Self.send(octets, from: source, to: &bench) == nil)
        #expect(bench.foreign.discards[reason] == 1)
        #expect(bench.foreign.discards.total == 1)
        #expect(bench.foreign.experimentalMessages == 0)
    }

    @Test(
        "A message is dropped as unknown without a rule for messages, with one that refuses them, and while experiments are off")
    func unknown() {
        for rules in [[], [ExperimentalRule(.message, .refuse)]] {
            var bench = Self.bench(rules)
            #expect(Self.send(Self.message(), to: &bench) == nil)
            #expect(bench.foreign.discards[.unknownMessageType] == 1)
        }
        var bench = Self.bench(isOn: false)
        #expect(Self.send(Self.message(), to: &bench) == nil)
        #expect(bench.agent.counters.discards[.unknownMessageType] == 1)
        #expect(bench.foreign.experimentalMessages == 0)
    }

    @Test("A message that is dropped for an unknown extension counts as refused, and not as accepted")
    func refused() {
        var bench = Self.bench()
        #expect(Self.send(Self.message(Self.nonSkippable), to: &bench) == nil)
        let uses = bench.effects.changes.compactMap { if case .extensionUse(let use) = $0 { use } else { nil } }
        #expect(uses.map(\.type) == [127, 0])
        #expect(uses.map(\.accepted) == [0, 0] && uses.map(\.refused) == [1, 1])
    }

    @Test("The published example, which is signed for a home agent, is not for a foreign agent")
    func published() throws {
        let text = "ff7f090003616263ff040978797a201400000100708892a0990d15cfb35e751116edeec0"
        let octets = try #require(Hexadecimal.octets(text))
        var bench = Self.bench([Self.accepting, ExperimentalRule(.nonSkippable, subtype: 9, .accept)])
        #expect(Self.send(octets, from: Lab.visitor, to: &bench) == nil)
        #expect(bench.foreign.discards[.authenticationFailed] == 1)
    }
}
