import AgentModel
import MobileIPv4
import Testing

@testable import DataPlane

@Suite("ICMP errors about datagrams in tunnels")
struct TunnelErrorTests {
    private static let local = address("192.0.2.1")
    private static let remote = address("203.0.113.5")
    private static let home = address("10.0.0.77")
    private static let second: Int64 = 1_000_000_000

    /// An outer datagram as the data plane sends it.
    private static func sent(
        _ length: Int, in encapsulation: Encapsulation, dontFragment: Bool = true, to destination: IPv4Address = home
    ) throws -> [UInt8] {
        let inner = IPv4Header(
            totalLength: length - (encapsulation == .gre ? 24 : encapsulation == .minEnc ? 12 : 20), dontFragment: dontFragment,
            timeToLive: 60, protocolNumber: 6, source: address("198.51.100.9"), destination: destination)
        return try encapsulate(datagram(inner), as: encapsulation, local: local, remote: remote)
    }

    /// The error of a router about a datagram, quoting this many octets of it.
    private static func error(about quoted: [UInt8], octets: Int = 548, mtu: Int, to source: IPv4Address = local) -> [UInt8] {
        let quoted = Array(quoted.prefix(octets))
        var message: [UInt8] = [3, 4, 0, 0, 0, 0, UInt8(mtu >> 8), UInt8(mtu & 0xFF)] + quoted
        let checksum = InternetChecksum.compute(message.span.bytes)
        message.replaceSubrange(2..<4, with: [UInt8(checksum >> 8), UInt8(checksum & 0xFF)])
        var whole = datagram(
            IPv4Header(
                totalLength: 20 + message.count, timeToLive: 60, protocolNumber: 1, source: address("198.18.0.1"),
                destination: source))
        whole.replaceSubrange(20..., with: message)
        return whole
    }

    private static func read(_ octets: [UInt8]) -> TunnelError? { TunnelError(octets.span.bytes) }

    /// A home agent's table with one binding through which a datagram of 1500 octets has been sent at second 100.
    private static func table(_ encapsulation: Encapsulation, length: Int = 1500) -> ForwardingTable {
        var table = ForwardingTable()
        let tunnel = MobilityTunnelKey(localAddress: local, remoteAddress: remote, encapsulation: encapsulation)
        table.set(
            HomeForwarding(
                homeAddress: home, destinations: [.init(tunnel: tunnel, acceptsReverse: false)], homeInterface: nil))
        table.setRoute(mtu: 1500, tunnel: 0, at: 100 * second)
        table.noteSent(length, tunnel: 0, at: 100 * second)
        return table
    }

    @Test(
        "An error about a datagram that was sent lowers the path MTU of its tunnel, however much it quotes",
        arguments: Encapsulation.allCases, [28, 40, 44, 128, 548])
    func believed(encapsulation: Encapsulation, octets: Int) throws {
        var table = Self.table(encapsulation)
        let error = try #require(Self.read(Self.error(about: Self.sent(1500, in: encapsulation), octets: octets, mtu: 1400)))
        #expect(error.length == 1500 && error.reportedMTU == 1400)
        #expect(table.handle(error, at: 101 * Self.second) == .lowered)
        #expect(table.tunnels[0].path.octets == 1400)
        #expect(table.handle(error, at: 102 * Self.second) == .unchanged)
    }

    @Test("In a tunnel of minimal encapsulation, an error about IP in IP counts too")
    func carrier() throws {
        var table = Self.table(.minEnc)
        let error = try #require(Self.read(Self.error(about: Self.sent(1500, in: .ipInIp), mtu: 1400)))
        #expect(table.handle(error, at: 101 * Self.second) == .lowered)
    }

    @Test("An error is not read when it cannot be about a datagram of a tunnel")
    func unreadable() throws {
        let sent = try Self.sent(1500, in: .ipInIp)
        let valid = Self.error(about: sent, mtu: 1400)
        #expect(Self.read(valid) != nil)
        #expect(Self.read(Self.error(about: try Self.sent(1500, in: .ipInIp, dontFragment: false), mtu: 1400)) == nil)
        #expect(Self.read(Self.error(about: sent, mtu: 1500)) == nil, "it fits")
        #expect(Self.read(Self.error(about: sent, mtu: 1400, to: address("192.0.2.9"))) == nil, "sent to another machine")
        #expect(Self.read(Self.error(about: sent, octets: 27, mtu: 1400)) == nil, "too short a quotation")
        for index in [20, 21, 22, 50, valid.count - 1] {
            var changed = valid
            changed[index] ^= 1
            #expect(Self.read(changed) == nil, "a wrong checksum, or another message")
        }
        var inner = sent
        inner[22] ^= 1
        #expect(Self.read(Self.error(about: inner, mtu: 1400)) == nil, "an inner length that does not fit the outer one")
        for length in 0..<valid.count { _ = Self.read(Array(valid[..<length])) }
    }

    @Test("An error about a datagram that was not sent is disbelieved")
    func forged() throws {
        func effect(_ quoted: [UInt8], after seconds: Int64 = 1) throws -> PathMTU.Effect? {
            var table = Self.table(.ipInIp)
            let error = try #require(Self.read(Self.error(about: quoted, mtu: 600)))
            return table.handle(error, at: (100 + seconds) * Self.second)
        }
        #expect(try effect(Self.sent(1500, in: .ipInIp)) == .lowered)
        #expect(try effect(Self.sent(1499, in: .ipInIp)) == .disbelieved, "no datagram had this length")
        #expect(try effect(Self.sent(1500, in: .ipInIp), after: 20) == .disbelieved, "it was sent long ago")
        #expect(try effect(Self.sent(1500, in: .ipInIp, to: address("10.0.0.78"))) == .disbelieved, "a stranger's datagram")
        #expect(try effect(Self.sent(1500, in: .gre)) == nil, "no tunnel of this encapsulation")
    }
}

@Suite("The path MTU of a tunnel")
struct PathMTUValueTests {
    private static let second: Int64 = 1_000_000_000

    private static func path(route: Int = 1500, sent: Int = 1500) -> PathMTU {
        var path = PathMTU(assumed: 1500)
        path.set(route: route, at: 0)
        path.noteSent(sent, at: 0)
        return path
    }

    @Test("One error lowers it no further than 576, and what it reports below that needs a second one about a smaller datagram")
    func floor() {
        var path = Self.path()
        #expect(path.lower(to: 68, about: 1500, at: Self.second) == .lowered)
        #expect(path.octets == 576)
        #expect(path.lower(to: 68, about: 1500, at: 2 * Self.second) == .unchanged)
        path.noteSent(560, at: 2 * Self.second)
        #expect(path.lower(to: 296, about: 560, at: 3 * Self.second) == .lowered)
        #expect(path.octets == 296)
        path.noteSent(290, at: 3 * Self.second)
        #expect(path.lower(to: 20, about: 290, at: 4 * Self.second) == .lowered)
        #expect(path.octets == 68)
    }

    @Test("A router that does not report its MTU lowers it by one step", arguments: [(1500, 1492), (1400, 1280), (577, 576)])
    func unreported(length: Int, expected: Int) {
        var path = Self.path(sent: length)
        #expect(path.lower(to: 0, about: length, at: Self.second) == .lowered)
        #expect(path.octets == expected)
    }

    /// Queries the route every second and returns the path MTU after each of them in which it has changed.
    private static func steps(_ path: inout PathMTU, seconds: ClosedRange<Int64>) -> [Int64: Int] {
        var steps: [Int64: Int] = [:]
        for now in seconds {
            let before = path.octets
            path.set(route: 1500, at: now * second)
            if path.octets != before { steps[now] = path.octets }
        }
        return steps
    }

    @Test("After a minute it is raised step by step until it is the route's again")
    func raised() {
        var path = Self.path()
        _ = path.lower(to: 576, about: 1500, at: 0)
        #expect(Self.steps(&path, seconds: 1...200) == [60: 1006, 70: 1280, 80: 1400, 90: 1492, 100: 1500])
    }

    @Test("While the path stays narrow, attempts become rarer, at most ten minutes apart, and each costs one datagram")
    func narrow() {
        var path = Self.path()
        _ = path.lower(to: 1400, about: 1500, at: 0)
        var attempts: [Int64] = []
        for now in Int64(1)...3000 {
            path.set(route: 1500, at: now * Self.second)
            guard path.octets > 1400 else { continue }
            attempts.append(now)
            path.noteSent(path.octets, at: now * Self.second)
            #expect(path.lower(to: 1400, about: path.octets, at: now * Self.second + 1) == .lowered)
        }
        #expect(zip(attempts.dropFirst(), attempts).map { $0 - $1 } == [121, 241, 481, 601, 601, 601])
    }

    @Test("Two errors within a tenth of a second have the effect of one")
    func limited() {
        var path = Self.path()
        #expect(path.lower(to: 1400, about: 1500, at: Self.second) == .lowered)
        #expect(path.lower(to: 1300, about: 1500, at: Self.second + 1) == .disbelieved)
        #expect(path.lower(to: 1300, about: 1500, at: 2 * Self.second) == .lowered)
    }

    @Test("It follows a route that becomes narrower or wider, and never exceeds it")
    func route() {
        var path = Self.path()
        path.set(route: 1000, at: Self.second)
        #expect(path.octets == 1000)
        path.set(route: 9000, at: 2 * Self.second)
        #expect(path.octets == 9000)
        path.noteSent(9000, at: 2 * Self.second)
        _ = path.lower(to: 1500, about: 9000, at: 3 * Self.second)
        path.set(route: 1200, at: 4 * Self.second)
        #expect(path.octets == 1200)
        path.set(route: nil, at: 5 * Self.second)
        #expect(path.octets == 1200)
    }

    @Test("The last four lengths are remembered, each for ten seconds after it was last sent")
    func lengths() {
        var sent = SentLengths()
        for length in 1000..<1005 { sent.note(length, at: Self.second * 2 * Int64(length - 999)) }
        #expect((999..<1006).filter { sent.contains($0, at: 10 * Self.second) } == [1001, 1002, 1003, 1004])
        sent.note(1001, at: 18 * Self.second)
        #expect((999..<1006).filter { sent.contains($0, at: 20 * Self.second) } == [1001, 1004])
        #expect(!SentLengths().contains(0, at: 0))
    }
}
