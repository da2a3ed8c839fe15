import AgentModel
import MobileIPv4
import MobilityAgent
import Testing

@Suite("Identities of a home agent and its AAA server")
struct HomeAgentIdentityTests {
    /// Extension 136 (RFC 3846 §3).
    private static func identity(_ subtype: UInt8, _ text: String) -> [UInt8] {
        [136, UInt8(text.utf8.count + 1), subtype] + Array(text.utf8)
    }
    private static let both = identity(1, "ha1@example.net") + identity(2, "aaa3@example.net")

    private static func bench(_ association: ConfiguredSecurityAssociation = Lab.association()) -> Bench {
        Bench(
            Lab.homeAgentConfiguration([association]) {
                $0.identity = NetworkAccessIdentifier("ha1@example.net")
                $0.aaaIdentity = NetworkAccessIdentifier("aaa3@example.net")
            })
    }

    /// Sends a request; returns the extensions 136 of the reply.
    private static func ask(_ bench: inout Bench, _ change: (inout Request) -> Void = { _ in }) -> [UInt8] {
        bench.advance(seconds: 1)
        let sent = bench.receive(Request(bench, change).octets)
        let extensions = (sent?.payload.extensionsOfReply ?? []).filter { $0.type == 136 }
        return extensions.flatMap { [136, UInt8($0.data.count)] + $0.data }
    }

    @Test("The first reply to a node is the published one, with both identities before the node's authenticator")
    func published() throws {
        let reply =
            "03000708c000020ac0000201e90b5a80123456788311616c696365406578616d706c652e6e6574881001686131406578616d706c652e6e657488110261"
            + "616133406578616d706c652e6e6574201400000100d7d1c2796cf193a910a06113684dcb23"
        var bench = Self.bench(PublishedLab.ofNode)
        let request = Request(bench) {
            ($0.lifetime, $0.nai, $0.association) = (1800, Lab.alice, PublishedLab.ofNode)
            $0.identification = PublishedLab.identification
        }
        let sent = bench.receive(request.octets)
        #expect(sent?.payload == (try PublishedLab.octets(reply)))
        #expect(bench.home.identitiesSent == 1 && bench.home.identitiesReceived == 0)
    }

    @Test("A node that does not repeat an identity gets them no more until it registers anew")
    func notRepeated() {
        var bench = Self.bench()
        let first = Self.ask(&bench)
        let renewed = Self.ask(&bench)
        let moved = Self.ask(&bench) { $0.careOfAddress = Lab.otherCareOf }
        let left = Self.ask(&bench) { $0.lifetime = 0 }
        bench.advance(seconds: 3600)
        let anew = Self.ask(&bench)
        #expect([first, renewed, moved, left, anew] == [Self.both, [], [], [], Self.both])
        #expect(bench.home.identitiesSent == 2 && bench.home.identitiesReceived == 0)
    }

    @Test("A node that repeats an identity gets them with each acceptance", arguments: [1, 2] as [UInt8])
    func repeated(subtype: UInt8) {
        var bench = Self.bench()
        for _ in 0..<3 {
            let answer = Self.ask(&bench) { $0.before = Self.identity(subtype, "x@example.net") }
            #expect(answer == Self.both)
        }
        #expect(bench.home.identitiesSent == 3 && bench.home.identitiesReceived == 3)
    }

    @Test("A copy of the first request is answered with the identities again")
    func copied() {
        var bench = Self.bench()
        let request = Request(bench).octets
        let first = bench.receive(request)
        let second = bench.receive(request)
        #expect(first != nil && first?.payload == second?.payload)
        #expect(bench.home.identitiesSent == 2)
    }

    @Test("Denials have no identities")
    func denied() {
        var bench = Self.bench()
        let answer = Self.ask(&bench) { $0.homeAgent = Lab.broadcast }
        #expect(answer.isEmpty)
        #expect(bench.home.repliesSentByCode[.haUnknownHomeAgentAddress] == 1)
    }

    @Test("A home agent without identities skips those of others, and sends none")
    func none() {
        var bench = Bench(Lab.homeAgentConfiguration())
        let answer = Self.ask(&bench) { $0.before = Self.both }
        #expect(answer.isEmpty)
        #expect(bench.home.extensionsSkipped == 2)
        #expect(bench.home.identitiesReceived == 0)
    }
}
