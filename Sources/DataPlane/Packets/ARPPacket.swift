package import MobileIPv4

/// An ARP packet for IPv4 on Ethernet (RFC 826).
package struct ARPPacket: Hashable, Sendable {
    package enum Operation: UInt16, Sendable {
        case request = 1
        case reply = 2
    }

    package var operation: Operation
    package var senderLinkLayerAddress: LinkLayerAddress
    package var senderAddress: IPv4Address
    package var targetLinkLayerAddress: LinkLayerAddress
    package var targetAddress: IPv4Address

    package static let length = 28

    package init(
        operation: Operation, senderLinkLayerAddress: LinkLayerAddress, senderAddress: IPv4Address,
        targetLinkLayerAddress: LinkLayerAddress, targetAddress: IPv4Address
    ) {
        self.operation = operation
        self.senderLinkLayerAddress = senderLinkLayerAddress
        self.senderAddress = senderAddress
        self.targetLinkLayerAddress = targetLinkLayerAddress
        self.targetAddress = targetAddress
    }

    /// Announces on a link where `address` is (RFC 5944 §4.6): a request for the address itself.
    package static func gratuitous(_ address: IPv4Address, at linkLayerAddress: LinkLayerAddress) -> ARPPacket {
        ARPPacket(
            operation: .request, senderLinkLayerAddress: linkLayerAddress, senderAddress: address,
            targetLinkLayerAddress: .zero, targetAddress: address)
    }

    /// Nil for anything but a request or reply for IPv4 on Ethernet.
    package init?(decoding octets: RawSpan) {
        guard octets.byteCount >= Self.length, octets.uint16(at: 0) == 1, octets.uint16(at: 2) == 0x0800,
            octets.octet(at: 4) == 6, octets.octet(at: 5) == 4, let operation = Operation(rawValue: octets.uint16(at: 6)),
            let sender = Self.linkLayerAddress(octets, at: 8), let target = Self.linkLayerAddress(octets, at: 18)
        else { return nil }
        self.init(
            operation: operation, senderLinkLayerAddress: sender, senderAddress: IPv4Address(rawValue: octets.uint32(at: 14)),
            targetLinkLayerAddress: target, targetAddress: IPv4Address(rawValue: octets.uint32(at: 24)))
    }

    /// The packet without the Ethernet header.
    package var octets: [UInt8] {
        var octets: [UInt8] = []
        octets.reserveCapacity(Self.length)
        octets.append(bigEndian: 1 as UInt16)
        octets.append(bigEndian: 0x0800 as UInt16)
        octets += [6, 4]
        octets.append(bigEndian: operation.rawValue)
        octets += senderLinkLayerAddress.octets
        octets.append(bigEndian: senderAddress.rawValue)
        octets += targetLinkLayerAddress.octets
        octets.append(bigEndian: targetAddress.rawValue)
        return octets
    }

    /// A home agent's reply to this packet for a node away from home; nil unless this is a request by another host for the node's address.
    /// The node's own announcements are not answered.
    package func proxyReply(from linkLayerAddress: LinkLayerAddress) -> ARPPacket? {
        guard operation == .request, senderAddress != targetAddress, senderLinkLayerAddress != linkLayerAddress,
            senderLinkLayerAddress.isUnicast
        else { return nil }
        return ARPPacket(
            operation: .reply, senderLinkLayerAddress: linkLayerAddress, senderAddress: targetAddress,
            targetLinkLayerAddress: senderLinkLayerAddress, targetAddress: senderAddress)
    }

    private static func linkLayerAddress(_ octets: RawSpan, at offset: Int) -> LinkLayerAddress? {
        LinkLayerAddress((0..<6).map { octets.octet(at: offset + $0) })
    }
}
