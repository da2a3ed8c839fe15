import AgentModel
import MobileIPv4
import MobilityAgent
import Testing

@Suite("Experiments at a home agent")
struct HomeAgentExperimentalTests {
    /// Extension 127 (RFC 4064 §4.1) and extension 255 (§4.3) with a Sub-Type and two bytes.
    private static func nonSkippable(_ subtype: UInt8) -> [UInt8] { [127, subtype, 0, 2, 0xAB, 0xCD] }
    private static func skippable(_ subtype: UInt8) -> [UInt8] { [255, 3, subtype, 0xAB, 0xCD] }

    /// Sub-Type 200 is accepted, 201 refused.
    private static let rules: [ExperimentalRule] = [
        ExperimentalRule(.nonSkippable, subtype: 200, .accept), ExperimentalRule(.nonSkippable, subtype: 201, .refuse),
        ExperimentalRule(.skippable, subtype: 200, .accept), ExperimentalRule(.skippable, subtype: 201, .refuse),
    ]

    private static func bench(
        _ associations: [ConfiguredSecurityAssociation] = [Lab.association()], isOn: Bool = true,
        _ rules: [ExperimentalRule] = rules
    ) -> Bench {
        var configuration = Lab.homeAgentConfiguration(associations) { $0.experimental = rules }
        configuration.settings.discovery.experimental = isOn
        return Bench(configuration)
    }

    // MARK: - Extensions

    private static let request =
        "01020708c000020ac0000201c6336401e90b5a8012345678ff05017465737420140000010065ee174420772e305acce35f83011eae"
    private static let refusal = "03c00000c000020ac0000201e90b5a8012345678201400000100ccd590e487d31308c08e3d5ae32bdff2"

    @Test("The published request is refused with the published reply if a rule says so, and accepted otherwise")
    func published() throws {
        for action in [nil, .accept, .refuse] as [ExperimentalRule.Action?] {
            let rules = action.map { [ExperimentalRule(.skippable, subtype: 1, $0)] } ?? []
            var bench = Self.bench([PublishedLab.ofNode], rules)
            let sent = bench.receive(try PublishedLab.octets(Self.request), from: Lab.foreignAgent)?.payload
            if action == .refuse {
                #expect(try PublishedLab.published(sent) == (try PublishedLab.octets(Self.refusal)))
            } else {
                #expect(sent?[1] == 0)
            }
            #expect(bench.bindings.isEmpty == (action == .refuse))
            #expect(bench.home.experimentalRefusals == (action == .refuse ? 1 : 0))
            #expect(bench.home.experimentalExtensions == (action == nil ? 0 : 1))
            #expect(bench.home.extensionsSkipped == (action == nil ? 1 : 0))
        }
    }

    /// An extension, and the code of the answer with experiments off and on; nil if the request is dropped.
    private static let requests: [(extension: [UInt8], off: UInt8?, on: UInt8?)] = [
        (nonSkippable(9), nil, nil), (nonSkippable(200), nil, 0), (nonSkippable(201), nil, 192), (skippable(9), 0, 0),
        (skippable(200), 0, 0), (skippable(201), 0, 192), ([255, 0], 0, 0), (skippable(200) + nonSkippable(9), nil, nil),
    ]

    @Test(
        "A request with an experimental extension is accepted, refused with 192 or dropped as the rule for the extension says",
        arguments: requests, [false, true])
    func request(_ example: (extension: [UInt8], off: UInt8?, on: UInt8?), isOn: Bool) throws {
        for isAdded in [false, true] {
            var bench = Self.bench([Lab.association(), Lab.ofForeignAgent], isOn: isOn)
            let request = Request(visiting: bench) {
                if isAdded { $0.after = example.extension } else { $0.before = example.extension }
                $0.signatures = [(.foreignHomeAuthentication, Lab.ofForeignAgent)]
            }
            let sent = bench.receive(request.octets, from: Lab.foreignAgent)
            let code = isOn ? example.on : example.off
            #expect(sent?.payload[1] == code)
            #expect(bench.home.discards[.unknownExtension] == (code == nil ? 1 : 0))
            #expect(bench.home.experimentalRefusals == (code == 192 ? 1 : 0))
            #expect(bench.everythingIsAccountedFor)
        }
    }

    @Test("What a foreign agent adds does not make the node's own request invalid")
    func notUsedUp() throws {
        var bench = Self.bench([Lab.association(), Lab.ofForeignAgent])
        var request = Request(visiting: bench) {
            ($0.after, $0.signatures) = (Self.skippable(201), [(.foreignHomeAuthentication, Lab.ofForeignAgent)])
        }
        #expect(try Reply(bench.receive(request.octets, from: Lab.foreignAgent))?.code == 192)
        request.after = []
        #expect(try Reply(bench.receive(request.octets, from: Lab.foreignAgent))?.code == 0)
    }

    @Test("An extension that nobody has signed is ignored, if it can be skipped or is known")
    func unsigned() throws {
        for wish in [Self.skippable(201), Self.nonSkippable(201)] {
            var bench = Self.bench()
            let sent = bench.receive(Request(bench) { $0.after = wish }.octets)
            #expect(try Reply(sent)?.code == 0)
            #expect(bench.home.unsignedExtensionsIgnored == 1)
            #expect(bench.home.experimentalRefusals == 0)
        }
    }

    @Test("Uses of vendor and experimental extensions are listed, of authenticated requests only")
    func uses() throws {
        var bench = Self.bench()
        // A normal vendor extension of vendor 4660, type 9, which is not known.
        let vendor: [UInt8] = [134, 9, 0, 0, 0, 0, 0x12, 0x34, 0, 9, 1]
        bench.receive(Request(bench) { $0.before = vendor + Self.skippable(200) }.octets)
        let uses = bench.effects.changes.compactMap { if case .extensionUse(let row) = $0 { row } else { nil } }
        #expect(uses.map(\.type) == [134, 255])
        #expect(uses.map(\.vendor) == [0x1234, 0])
        #expect(uses.map(\.number) == [9, 200])
        #expect(uses.map(\.isKnown) == [false, true])
        #expect(uses.map(\.skipped) == [1, 0] && uses.map(\.accepted) == [0, 1])
        #expect(uses.allSatisfy { $0.role == .homeAgent && $0.seen == 1 && $0.lastSource == Lab.node.address })
        let forged = Request(bench) { ($0.before, $0.association) = (vendor, Lab.association(key: Lab.wrongKey)) }
        bench.advance(seconds: 2)
        bench.receive(forged.octets)
        #expect(!bench.effects.changes.contains { if case .extensionUse = $0 { true } else { false } })
    }

    // MARK: - Messages

    private static let message = "ff7f090003616263ff040978797a201400000100708892a0990d15cfb35e751116edeec0"
    private static let messageRules = [
        ExperimentalRule(.message, .accept), ExperimentalRule(.nonSkippable, subtype: 9, .accept),
    ]

    /// What differs from a message that is accepted, and why it is dropped; nil if it is not.
    private struct MessageCase: CustomTestStringConvertible, Sendable {
        let testDescription: String
        var isOn = true
        var rules = HomeAgentExperimentalTests.messageRules
        var association = PublishedLab.ofNode
        var source = Lab.visitor
        var octets: @Sendable ([UInt8]) -> [UInt8] = { $0 }
        let reason: DiscardReason?
    }

    private static let messages = [
        MessageCase(testDescription: "as published", reason: nil),
        MessageCase(
            testDescription: "an extension 255 that a rule refuses",
            rules: messageRules + [ExperimentalRule(.skippable, subtype: 9, .refuse)], reason: nil),
        MessageCase(testDescription: "experiments are off", isOn: false, reason: .unknownMessageType),
        MessageCase(testDescription: "no rule for messages", rules: [messageRules[1]], reason: .unknownMessageType),
        MessageCase(
            testDescription: "a rule that refuses messages",
            rules: [ExperimentalRule(.message, .refuse), messageRules[1]], reason: .unknownMessageType),
        MessageCase(testDescription: "no rule for its extension 127", rules: [messageRules[0]], reason: .unknownExtension),
        MessageCase(testDescription: "another key", association: Lab.association(), reason: .authenticationFailed),
        MessageCase(
            testDescription: "from an unknown address", source: TransportEndpoint(Lab.otherCareOf, port: 434),
            reason: .noSecurityAssociation),
        MessageCase(
            testDescription: "no authenticator", octets: { Array($0.dropLast(22)) }, reason: .noSecurityAssociation),
        MessageCase(
            testDescription: "an unsigned extension 127 of the same Sub-Type", octets: { $0 + [127, 9, 0, 0] }, reason: nil),
        MessageCase(testDescription: "what are not extensions", octets: { _ in [255, 200, 9, 9] }, reason: .malformed),
    ]

    @Test("An experimental message is accepted if a node has signed it and a rule accepts such messages", arguments: messages)
    private func message(_ example: MessageCase) throws {
        var bench = Self.bench([example.association], isOn: example.isOn, example.rules)
        let sent = bench.receive(example.octets(try PublishedLab.octets(Self.message)), from: example.source)
        #expect(sent == nil)
        #expect(bench.home.experimentalMessages == (example.reason == nil ? 1 : 0))
        if let reason = example.reason { #expect(bench.discarded(reason) == 1) }
        #expect(bench.allDiscarded == (example.reason == nil ? 0 : 1))
    }

    @Test("A foreign agent may sign an experimental message as well")
    func foreignAgent() {
        var bench = Self.bench([Lab.ofForeignAgent], Self.messageRules)
        var octets: [UInt8] = [255] + Self.skippable(9)
        octets.sign(.foreignHomeAuthentication, Lab.ofForeignAgent)
        bench.receive(octets, from: Lab.foreignAgent)
        #expect(bench.home.experimentalMessages == 1)
        bench.receive(octets, from: Lab.node)
        #expect(bench.home.experimentalMessages == 1)
        #expect(bench.discarded(.noSecurityAssociation) == 1)
    }
}
