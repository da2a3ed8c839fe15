import AgentModel
import MobileIPv4
import MobilityAgent
import Testing

@Suite("ICMP errors about relayed requests")
struct UnreachableTests {
    private static let codes = Array(zip(HomeAgentUnreachable.allCases, [80, 81, 82, 88] as [UInt8]))

    /// A foreign agent with requests of several nodes that wait for one home agent, and what was sent for each.
    private static func waiting(_ count: UInt8) -> (bench: Bench, sent: [OutgoingDatagram]) {
        // A home agent that the operator lists, since little is relayed to others that have never answered.
        let listed = IPv4Prefix(containing: Lab.homeAgent.address, length: 32)
        var bench = Bench(Lab.foreignAgentConfiguration { $0.homeAgents = [listed].compactMap(\.self) })
        var sent: [OutgoingDatagram] = []
        for number in 0..<count {
            let home = IPv4Address(192, 0, 2, 10 + number)
            let request = Request(visiting: bench) {
                $0.homeAddress = home
                $0.association = Lab.association(.address(home))
            }
            if let relayed = bench.receive(request.octets, from: TransportEndpoint(home, port: 5001), to: Lab.foreignAgent) {
                sent.append(relayed)
            }
        }
        return (bench, sent)
    }

    private static func quote(
        _ sent: OutgoingDatagram, octets: Int = 24, _ change: (inout QuotedRequest) -> Void = { _ in }
    ) -> QuotedRequest {
        var quoted = QuotedRequest(
            source: sent.source, destination: sent.destination, length: UInt16(8 + sent.payload.count),
            payload: Array(sent.payload.prefix(octets)))
        change(&quoted)
        return quoted
    }

    @Test("An error denies the request that it quotes, with the code of the error, and no other", arguments: codes)
    func one(unreachable: HomeAgentUnreachable, code: UInt8) throws {
        var (bench, sent) = Self.waiting(3)
        bench.reportUnreachable(unreachable, quoting: Self.quote(sent[1]))
        #expect(bench.effects.datagrams.count == 1)
        let reply = try #require(try Reply(bench.effects.datagrams.first))
        #expect(reply.code == code && reply.fixed.homeAddress == IPv4Address(192, 0, 2, 11))
        #expect(bench.pending.map(\.homeAddress) == [IPv4Address(192, 0, 2, 10), IPv4Address(192, 0, 2, 12)])
        #expect(bench.foreign.icmpErrorsAccepted == 1 && bench.foreign.icmpErrorsIgnored == 0)
    }

    /// Quotations that differ from what was sent.
    private static let forgeries: [(String, @Sendable (inout QuotedRequest) -> Void)] = [
        ("another source port", { $0.source.port = 435 }),
        ("another source address", { $0.source.address = Lab.otherCareOf }),
        ("another destination port", { $0.destination.port = 435 }),
        ("another destination address", { $0.destination.address = Lab.otherCareOf }),
        ("another length", { $0.length = $0.length.map { $0 + 1 } }),
        ("another low identification", { $0.payload[23] ^= 1 }),
        ("another high identification", { $0.payload[16] ^= 1 }),
        ("another home address", { $0.payload[7] ^= 1 }),
        ("a reply", { $0.payload[0] = 3 }),
        ("only a length", { ($0.length, $0.payload) = ($0.length.map { $0 - 8 }, []) }),
        ("neither length nor identification", { ($0.length, $0.payload) = (nil, Array($0.payload.prefix(16))) }),
    ]

    @Test("An error that quotes no waiting request has no effect and is counted", arguments: forgeries.map(\.0))
    func forged(what: String) throws {
        let change = try #require(Self.forgeries.first { $0.0 == what }).1
        var (bench, sent) = Self.waiting(1)
        bench.reportUnreachable(.port, quoting: Self.quote(sent[0], change))
        #expect(bench.effects.isEmpty)
        #expect(bench.pending.count == 1)
        #expect(bench.foreign.icmpErrorsIgnored == 1 && bench.foreign.icmpErrorsAccepted == 0)
    }

    @Test("The identification is enough where the UDP header is not reported")
    func withoutLength() throws {
        var (bench, sent) = Self.waiting(2)
        bench.reportUnreachable(.host, quoting: Self.quote(sent[0]) { $0.length = nil })
        #expect(bench.pending.map(\.homeAddress) == [IPv4Address(192, 0, 2, 11)])
    }

    @Test("Eight octets of UDP are enough when only one request has that length, and not when several do")
    func shortQuotation() throws {
        var (bench, sent) = Self.waiting(1)
        bench.reportUnreachable(.host, quoting: Self.quote(sent[0], octets: 0))
        #expect(bench.pending.isEmpty)
        (bench, sent) = Self.waiting(2)
        bench.reportUnreachable(.host, quoting: Self.quote(sent[0], octets: 0))
        #expect(bench.pending.count == 2)
        #expect(bench.foreign.icmpErrorsIgnored == 1)
    }

    /// The UDP checksum of a datagram.
    private static func checksum(_ sent: OutgoingDatagram) -> UInt16 {
        var covered: [UInt8] = []
        let length = UInt16(8 + sent.payload.count)
        for address in [sent.source.address, sent.destination.address] {
            covered += [address.octets.0, address.octets.1, address.octets.2, address.octets.3]
        }
        for field in [17, length, 434, 434, length, 0] as [UInt16] { covered += [UInt8(field >> 8), UInt8(field & 0xFF)] }
        covered += sent.payload
        return InternetChecksum.compute(covered.span.bytes)
    }

    @Test("Few errors that fit several requests are examined in a second, and each is compared with few of these")
    func manyAlike() throws {
        var (bench, _) = Self.waiting(0)
        let sent = (10..<40).compactMap { number in
            let request = Request(visiting: bench) {
                ($0.homeAddress, $0.nai) = (.zero, NetworkAccessIdentifier("\(number)@example.net"))
            }
            return bench.receive(request.octets, from: Lab.visitor, to: Lab.foreignAgent)
        }
        #expect(bench.pending.count == 30)
        for _ in 0..<10 { bench.reportUnreachable(.host, quoting: Self.quote(sent[0]) { $0.checksum = 0 }) }
        bench.reportUnreachable(.host, quoting: Self.quote(sent[0]) { $0.checksum = Self.checksum(sent[0]) })
        #expect(bench.pending.count == 30)
        bench.advance(seconds: 1)
        bench.reportUnreachable(.host, quoting: Self.quote(sent[0]) { $0.checksum = Self.checksum(sent[0]) })
        #expect(bench.pending.count == 29)
        bench.reportUnreachable(.host, quoting: Self.quote(sent[29]) { $0.checksum = Self.checksum(sent[29]) })
        #expect(bench.pending.count == 29)
        #expect(bench.foreign.icmpErrorsAccepted == 1 && bench.foreign.icmpErrorsIgnored == 12)
    }

    @Test("Of several requests with that length, the final checksum identifies one")
    func checksum() throws {
        var (bench, sent) = Self.waiting(3)
        let checksum = Self.checksum(sent[2])
        bench.reportUnreachable(.host, quoting: Self.quote(sent[2], octets: 0) { $0.checksum = checksum })
        #expect(bench.pending.map(\.homeAddress) == [IPv4Address(192, 0, 2, 10), IPv4Address(192, 0, 2, 11)])
    }

    @Test("At most ten short quotations are examined in a second, and whole ones still count")
    func limit() throws {
        var (bench, sent) = Self.waiting(1)
        for _ in 0..<10 { bench.reportUnreachable(.host, quoting: Self.quote(sent[0], octets: 0) { $0.length = 9 }) }
        bench.reportUnreachable(.host, quoting: Self.quote(sent[0], octets: 0))
        #expect(bench.pending.count == 1)
        bench.reportUnreachable(.host, quoting: Self.quote(sent[0]))
        #expect(bench.pending.isEmpty)
        #expect(bench.foreign.icmpErrorsIgnored == 11 && bench.foreign.icmpErrorsAccepted == 1)
    }

    @Test("At most a hundred errors deny a request in a second")
    func acceptedLimit() throws {
        var (bench, sent) = Self.waiting(120)
        for datagram in sent { bench.reportUnreachable(.host, quoting: Self.quote(datagram)) }
        #expect(bench.pending.count == 20)
        bench.advance(seconds: 1)
        for datagram in sent.suffix(20) { bench.reportUnreachable(.host, quoting: Self.quote(datagram)) }
        #expect(bench.pending.isEmpty)
    }

    @Test("A datagram that this machine refuses to send denies its own request only")
    func unsent() throws {
        var (bench, sent) = Self.waiting(2)
        bench.reportUnsent(sent[1], .network)
        #expect(try Reply(bench.effects.datagrams.first)?.code == 80)
        #expect(bench.pending.map(\.homeAddress) == [IPv4Address(192, 0, 2, 10)])
        #expect(bench.foreign.icmpErrorsAccepted == 0)
        var other = sent[0]
        other.payload.append(0)
        bench.reportUnsent(other, .network)
        #expect(bench.effects.isEmpty && bench.pending.count == 1)
    }
}
