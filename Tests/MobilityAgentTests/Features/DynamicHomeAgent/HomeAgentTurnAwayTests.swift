import AgentModel
import MobileIPv4
import MobilityAgent
import Testing

@Suite("What a home agent looks at before it sends a node elsewhere")
struct HomeAgentTurnAwayTests {
    private static let other = IPv4Address(192, 0, 2, 2)
    private static let order = DrainOrder(homeAgents: [other], text: "moved to another site")

    @Test("A request with a care-of address or a UDP tunnel request that no home agent accepts is refused with 134")
    func form() throws {
        let changes: [(inout Request) -> Void] = [
            { $0.careOfAddress = IPv4Address(224, 0, 0, 1) }, { $0.careOfAddress = Lab.home },
            { ($0.flags, $0.before) = ([], [144, 6, 0, 0, 0, 0, 0, 0]) },
        ]
        for field in [.zero, Lab.homeAgent.address] as [IPv4Address] {
            for change in changes {
                var bench = Bench(Lab.homeAgentConfiguration())
                bench.drain(Self.order)
                let request = Request(bench) {
                    $0.homeAgent = field
                    change(&$0)
                }
                #expect(try Reply(bench.receive(request.octets))?.code == 134)
            }
        }
    }

    @Test("A node that has yet to get its first nonce is redirected or denied at once, without a text, and gets no address")
    func newcomer() throws {
        let (alice, bob) = (try #require(Lab.alice), try #require(NetworkAccessIdentifier("bob@example.net")))
        let pool = try #require(IPv4AddressRange("192.0.2.50-192.0.2.50"))
        for (field, code) in [(.zero, 143), (Lab.homeAgent.address, 129)] as [(IPv4Address, UInt8)] {
            var bench = Bench(
                Lab.homeAgentConfiguration([
                    Lab.association(.nai(alice), replay: .nonces), Lab.association(.nai(bob)),
                ]) { $0.addressPool = [pool] })
            bench.drain(Self.order)
            let request = Request(bench) { ($0.homeAgent, $0.homeAddress, $0.nai) = (field, .zero, alice) }
            // A copy is answered as the request is, and changes nothing either.
            for _ in 1...2 {
                let sent = bench.receive(request.octets)
                #expect(try Reply(sent)?.code == code)
                #expect(sent?.payload.redirection == (code == 143 ? Self.other : nil))
                #expect(sent?.payload.messages(by: 1) == [])
            }
            #expect(bench.mobileNodes.isEmpty)
            bench.endDrain()
            let reply = try Reply(bench.receive(Request(bench) { ($0.homeAddress, $0.nai) = (.zero, bob) }.octets))
            #expect(reply?.code == 0 && reply?.fixed.homeAddress == pool.first)
        }
    }

    @Test("A node with an unauthentic request gets no redirection, whether it uses nonces or not")
    func unauthentic() throws {
        let alice = try #require(Lab.alice)
        for replay in ReplayMethod.allCases {
            var bench = Bench(Lab.homeAgentConfiguration([Lab.association(.nai(alice), replay: replay)]))
            bench.drain(Self.order)
            let request = Request(bench) {
                ($0.homeAgent, $0.homeAddress, $0.nai) = (.zero, .zero, alice)
                $0.association = Lab.association(key: Lab.wrongKey)
            }
            #expect(try Reply(bench.receive(request.octets))?.code == 131)
        }
    }

    @Test("An agent with as many bindings as it may have does not report that it is full when it redirects for another reason")
    func fullForAnotherReason() throws {
        let bound = IPv4Address(192, 0, 2, 20)
        let association = Lab.association(.address(bound))
        for isDrained in [true, false] {
            var bench = Bench(
                Lab.homeAgentConfiguration([Lab.association(), association]) {
                    $0.settings.limits.maximumBindings = 1
                    if !isDrained { $0.redirects = [RedirectRule(homeAgents: [Self.other])] }
                })
            bench.receive(Request(bench) { ($0.homeAddress, $0.association) = (bound, association) }.octets)
            if isDrained { bench.drain(Self.order) }
            let sent = bench.receive(Request(bench) { $0.homeAgent = .zero }.octets)
            #expect(sent?.payload.redirection == Self.other)
            #expect(bench.events.map(\.kind) == [.registrationDenied])
        }
    }

    // MARK: - The wished home address

    /// The SPI of the node whose address is wished for: the same as that of the node that asks, or another one.
    private static let spis = [Lab.spi, Lab.foreignSPI]

    @Test("A node that asks for any home agent and wishes the address of another node gets another one", arguments: spis)
    func wish(_ spi: SecurityParameterIndex) throws {
        let (alice, bob) = (try #require(Lab.alice), try #require(NetworkAccessIdentifier("bob@example.net")))
        let ofBob = Lab.association(.nai(bob), spi: spi, key: Lab.wrongKey)
        let pool = try #require(IPv4AddressRange("192.0.2.50-192.0.2.51"))
        var bench = Bench(
            Lab.homeAgentConfiguration([Lab.association(.nai(alice)), ofBob, Lab.association(.address(Self.other), spi: spi)]) {
                $0.addressPool = [pool]
            })
        bench.receive(Request(bench) { ($0.homeAddress, $0.nai, $0.association) = (.zero, bob, ofBob) }.octets)
        #expect(bench.bindings.map(\.homeAddress) == [pool.first])
        let before = bench.bindings
        for wish in [pool.first, Self.other] {
            bench.advance(seconds: 1)
            let request = Request(bench) { ($0.homeAgent, $0.homeAddress, $0.nai) = (.zero, wish, alice) }
            let reply = try #require(try Reply(bench.receive(request.octets)))
            #expect(reply.code == 0)
            #expect(reply.fixed.homeAddress == IPv4Address(192, 0, 2, 51))
        }
        #expect(bench.bindings.count == 2 && bench.bindings.contains(before[0]))
        #expect(bench.violations.isEmpty)
    }

    @Test(
        "A node that signs with its own key and names the identifier of another one changes nothing of that one", arguments: spis)
    func impostor(_ spi: SecurityParameterIndex) throws {
        let (alice, bob) = (try #require(Lab.alice), try #require(NetworkAccessIdentifier("bob@example.net")))
        let ofBob = Lab.association(.nai(bob), spi: spi, key: Lab.wrongKey)
        let pool = try #require(IPv4AddressRange("192.0.2.50-192.0.2.51"))
        let ims = try #require(ServiceIdentifier("ims"))
        var bench = Bench(
            Lab.homeAgentConfiguration([Lab.association(.nai(alice)), ofBob]) {
                $0.addressPool = [pool]
                $0.services = [ServicePolicy(ims)]
            })
        bench.receive(Request(bench) { ($0.homeAddress, $0.nai, $0.association) = (.zero, bob, ofBob) }.octets)
        bench.receive(Request(bench) { ($0.homeAddress, $0.nai) = (.zero, alice) }.octets)
        let before = bench.bindings
        #expect(before.count == 2)
        let own = try #require(before.first { $0.nai == alice }?.homeAddress)
        for field in [.zero, Lab.homeAgent.address] as [IPv4Address] {
            bench.advance(seconds: 1)
            let request = Request(bench) {
                ($0.homeAgent, $0.homeAddress, $0.nai, $0.careOfAddress) = (field, own, bob, Lab.otherCareOf)
                $0.before = [151, 4] + Array("none".utf8)
            }
            // With equal SPIs, bob's own key is the one that the request does not match.
            #expect([129, 131].contains(try Reply(bench.receive(request.octets))?.code))
            #expect(bench.bindings == before)
        }
    }

    @Test("A node that names this home agent may not use the address of another node")
    func claim() throws {
        let (alice, bob) = (try #require(Lab.alice), try #require(NetworkAccessIdentifier("bob@example.net")))
        let ofBob = Lab.association(.nai(bob), key: Lab.wrongKey)
        let pool = try #require(IPv4AddressRange("192.0.2.50-192.0.2.51"))
        var bench = Bench(Lab.homeAgentConfiguration([Lab.association(.nai(alice)), ofBob]) { $0.addressPool = [pool] })
        bench.receive(Request(bench) { ($0.homeAddress, $0.nai, $0.association) = (.zero, bob, ofBob) }.octets)
        let request = Request(bench) { ($0.homeAddress, $0.nai) = (pool.first, alice) }
        #expect(try Reply(bench.receive(request.octets))?.code == 131)
        #expect(bench.bindings.count == 1)
    }
}
