import CLinuxNetwork
package import DataPlane
import Glibc
package import MobileIPv4

/// The link-layer source addresses of registration requests and advertisements on a link. Answers are sent back there whether or not a node
/// may use ARP (RFC 5944 §4.6 forbids most ARP to a node away from home, and a node without an address cannot use it).
package final class LinkLayerTable {
    /// Readable when frames have arrived.
    package let descriptors: [CInt]
    private let index: UInt32
    private var byAddress = RecentSightings<IPv4Address>(limit: limit)
    /// The senders of single requests. An answer goes to the sender of its request, even if someone else has used the same source address
    /// since; and a node without an address is found only here.
    private var byRequest = RecentSightings<Request>(limit: limit)

    /// A request as its answer names it.
    private struct Request: Hashable {
        let source: IPv4Address
        let lowIdentification: UInt32
    }

    /// Requests from nodes without an address. The kernel does not deliver them: it accepts source 0.0.0.0 only in broadcasts.
    private var unroutable: [UnroutableRequest] = []

    /// Bytes of a frame that are read.
    private static let longestFrame = 4096
    /// Most requests kept until they are taken.
    private static let unroutableLimit = 256

    /// For how long the first sender of a request stays its sender, although others send copies of it.
    private static let recent = Duration.seconds(30)

    /// Most addresses remembered, and most requests.
    private static let limit = 100_000
    /// The EtherType of IPv4.
    private static let ipv4: UInt16 = 0x0800

    /// - Parameter ports: the UDP ports on which requests arrive.
    package init(interface: String, index: UInt32, ports: [UInt16]) throws(LinkError) {
        self.index = index
        var opened: [CInt] = []
        func fail(_ code: CInt) -> LinkError {
            for descriptor in opened { close(descriptor) }
            return LinkError("frames of the interface '\(interface)' cannot be read", needingRaw: code)
        }
        for port in ports {
            let descriptor = socket(AF_PACKET, CInt(SOCK_DGRAM.rawValue) | CInt(mip_socket_flags), 0)
            guard descriptor >= 0 else { throw fail(errno) }
            opened.append(descriptor)
            // Attaches the filter first, so that no other frame is queued before it applies.
            let filtered = mip_pass_mobile_ip_frames(descriptor, port)
            guard filtered == 0 else { throw fail(filtered) }
            let bound = mip_bind_packet(descriptor, CInt(index), Self.ipv4)
            guard bound == 0 else { throw fail(bound) }
        }
        descriptors = opened
    }

    deinit { for descriptor in descriptors { close(descriptor) } }

    /// Reads the frames that have arrived. Call this before the datagrams in them are handled; the kernel delivers those later.
    package func refresh() {
        var frame = [UInt8](repeating: 0, count: Self.longestFrame)
        var sender = (UInt8(0), UInt8(0), UInt8(0), UInt8(0), UInt8(0), UInt8(0))
        for descriptor in descriptors {
            while true {
                var interface: UInt32 = 0
                var isSettled: CInt = 0
                let length = withUnsafeMutableBytes(of: &sender) { sender in
                    // Six bytes of one type, passed as the array that the C function expects.
                    mip_receive_frame(
                        descriptor, &frame, frame.count, sender.assumingMemoryBound(to: UInt8.self).baseAddress, &interface,
                        &isSettled)
                }
                guard length >= 0 else { break }
                let address = LinkLayerAddress(sender.0, sender.1, sender.2, sender.3, sender.4, sender.5)
                if interface == index, address.isUnicast {
                    learn(frame.prefix(min(Int(length), frame.count)), address, isSettled: isSettled != 0)
                }
            }
        }
    }

    /// Notes what a frame shows about its sender.
    ///
    /// - Parameter isSettled: whether the kernel has verified the UDP checksum, or it will be filled in after the frame was read.
    package func learn(_ frame: ArraySlice<UInt8>, _ address: LinkLayerAddress, isSettled: Bool) {
        guard let header = frame.first, header >> 4 == 4 else { return }
        let payload = Int(header & 0xF) * 4
        guard payload >= 20, frame.count >= payload + 8 else { return }
        func word(_ offset: Int) -> UInt32 { frame[offset..<(offset + 4)].reduce(0) { $0 << 8 | UInt32($1) } }
        let source = IPv4Address(rawValue: word(12))
        switch frame[9] {
        case 1 where frame[payload] == AgentAdvertisement.icmpType: remember(source, address)
        case 17
        where frame.count >= payload + 8 + RegistrationRequest.fixedSize
            && frame[payload + 8] == MessageType.registrationRequest.rawValue:
            // The low word of the identification ends the fixed part of the request.
            let request = Request(source: source, lowIdentification: word(payload + 8 + 20))
            let now = ContinuousClock.now
            if byRequest[request].map({ now - $0.time >= Self.recent }) ?? true {
                byRequest.remember(request, Sighting(address: address, time: now))
            }
            if source == .zero {
                // The kernel discards damaged datagrams after frames are copied to this socket.
                guard FrameIntegrity.isIntact(frame, udp: payload, isSettled: isSettled) else { return }
                noteUnroutable(frame, from: address, udp: payload, to: IPv4Address(rawValue: word(16)))
            } else {
                remember(source, address)
            }
        default: break
        }
    }

    private func noteUnroutable(
        _ frame: ArraySlice<UInt8>, from sender: LinkLayerAddress, udp: Int, to destination: IPv4Address
    ) {
        func half(_ offset: Int) -> UInt16 { UInt16(frame[offset]) << 8 | UInt16(frame[offset + 1]) }
        let end = udp + Int(half(udp + 4))
        guard destination != .limitedBroadcast, unroutable.count < Self.unroutableLimit, end > udp + 8 else { return }
        // Only a frame as long as the buffer may have been cut off; any other that ends too early is garbage.
        let isTooLong = end > frame.endIndex
        guard !isTooLong || frame.endIndex == Self.longestFrame else { return }
        unroutable.append(
            UnroutableRequest(
                payload: isTooLong ? nil : Array(frame[(udp + 8)..<end]), sender: sender,
                sourcePort: half(udp),
                destination: TransportEndpoint(destination, port: half(udp + 2)), timeToLive: frame[8]))
    }

    /// The requests of nodes without an address that have arrived since the last call.
    package func takeUnroutable() -> [UnroutableRequest] {
        defer { unroutable = [] }
        return unroutable
    }

    private func remember(_ source: IPv4Address, _ address: LinkLayerAddress) {
        byAddress.remember(source, Sighting(address: address, time: .now))
    }

    /// The link-layer address where an address was last seen.
    package func address(of source: IPv4Address) -> LinkLayerAddress? { byAddress[source]?.address }

    /// Where and when an address was last seen, or, with an identification, the request that has both.
    package func sighting(of source: IPv4Address, identification: Identification?) -> Sighting? {
        guard let identification else { return source == .zero ? nil : byAddress[source] }
        return byRequest[Request(source: source, lowIdentification: identification.low)]
    }

    /// Announces on the link where an address is (RFC 5944 §4.6). Returns 0 or an `errno`.
    package func sendGratuitousARP(_ address: IPv4Address, at own: LinkLayerAddress) -> CInt {
        guard let descriptor = descriptors.first else { return ENODEV }
        let octets = ARPPacket.gratuitous(address, at: own).octets
        let sent = mip_send_packet(
            descriptor, CInt(index), UInt16(mip_ethertype_arp), LinkLayerAddress.broadcast.octets, octets, octets.count)
        return sent < 0 ? errno : 0
    }

    /// Sends a frame that contains an IPv4 datagram. Returns 0 or an `errno`.
    package func send(_ datagram: [UInt8], to destination: LinkLayerAddress) -> CInt {
        guard let descriptor = descriptors.first else { return ENODEV }
        let sent = mip_send_packet(
            descriptor, CInt(index), Self.ipv4, destination.octets, datagram, datagram.count)
        return sent < 0 ? errno : 0
    }
}
