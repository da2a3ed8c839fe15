import AgentModel
import MobileIPv4
import MobilityAgent
import Testing

@Suite("Service selection at a foreign agent")
struct ForeignAgentServiceTests {
    /// Extension 151 (RFC 5446 §3) with `ims` and `voip`.
    private static let ims: [UInt8] = [151, 3] + Array("ims".utf8)
    private static let voip: [UInt8] = [151, 4] + Array("voip".utf8)

    private static func bench(
        _ associations: [ConfiguredSecurityAssociation] = [Lab.ofHomeAgent],
        _ change: (inout ForeignAgentConfiguration) -> Void = { _ in }
    ) -> Bench {
        Bench(
            Lab.foreignAgentConfiguration(associations) {
                $0.service = ServiceIdentifier("ims")
                $0.settings.signalling.revocation = false
                change(&$0)
            })
    }

    private static func ask(
        _ bench: inout Bench, _ change: (inout Request) -> Void = { _ in }
    ) -> (request: Request, sent: [UInt8]?) {
        let request = Request(visiting: bench, change)
        return (request, bench.receive(request.octets, from: Lab.visitor, to: Lab.foreignAgent)?.payload)
    }

    @Test("The configured service follows the node's part of a request that selects none, and is signed for the home agent")
    func added() {
        var bench = Self.bench()
        let (request, sent) = Self.ask(&bench)
        var expected = request
        (expected.after, expected.signatures) = (Self.ims, [(.foreignHomeAuthentication, Lab.ofForeignAgent)])
        #expect(sent == expected.octets)
        #expect(bench.foreign.servicesAdded == 1)
        #expect(bench.visitors.map(\.service) == [ServiceIdentifier("ims")])
    }

    @Test("A service that the node selects stays as it is, and is shown for the visitor")
    func selected() {
        for service in [ServiceIdentifier("ims"), nil] {
            var bench = Self.bench { $0.service = service }
            let (request, sent) = Self.ask(&bench) { $0.before = Self.voip }
            var expected = request
            expected.signatures = [(.foreignHomeAuthentication, Lab.ofForeignAgent)]
            #expect(sent == expected.octets)
            #expect(bench.foreign.servicesAdded == 0)
            #expect(bench.visitors.map(\.service) == [ServiceIdentifier("voip")])
        }
    }

    @Test("Nothing is added to a request that is not signed for the home agent, nor while the setting is off")
    func notAdded() {
        var bench = Self.bench([])
        let (request, sent) = Self.ask(&bench)
        #expect(sent == request.octets)
        #expect(bench.foreign.servicesAdded == 0)

        bench = Self.bench()
        let (leaving, relayed) = Self.ask(&bench) { $0.lifetime = 0 }
        #expect(relayed == leaving.octets)

        bench = Self.bench { $0.settings.discovery.serviceSelection = false }
        let (_, signed) = Self.ask(&bench) { $0.before = Self.voip }
        #expect(signed?.contains(151) == true)
        #expect(bench.foreign.servicesAdded == 0)
        #expect(bench.foreign.extensionsSkipped == 1)
        #expect(bench.visitors.map(\.service) == [nil])
    }

    @Test("The echo of a service that the foreign agent has added does not reach the node")
    func echo() {
        for isEchoed in [true, false] {
            var bench = Self.bench()
            let (request, _) = Self.ask(&bench)
            let answer = Answer(to: request) {
                ($0.after, $0.signatures) = (isEchoed ? Self.ims : [], [Lab.ofHomeAgent])
            }
            let sent = bench.receive(answer.octets, from: Lab.homeAgent, to: Lab.foreignAgent)
            #expect(sent?.payload == Answer(to: request).octets)
            #expect(bench.foreign.serviceEchoesRemoved == (isEchoed ? 1 : 0))
            #expect(bench.visitors.map(\.service) == [ServiceIdentifier("ims")])
        }
    }

    @Test("An empty service in the node's part is left for the home agent to judge")
    func empty() {
        var bench = Self.bench()
        let (request, sent) = Self.ask(&bench) { $0.before = [151, 0] }
        var expected = request
        expected.signatures = [(.foreignHomeAuthentication, Lab.ofForeignAgent)]
        #expect(sent == expected.octets)
        #expect(bench.visitors.map(\.service) == [nil])
    }
}
