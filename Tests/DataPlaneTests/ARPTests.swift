import MobileIPv4
import Testing

@testable import DataPlane

@Suite("ARP packets")
struct ARPTests {
    private let asking = LinkLayerAddress(2, 0, 0, 0, 0, 9)
    private let agent = LinkLayerAddress(2, 0, 0, 0, 0, 1)

    private func request(_ sender: String, _ target: String) -> ARPPacket {
        ARPPacket(
            operation: .request, senderLinkLayerAddress: asking, senderAddress: address(sender), targetLinkLayerAddress: .zero,
            targetAddress: address(target))
    }

    @Test("A gratuitous request has the address as sender and target (RFC 5227 §3)")
    func gratuitous() {
        #expect(
            ARPPacket.gratuitous(address("10.2.0.77"), at: agent).octets
                == octets("0001 0800 06 04 0001 020000000001 0a02004d 000000000000 0a02004d"))
    }

    @Test("A written packet is read back unchanged")
    func roundTrip() {
        let packet = request("10.2.0.9", "10.2.0.77")
        #expect(ARPPacket(decoding: packet.octets.span.bytes) == packet)
    }

    @Test(
        "Anything other than ARP for IPv4 on Ethernet is rejected",
        arguments: [
            "", "0001 0800 06 04 0001 020000000001 0a02004d 000000000000 0a0200",
            "0006 0800 06 04 0001 020000000001 0a02004d 000000000000 0a02004d",
            "0001 86dd 06 04 0001 020000000001 0a02004d 000000000000 0a02004d",
            "0001 0800 08 04 0001 020000000001 0a02004d 000000000000 0a02004d",
            "0001 0800 06 04 0009 020000000001 0a02004d 000000000000 0a02004d",
        ])
    func garbage(hexadecimal: String) { #expect(ARPPacket(decoding: octets(hexadecimal).span.bytes) == nil) }

    @Test("A request is answered to its sender, including a probe whether the address is in use (RFC 5227 §2.1.1)")
    func answer() throws {
        for sender in ["10.2.0.9", "0.0.0.0"] {
            let reply = try #require(request(sender, "10.2.0.77").proxyReply(from: agent))
            #expect(reply.operation == .reply && reply.senderLinkLayerAddress == agent)
            #expect(reply.senderAddress == address("10.2.0.77"))
            #expect(reply.targetLinkLayerAddress == asking && reply.targetAddress == address(sender))
        }
    }

    @Test("An announcement, a reply, a packet sent by this agent itself and a packet from a group address are not answered")
    func silence() {
        #expect(request("10.2.0.77", "10.2.0.77").proxyReply(from: agent) == nil)
        #expect(request("10.2.0.9", "10.2.0.77").proxyReply(from: asking) == nil)
        var reply = request("10.2.0.9", "10.2.0.77")
        reply.operation = .reply
        #expect(reply.proxyReply(from: agent) == nil)
        var group = request("10.2.0.9", "10.2.0.77")
        group.senderLinkLayerAddress = .broadcast
        #expect(group.proxyReply(from: agent) == nil)
    }

    @Test(
        "Link-layer addresses are read strictly",
        arguments: [
            ("02:00:0a:ff:00:01", true), ("02:00:0A:FF:00:01", true), ("02:00:00:00:00", false), ("02-00-00-00-00-01", false),
            ("02:00:00:00:00:1", false), ("+2:00:00:00:00:01", false), ("02:00:00:00:00:0g", false), ("", false),
        ])
    func linkLayerAddress(text: String, isRight: Bool) {
        let read = LinkLayerAddress(text)
        #expect((read != nil) == isRight)
        if isRight { #expect(read?.description == text.lowercased()) }
    }
}
