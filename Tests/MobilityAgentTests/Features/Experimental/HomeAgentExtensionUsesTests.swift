import AgentModel
import MobileIPv4
import MobilityAgent
import Testing

@Suite("Uses of extensions at a home agent")
struct HomeAgentExtensionUsesTests {
    private static let known: [UInt8] = [134, 9, 0, 0, 0, 0, 0, 9, 0, 1, 42]
    private static let unknown: [UInt8] = [38, 0, 0, 7, 0, 0, 0, 9, 0, 2, 42]
    private static let refused: [UInt8] = [255, 3, 201, 0xAB, 0xCD]

    private static func bench() -> Bench {
        var configuration = Lab.homeAgentConfiguration {
            $0.knownVendorExtensions = [VendorExtensionKind(vendor: 9, type: 1)]
            $0.experimental = [ExperimentalRule(.skippable, subtype: 201, .refuse), ExperimentalRule(.message, .accept)]
        }
        configuration.settings.discovery.experimental = true
        return Bench(configuration)
    }

    private static func uses(_ bench: Bench) -> [ExtensionUse] {
        bench.effects.changes.compactMap { if case .extensionUse(let use) = $0 { use } else { nil } }
    }

    /// An extension, how old the request is in seconds, the code of the answer, and how often the extension is then counted as accepted,
    /// skipped and refused.
    private static let requests: [(extension: [UInt8], age: UInt64, code: UInt8, counts: [UInt64])] = [
        (known, 0, 0, [1, 0, 0]), (known, 100, 133, [0, 1, 0]), (unknown, 0, 140, [0, 0, 1]), (unknown, 100, 133, [0, 1, 0]),
        (refused, 0, 192, [0, 0, 1]), (refused, 100, 133, [0, 1, 0]),
    ]

    @Test("An extension counts as accepted in an accepted request, and as refused where it is the reason", arguments: requests)
    func request(_ example: (extension: [UInt8], age: UInt64, code: UInt8, counts: [UInt64])) throws {
        var bench = Self.bench()
        let request = Request(bench) {
            $0.before = example.extension
            $0.identification = Identification(rawValue: $0.identification.rawValue &- example.age << 32)
        }
        #expect(try Reply(bench.receive(request.octets))?.code == example.code)
        #expect(Self.uses(bench).map { [$0.accepted, $0.skipped, $0.refused] } == [example.counts])
    }

    @Test("An experimental message that is dropped for an unknown extension counts as refused, and not as accepted")
    func message() {
        var bench = Self.bench()
        var octets: [UInt8] = [255, 127, 9, 0, 3, 0x61, 0x62, 0x63]
        octets.sign(.mobileHomeAuthentication, Lab.association())
        bench.receive(octets, from: Lab.visitor)
        #expect(bench.home.discards[.unknownExtension] == 1)
        #expect(Self.uses(bench).map(\.type) == [127, 0])
        #expect(Self.uses(bench).map { [$0.accepted, $0.skipped, $0.refused] } == [[0, 0, 1], [0, 0, 1]])
    }
}
