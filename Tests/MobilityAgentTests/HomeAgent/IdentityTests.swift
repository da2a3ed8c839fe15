import AgentModel
import MIPTesting
import MobileIPv4
import MobilityAgent
import Testing

@Suite struct IdentityTests {
    private static func nai(_ text: String) throws -> NetworkAccessIdentifier { try #require(NetworkAccessIdentifier(text)) }
    private static func prefix(_ text: String) throws -> IPv4Prefix { try #require(IPv4Prefix(text)) }
    private static func pool(_ text: String) throws -> IPv4AddressRange { try #require(IPv4AddressRange(text)) }

    /// A request without a home address.
    private static func asking(_ nai: NetworkAccessIdentifier, _ bench: Bench, _ key: AuthenticationKey = Lab.key) -> [UInt8] {
        Request(bench) {
            $0.homeAddress = .zero
            $0.nai = nai
            $0.association = Lab.association(key: key)
        }.octets
    }

    @Test("The longest prefix that contains an address determines the key, unless the address has its own association")
    func longestPrefix() throws {
        let keys = (0..<3).map { AuthenticationKey(octets: Array(repeating: UInt8($0), count: 16)) }
        let configuration = Lab.homeAgentConfiguration([
            Lab.association(.prefix(try Self.prefix("192.0.2.0/24")), key: keys[0]),
            Lab.association(.prefix(try Self.prefix("192.0.2.64/26")), key: keys[1]),
            Lab.association(.address(IPv4Address(192, 0, 2, 65)), key: keys[2]),
        ])
        for (last, right) in [(10, 0), (64, 1), (127, 1), (65, 2), (128, 0)] as [(UInt8, Int)] {
            for (index, key) in keys.enumerated() {
                var bench = Bench(configuration)
                let sent = bench.receive(
                    Request(bench) {
                        $0.homeAddress = IPv4Address(192, 0, 2, last)
                        $0.association = Lab.association(key: key)
                    }.octets)
                // 192.0.2.64 is a host of the /24 that it belongs to.
                #expect(try Reply(sent)?.code == (index == right ? 0 : 131), "192.0.2.\(last) with key \(index)")
            }
        }
    }

    @Test("A node that requests an address by NAI gets its fixed address, and the NAI in the reply")
    func fixedAddress() throws {
        let alice = try Self.nai("alice@example.net")
        var bench = Bench(Lab.homeAgentConfiguration([Lab.association(.nai(alice))]) { $0.addressesByNAI = [alice: Lab.home] })
        let reply = try #require(try Reply(bench.receive(Self.asking(alice, bench))))
        #expect(reply.code == 0)
        #expect(reply.fixed.homeAddress == Lab.home)
        #expect(reply.scan.nai == alice)
        #expect(bench.bindings.first?.nai == alice)
        #expect(bench.bindings.first?.homeAddress == Lab.home)
        #expect(bench.mobileNodes.first?.nai == alice)
    }

    @Test("A node that requests an address by NAI gets one from the pool and keeps it, whatever happens in between")
    func pool() throws {
        let names = try ["a@x", "b@x", "c@x"].map(Self.nai)
        let range = try Self.pool("192.0.2.50-192.0.2.51")
        var bench = Bench(Lab.homeAgentConfiguration(names.map { Lab.association(.nai($0)) }) { $0.addressPool = [range] })
        func ask(_ name: Int) throws -> Reply? {
            bench.advance(seconds: 1)
            return try Reply(bench.receive(Self.asking(names[name], bench)))
        }
        #expect(try ask(0)?.fixed.homeAddress == IPv4Address(192, 0, 2, 50))
        #expect(try ask(1)?.fixed.homeAddress == IPv4Address(192, 0, 2, 51))
        let refused = try #require(try ask(2))
        #expect(refused.code == 130)
        #expect(refused.fixed.homeAddress == .zero)
        bench.advance(seconds: 3600)
        #expect(bench.bindings.isEmpty)
        #expect(try ask(1)?.fixed.homeAddress == IPv4Address(192, 0, 2, 51))
        #expect(try ask(0)?.fixed.homeAddress == IPv4Address(192, 0, 2, 50))
    }

    @Test("The pool skips addresses that belong to others")
    func poolSkips() throws {
        let alice = try Self.nai("alice@example.net")
        let bob = try Self.nai("bob@example.net")
        let range = try Self.pool("192.0.2.1-192.0.2.4")
        var bench = Bench(
            Lab.homeAgentConfiguration([
                Lab.association(.nai(alice)), Lab.association(.address(IPv4Address(192, 0, 2, 2))),
            ]) {
                $0.addressPool = [range]
                $0.addressesByNAI = [bob: IPv4Address(192, 0, 2, 3)]
            })
        #expect(try Reply(bench.receive(Self.asking(alice, bench)))?.fixed.homeAddress == IPv4Address(192, 0, 2, 4))
    }

    @Test("A node that requests an address by NAI where none are assigned is denied with 129")
    func noAssignment() throws {
        let alice = try Self.nai("alice@example.net")
        var bench = Bench(Lab.homeAgentConfiguration([Lab.association(.nai(alice))]))
        #expect(try Reply(bench.receive(Self.asking(alice, bench)))?.code == 129)
    }

    @Test("A node cannot use its key for another node's address")
    func hijack() throws {
        let alice = try Self.nai("alice@example.net")
        let bob = try Self.nai("bob@example.net")
        let bobs = IPv4Address(192, 0, 2, 20)
        var bench = Bench(
            Lab.homeAgentConfiguration([
                Lab.association(.nai(alice)), Lab.association(.nai(bob), key: Lab.foreignKey),
                Lab.association(.address(IPv4Address(192, 0, 2, 30)), key: Lab.foreignKey),
            ]) { $0.addressesByNAI = [bob: bobs] })
        func claim(_ address: IPv4Address) throws -> UInt8? {
            let sent = bench.receive(
                Request(bench) {
                    $0.homeAddress = address
                    $0.nai = alice
                }.octets)
            bench.advance(seconds: 1)
            return try Reply(sent)?.code
        }
        #expect(try claim(bobs) == 131)
        #expect(try claim(IPv4Address(192, 0, 2, 30)) == 131)
        #expect(try claim(Lab.home) == 0)
        #expect(try claim(IPv4Address(192, 0, 2, 40)) == 129)
        #expect(bench.bindings.map(\.homeAddress) == [Lab.home])
    }

    @Test("A violator without home address is identified by its NAI, else by its source address")
    func violator() throws {
        let alice = try Self.nai("alice@example.net")
        var bench = Bench(Lab.homeAgentConfiguration())
        bench.receive(Self.asking(alice, bench))
        bench.receive(Request(bench) { $0.homeAddress = .zero }.octets)
        #expect(bench.violations.map(\.violator) == [.nai(alice), .address(Lab.careOf)])
        #expect(bench.home.discards[.noSecurityAssociation] == 2)
    }

    @Test("The table of violators stays bounded; the one quiet for longest is evicted")
    func violatorsBounded() {
        var configuration = Lab.homeAgentConfiguration()
        configuration.maximumViolators = 3
        var bench = Bench(configuration)
        func offend(_ last: UInt8) { bench.receive(Request(bench) { $0.homeAddress = IPv4Address(192, 0, 2, last) }.octets) }
        for last in [20, 21, 22, 20] as [UInt8] { offend(last) }
        offend(23)
        #expect(bench.effects.changes.first == .violationRemoved(.address(IPv4Address(192, 0, 2, 21))))
        #expect(Set(bench.violations.map(\.violator.description)) == ["192.0.2.20", "192.0.2.22", "192.0.2.23"])
        #expect(bench.violations.first { $0.violator == .address(IPv4Address(192, 0, 2, 20)) }?.count == 2)
        #expect(bench.agent.counters.securityViolations == 5)
    }

    @Test("A flood of bad messages is counted completely and published in part")
    func alarmsBounded() {
        var configuration = Lab.homeAgentConfiguration()
        configuration.maximumAlarmsPerSecond = 10
        var bench = Bench(configuration)
        var reported = 0
        for _ in 0..<100 {
            bench.receive(Request(bench) { $0.homeAddress = IPv4Address(192, 0, 2, 20) }.octets)
            reported += bench.events.count
        }
        #expect(reported == 10)
        #expect(bench.agent.counters.eventsSuppressed == 90)
        #expect(bench.agent.counters.securityViolations == 100)
        bench.advance(seconds: 1)
        bench.receive(Request(bench) { $0.homeAddress = IPv4Address(192, 0, 2, 20) }.octets)
        #expect(bench.events.count == 1)
    }

    @Test("The table of mobile nodes stays bounded; nodes with a binding stay")
    func nodesBounded() throws {
        let network = try Self.prefix("192.0.2.0/24")
        var bench = Bench(
            Lab.homeAgentConfiguration([Lab.association(.prefix(network))]) {
                $0.maximumMobileNodes = 3
                $0.settings.limits.maximumBindings = 3
            })
        func register(_ last: UInt8, lifetime: UInt16 = 600) throws -> UInt8? {
            bench.advance(seconds: 1)
            return try Reply(
                bench.receive(
                    Request(bench) {
                        $0.homeAddress = IPv4Address(192, 0, 2, last)
                        $0.lifetime = lifetime
                    }.octets))?.code
        }
        #expect(try register(20) == 0)
        for last in 21...40 as ClosedRange<UInt8> {
            #expect(try register(last) == 0)
            #expect(try register(last, lifetime: 0) == 0)
        }
        #expect(Set(bench.mobileNodes.map(\.homeAddress.octets.3)) == [20, 39, 40])
        #expect(try register(41) == 0)
        #expect(try register(42) == 0)
        #expect(try register(43) == 130)
        #expect(Set(bench.bindings.map(\.homeAddress.octets.3)) == [20, 41, 42])
    }

    @Test("An unauthenticated node evicts no one from the table of mobile nodes")
    func strangersTakeNoRoom() throws {
        let network = try Self.prefix("192.0.2.0/24")
        var bench = Bench(
            Lab.homeAgentConfiguration([Lab.association(.prefix(network))]) {
                $0.maximumMobileNodes = 2
                $0.settings.limits.maximumBindings = 2
            })
        bench.receive(Request(bench) { $0.lifetime = 0 }.octets)
        for last in 100...110 as ClosedRange<UInt8> {
            bench.receive(
                Request(bench) {
                    $0.homeAddress = IPv4Address(192, 0, 2, last)
                    $0.association = Lab.association(key: Lab.wrongKey)
                }.octets)
        }
        #expect(Set(bench.mobileNodes.map(\.homeAddress.octets.3)) == [10])
    }
}
