import CLinuxNetwork
import Glibc
import MobileIPv4

/// The link of a home network, on which ARP is answered for nodes away from home.
///
/// The answers do not come from the kernel's proxy ARP, which delays and does not count them.
final class HomeLink: Sendable {
    let interface: NetworkInterface
    let linkLayerAddress: LinkLayerAddress
    let descriptor: CInt

    init(_ interface: NetworkInterface) throws(DataPlaneError) {
        guard let address = interface.linkLayerAddress else {
            throw DataPlaneError(
                "the interface '\(interface.name)' has no Ethernet address; choose an Ethernet interface for a home network's link"
            )
        }
        let action = "cannot answer ARP on '\(interface.name)'"
        // The socket has no protocol until it is bound, so that it receives nothing from other links.
        let opened = try Descriptor(
            socket(AF_PACKET, mip_socket_datagram | mip_socket_flags, 0), action, hint: "the program needs CAP_NET_RAW")
        let code = mip_bind_packet(opened.number, interface.index, UInt16(mip_ethertype_arp))
        guard code == 0 else { throw DataPlaneError(action, code) }
        self.interface = interface
        linkLayerAddress = address
        descriptor = opened.take()
    }

    deinit { close(descriptor) }

    /// - Returns: whether it was sent.
    func send(_ packet: ARPPacket, to destination: LinkLayerAddress) -> Bool {
        let octets = packet.octets
        return mip_send_packet(
            descriptor, interface.index, UInt16(mip_ethertype_arp), destination.octets, octets, octets.count) == octets.count
    }

    /// The next received ARP packet; nil when there is none.
    func receive() -> ReceivedARP? {
        var buffer = InlineArray<64, UInt8>(repeating: 0)
        var span = buffer.mutableSpan
        let count = span.withUnsafeMutableBufferPointer { recv(descriptor, $0.baseAddress, $0.count, 0) }
        guard count >= 0 else { return nil }
        return ReceivedARP(packet: ARPPacket(decoding: buffer.span.bytes.extracting(0..<min(count, 64))))
    }

    /// A received frame; `packet` is nil when the frame is not ARP for IPv4 on Ethernet.
    struct ReceivedARP {
        var packet: ARPPacket?
    }
}
