import AgentDaemon
import AgentModel
import Foundation
import MIPTesting
import ManagementCore
import MobileIPv4
import MobilityLink
import Testing

/// Sends ICMP errors that quote what a test chooses.
private final class ErrorSender {
    private let descriptor: Int32

    /// Nil when this user may not open a raw socket.
    init?() {
        let opened = socket(AF_INET, Int32(SOCK_RAW.rawValue), Int32(IPPROTO_ICMP))
        guard opened >= 0 else { return nil }
        _ = Self.withAddress(IPv4Address(127, 99, 9, 9)) { bind(opened, $0, $1) }
        descriptor = opened
    }

    deinit { close(descriptor) }

    static var isPossible: Bool { ErrorSender() != nil }

    private static func withAddress<R>(_ address: IPv4Address, _ body: (UnsafePointer<sockaddr>, socklen_t) -> R) -> R {
        var name = sockaddr_in()
        name.sin_family = sa_family_t(AF_INET)
        name.sin_addr.s_addr = address.rawValue.bigEndian
        return withUnsafePointer(to: &name) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
        }
    }

    /// A port unreachable error about a datagram of `payload`, which quotes this many bytes of UDP.
    func send(
        about payload: [UInt8], from source: TransportEndpoint, to destination: TransportEndpoint, quoting octets: Int = 32,
        length: Int? = nil
    ) {
        func words(_ values: [Int]) -> [UInt8] { values.flatMap { [UInt8($0 >> 8 & 0xFF), UInt8($0 & 0xFF)] } }
        func address(_ address: IPv4Address) -> [UInt8] { words([Int(address.rawValue >> 16), Int(address.rawValue & 0xFFFF)]) }
        let length = length ?? 8 + payload.count
        var quote = words([0x4500, 20 + length, 7, 0, 60 << 8 | 17, 0]) + address(source.address) + address(destination.address)
        quote += (words([Int(source.port), Int(destination.port), length, 0]) + payload).prefix(octets)
        var message = words([3 << 8 | 3, 0, 0, 0]) + quote
        let checksum = InternetChecksum.compute(message.span.bytes)
        message.replaceSubrange(2..<4, with: words([Int(checksum)]))
        _ = Self.withAddress(source.address) { sendto(descriptor, message, message.count, 0, $0, $1) }
    }
}

@Suite(
    "ICMP errors about what an agent sends",
    .enabled(if: ErrorSender.isPossible, "needs CAP_NET_RAW"))
struct ForgedErrorTests {
    /// How many errors the foreign agent has ignored and accepted.
    private static func errors(_ mirror: ManagedAgent) -> [UInt64]? {
        mirror.state().counters.foreignAgent.map { [$0.icmpErrorsIgnored, $0.icmpErrorsAccepted] }
    }

    @Test("Errors with a plausible header refuse nobody; one that quotes a request refuses only that one")
    func forged() async throws {
        let sender = try #require(ErrorSender())
        let setting = try Setting()
        // A home agent that receives requests and answers none.
        let silent = UDPClient(address: IPv4Address(127, 66, 0, 9), port: setting.home.port)
        try await setting.serving(withForeignAgent: true) { mirror in
            var relayed: [[UInt8]] = []
            let nodes = ([1, 2, 3] as [UInt8]).map { number in
                var node = setting.node(number, homeAgent: silent.endpoint.address)
                node.careOfAddress = IPv4Address(127, 0, 0, 1)
                return node
            }
            for node in nodes {
                node.socket.send(node.request(flags: []), to: setting.foreign)
                let one = try await silent.receive()
                relayed.append(one)
            }
            // Of one length that was never sent, of the right length without an identification, and with a wrong identification.
            sender.send(about: [], from: setting.foreign, to: silent.endpoint, length: 80)
            sender.send(about: relayed[0], from: setting.foreign, to: silent.endpoint, quoting: 8)
            var changed = relayed[0]
            changed[23] ^= 1
            sender.send(about: changed, from: setting.foreign, to: silent.endpoint)
            // From a port that is not the agent's: not even counted.
            sender.send(about: relayed[0], from: TransportEndpoint(setting.foreign.address, port: 1), to: silent.endpoint)
            try await eventually("three errors ignored") { Self.errors(mirror) == [3, 0] }
            #expect(mirror.state().pendingRegistrations.count == 3)

            sender.send(about: relayed[1], from: setting.foreign, to: silent.endpoint)
            let answer = try await nodes[1].socket.receive()
            let reply = try RegistrationReply(decoding: answer.span.bytes)
            #expect(reply.code == .faHomeAgentPortUnreachable)
            try await eventually("one error accepted") { Self.errors(mirror) == [3, 1] }
            #expect(nodes[0].socket.receiveNow() == nil && nodes[2].socket.receiveNow() == nil)
            try await eventually("two pending requests") { mirror.state().pendingRegistrations.count == 2 }
        }
    }

    @Test("An ICMP error does not make a socket refuse the next datagram")
    func nextDatagram() throws {
        let socket = try UDPSocket(bindingTo: TransportEndpoint(IPv4Address(127, 0, 0, 1), port: 0), receiveBuffer: 65_536)
        let open = UDPClient()
        let closed = TransportEndpoint(IPv4Address(127, 0, 0, 1), port: freePort())
        for _ in 0..<3 {
            #expect(socket.send([1], to: closed, from: .zero, interface: 0) == 0)
            #expect(socket.send([1], to: open.endpoint, from: .zero, interface: 0) == 0)
        }
    }

    @Test("Where a socket reports ICMP errors, they do not count as refusals of other datagrams")
    func otherDatagrams() throws {
        let local = TransportEndpoint(IPv4Address(127, 0, 0, 1), port: 0)
        let socket = try UDPSocket(bindingTo: local, receiveBuffer: 65_536, reportsErrors: true)
        let closed = TransportEndpoint(IPv4Address(127, 0, 0, 1), port: freePort())
        let datagrams = (0..<64).map { OutgoingDatagram(source: local, destination: closed, payload: [UInt8($0)]) }
        var codes: Set<Int32> = []
        // Every datagram that is sent leaves an error for the next one.
        socket.send(datagrams[...]) { codes.insert($1) }
        #expect(codes.isEmpty)
        let nowhere = OutgoingDatagram(
            source: local, destination: TransportEndpoint(IPv4Address(203, 0, 113, 1), port: 9), payload: [1])
        socket.send([nowhere]) { codes.insert($1) }
        #expect(
            codes.isSubset(of: [EINVAL, ENETUNREACH]) && !codes.isEmpty,
            "127.0.0.1 cannot be the source of what leaves the machine")
    }
}
