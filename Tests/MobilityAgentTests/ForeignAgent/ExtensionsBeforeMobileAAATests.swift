import AgentModel
import MobileIPv4
import MobilityAgent
import Testing

@Suite("Extensions between the Mobile-Home and the MN-AAA authenticator at a foreign agent")
struct ExtensionsBeforeMobileAAATests {
    /// A foreign agent that demands MN-AAA, which it can check itself or leaves to the home domain, and a challenge that it has advertised.
    private static func bench(isChecked: Bool) throws -> (Bench, [UInt8]) {
        var configuration = Lab.foreignAgentConfiguration {
            $0.challenge = ChallengePolicy(authentication: .mobileAAA)
            $0.knownVendorExtensions = [VendorExtensionKind(vendor: 9, type: 1)]
            $0.experimental = [ExperimentalRule(.skippable, subtype: 201, .refuse)]
            $0.settings.discovery.experimental = true
        }
        configuration.authenticationServerAssociations = isChecked ? [ChallengeCase.ofServer] : []
        var bench = Bench(configuration)
        let challenge = bench.agent.nextChallenge(on: Lab.foreignAgent.address)
        return (bench, try #require(challenge))
    }

    /// An extension, and the code for which a foreign agent refuses it; nil if it relays the request.
    private static let extensions: [(extension: [UInt8], code: UInt8?)] = [
        ([38, 0, 0, 7, 0, 0, 0x12, 0x34, 0, 7, 42], 100), ([38, 0, 0, 7, 0, 0, 0, 9, 0, 1, 42], nil),
        ([134, 9, 0, 0, 0, 0, 0x12, 0x34, 0, 7, 42], nil), ([255, 3, 201, 0xAB, 0xCD], 127),
    ]

    @Test(
        "They are for the foreign agent if it checks MN-AAA and does not relay it, and are relayed as they are otherwise",
        arguments: extensions, [false, true])
    func request(_ example: (extension: [UInt8], code: UInt8?), isChecked: Bool) throws {
        var (bench, challenge) = try Self.bench(isChecked: isChecked)
        let request = Request(visiting: bench)
        var octets = request.octets + example.extension
        octets.append(challenge: challenge)
        octets.sign(.generalizedAuthentication, ChallengeCase.ofServer)
        let sent = bench.receive(octets, from: Lab.visitor, to: Lab.foreignAgent)
        let uses = bench.effects.changes.compactMap { if case .extensionUse(let use) = $0 { use } else { nil } }
        #expect(uses.map(\.type) == (isChecked ? [example.extension[0]] : []))
        if isChecked, let code = example.code {
            #expect(try Reply(sent)?.code == code)
            #expect(uses.map(\.refused) == [1])
        } else {
            #expect(sent?.destination == Lab.homeAgent)
            #expect(sent?.payload == (isChecked ? request.octets : octets))
        }
        #expect(bench.everythingIsAccountedFor)
    }
}
