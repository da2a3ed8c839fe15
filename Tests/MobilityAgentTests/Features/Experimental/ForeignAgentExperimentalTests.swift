import AgentModel
import MobileIPv4
import MobilityAgent
import Testing

@Suite("Experiments at a foreign agent")
struct ForeignAgentExperimentalTests {
    /// Extension 127 (RFC 4064 §4.1) and extension 255 (§4.3) with a Sub-Type and two bytes.
    private static func nonSkippable(_ subtype: UInt8) -> [UInt8] { [127, subtype, 0, 2, 0xAB, 0xCD] }
    private static func skippable(_ subtype: UInt8) -> [UInt8] { [255, 3, subtype, 0xAB, 0xCD] }

    /// Sub-Type 200 is accepted, 201 refused.
    private static let rules: [ExperimentalRule] = [
        ExperimentalRule(.nonSkippable, subtype: 200, .accept), ExperimentalRule(.nonSkippable, subtype: 201, .refuse),
        ExperimentalRule(.skippable, subtype: 200, .accept), ExperimentalRule(.skippable, subtype: 201, .refuse),
    ]

    private static func bench(
        _ associations: [ConfiguredSecurityAssociation] = [], isOn: Bool = true, _ rules: [ExperimentalRule] = rules
    ) -> Bench {
        Bench(
            Lab.foreignAgentConfiguration(associations) {
                $0.experimental = rules
                $0.settings.discovery.experimental = isOn
            })
    }

    enum Outcome { case relayed, refused, dropped }

    /// Where the extension stands, the extension, and what becomes of the request with experiments off and on.
    private static let requests: [(isForHomeAgent: Bool, extension: [UInt8], off: Outcome, on: Outcome)] = [
        (true, nonSkippable(9), .dropped, .dropped), (false, nonSkippable(9), .dropped, .dropped),
        (true, nonSkippable(200), .dropped, .relayed), (false, nonSkippable(200), .dropped, .relayed),
        (true, nonSkippable(201), .dropped, .relayed), (false, nonSkippable(201), .dropped, .refused),
        (true, skippable(9), .relayed, .relayed), (false, skippable(9), .relayed, .relayed),
        (true, skippable(200), .relayed, .relayed), (false, skippable(200), .relayed, .relayed),
        (true, skippable(201), .relayed, .relayed), (false, skippable(201), .relayed, .refused),
        (true, [255, 0], .relayed, .relayed), (false, [255, 0], .relayed, .relayed),
    ]

    @Test(
        "A request with an experimental extension is relayed, refused with 127 or dropped as the rule for the extension says",
        arguments: requests, [false, true])
    func request(
        _ example: (isForHomeAgent: Bool, extension: [UInt8], off: Outcome, on: Outcome), isOn: Bool
    ) throws {
        var bench = Self.bench(isOn: isOn)
        let request = Request(visiting: bench) {
            if example.isForHomeAgent { $0.before = example.extension } else { $0.after = example.extension }
        }
        let sent = bench.receive(request.octets, from: Lab.visitor, to: Lab.foreignAgent)
        switch isOn ? example.on : example.off {
        case .relayed:
            var expected = request
            expected.after = []
            #expect(sent?.payload == expected.octets)
        case .refused:
            #expect(try Reply(sent)?.code == 127)
            #expect(bench.foreign.experimentalRefusals == 1)
        case .dropped:
            #expect(sent == nil)
            #expect(bench.foreign.discards[.unknownExtension] == 1)
        }
        #expect(bench.everythingIsAccountedFor)
    }

    @Test("Extensions with a rule are counted as experimental, and others that are skipped as such")
    func counted() {
        var bench = Self.bench()
        let request = Request(visiting: bench) {
            $0.before = Self.nonSkippable(200) + Self.skippable(9)
            $0.after = Self.skippable(200) + Self.skippable(10)
        }
        bench.receive(request.octets, from: Lab.visitor, to: Lab.foreignAgent)
        #expect(bench.foreign.experimentalExtensions == 2)
        #expect(bench.foreign.extensionsSkipped == 2)
        let uses = bench.effects.changes.compactMap { if case .extensionUse(let use) = $0 { use } else { nil } }
        #expect(uses.map(\.number) == [200, 10])
        #expect(uses.map(\.isKnown) == [true, false])
        #expect(uses.map(\.accepted) == [1, 0] && uses.map(\.skipped) == [0, 1])
        #expect(uses.allSatisfy { $0.role == .foreignAgent && $0.type == 255 && $0.lastSource == Lab.visitor.address })
    }

    @Test("An extension behind the node's authenticator for this agent refuses nothing, and is counted as unsigned")
    func unsigned() {
        var bench = Self.bench([Lab.ofVisitor])
        let request = Request(visiting: bench) { $0.signatures = [(.mobileForeignAuthentication, Lab.ofVisitor)] }
        let sent = bench.receive(request.octets + Self.skippable(201), from: Lab.visitor, to: Lab.foreignAgent)
        #expect(sent?.destination == Lab.homeAgent)
        #expect(bench.foreign.unsignedExtensionsIgnored == 1)
        #expect(bench.foreign.experimentalRefusals == 0)
    }

    /// The extension, and whether a reply with it reaches the node.
    private static let replies: [([UInt8], Bool)] = [
        (nonSkippable(9), false), (nonSkippable(200), true), (nonSkippable(201), true), (skippable(9), true),
        (skippable(201), true),
    ]

    @Test("A reply is dropped for an unknown extension 127, and no rule refuses one", arguments: replies)
    func reply(_ octets: [UInt8], isDelivered: Bool) {
        var bench = Self.bench()
        let request = Request(visiting: bench)
        bench.receive(request.octets, from: Lab.visitor, to: Lab.foreignAgent)
        let answer = Answer(to: request) { $0.after = octets }
        let sent = bench.receive(answer.octets, from: Lab.homeAgent, to: Lab.foreignAgent)
        #expect((sent?.payload == Answer(to: request).octets) == isDelivered)
        #expect(bench.foreign.discards[.unknownExtension] == (isDelivered ? 0 : 1))
        #expect(bench.visitors.map(\.state) == [isDelivered ? .accepted : .pending])
    }

    @Test("Rules that are given twice, and messages with a Sub-Type, are errors of the configuration")
    func configuration() {
        let configuration = Lab.foreignAgentConfiguration {
            $0.experimental =
                Self.rules + [
                    ExperimentalRule(.skippable, subtype: 201, .accept), ExperimentalRule(.message, subtype: 1, .accept),
                ]
        }
        #expect(
            configuration.problems.map(\.path) == ["foreignAgent.experimental[4]", "foreignAgent.experimental[5].subtype"])
    }
}
