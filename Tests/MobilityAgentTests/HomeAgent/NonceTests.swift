import AgentModel
import MobileIPv4
import MobilityAgent
import Testing

@Suite("Nonces at a home agent")
struct NonceTests {
    private static let association = Lab.association(replay: .nonces)

    private static func makeBench(_ change: (inout HomeAgentConfiguration) -> Void = { _ in }) -> Bench {
        Bench(Lab.homeAgentConfiguration([association], change))
    }

    private static func request(
        _ bench: Bench, _ high: UInt32, _ low: UInt32, _ change: (inout Request) -> Void = { _ in }
    ) -> Request {
        Request(bench) {
            $0.identification = Identification(high: high, low: low)
            change(&$0)
        }
    }

    /// Registers a node; returns its bench, the accepted request and the nonce outstanding.
    private static func registered() throws -> (Bench, Request, UInt32) {
        var bench = makeBench()
        let challenge = try #require(try Reply(bench.receive(request(bench, 0, 1).octets)))
        let first = request(bench, challenge.fixed.identification.high, 2)
        let accepted = try #require(try Reply(bench.receive(first.octets)))
        #expect(accepted.code == 0)
        return (bench, first, accepted.fixed.identification.high)
    }

    @Test("A flood of 2,000 copies a second of an old request does not lock out its node")
    func flood() throws {
        var (bench, old, nonce) = try Self.registered()
        // The node registers again, so that the copy is not that of its current registration.
        let second = try #require(try Reply(bench.receive(Self.request(bench, nonce, 3).octets)))
        #expect(second.code == 0)
        nonce = second.fixed.identification.high
        let attacker = TransportEndpoint(Lab.otherCareOf, port: 666)
        for round in 0..<5 {
            for _ in 0..<2000 {
                bench.uptime += 500_000
                let reply = try #require(try Reply(bench.receive(old.octets, from: attacker)))
                #expect(reply.code == 133 && reply.fixed.identification.high == nonce)
            }
            let reply = try #require(try Reply(bench.receive(Self.request(bench, nonce, UInt32(10 + round)).octets)))
            #expect(reply.code == 0)
            nonce = reply.fixed.identification.high
        }
        #expect(bench.bindings.map(\.sourceAddress) == [Lab.careOf])
    }

    @Test("A nonce that does not fit is answered with the one outstanding, as often as it comes")
    func outstanding() throws {
        var (bench, _, nonce) = try Self.registered()
        for low in 10...20 as ClosedRange<UInt32> {
            let reply = try #require(try Reply(bench.receive(Self.request(bench, nonce &+ 1, low).octets)))
            #expect(reply.code == 133)
            #expect(reply.fixed.identification == Identification(high: nonce, low: low))
        }
    }

    @Test("A request that is denied uses up the nonce it carries")
    func denied() throws {
        var (bench, _, nonce) = try Self.registered()
        let request = Self.request(bench, nonce, 3) { $0.flags.insert(.gre) }
        let denial = try #require(try Reply(bench.receive(request.octets)))
        #expect(denial.code == 139)
        let next = denial.fixed.identification.high
        #expect(next != nonce)
        let repeated = try #require(try Reply(bench.receive(request.octets)))
        #expect(repeated.code == 133 && repeated.fixed.identification.high == next)
        #expect(try Reply(bench.receive(Self.request(bench, next, 4).octets))?.code == 0)
    }

    @Test("A copy to which someone has appended what is refused, or that comes without its foreign agent, uses up nothing")
    func tampered() throws {
        var bench = Bench(Lab.homeAgentConfiguration([Self.association, Lab.ofForeignAgent]))
        let challenge = try #require(try Reply(bench.receive(Self.request(bench, 0, 1).octets)))
        let genuine = Request(visiting: bench) {
            $0.identification = Identification(high: challenge.fixed.identification.high, low: 2)
            $0.signatures = [(.foreignHomeAuthentication, Lab.ofForeignAgent)]
        }
        var stripped = genuine
        stripped.signatures = []
        let expected = [([200, 9], 134), (HomeAgentCase.vendor, 141), ([], 132)] as [([UInt8], UInt8)]
        for (appended, code) in expected {
            let copy = code == 132 ? stripped.octets : genuine.octets + appended
            let reply = try #require(try Reply(bench.receive(copy, from: Lab.foreignAgent)))
            #expect(reply.code == code)
        }
        #expect(try Reply(bench.receive(genuine.octets, from: Lab.foreignAgent))?.code == 0)
    }

    @Test("A node without an entry gets its first nonce, also with an address assigned to it")
    func newcomer() throws {
        let alice = try #require(Lab.alice)
        var bench = Bench(
            Lab.homeAgentConfiguration([Lab.association(.nai(alice), replay: .nonces)]) { $0.addressesByNAI = [alice: Lab.home] })
        func ask(_ high: UInt32, _ low: UInt32) throws -> Reply {
            let request = Self.request(bench, high, low) { ($0.homeAddress, $0.nai) = (.zero, alice) }
            return try #require(try Reply(bench.receive(request.octets)))
        }
        let first = try ask(0, 1)
        #expect(first.code == 133)
        #expect(try ask(0, 2).fixed.identification.high == first.fixed.identification.high)
        #expect(try ask(first.fixed.identification.high, 3).code == 0)
    }
}
