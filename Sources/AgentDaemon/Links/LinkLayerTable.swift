import CLinuxNetwork
import DataPlane
import Glibc
import MobileIPv4

/// Whose frames brought the registration messages of a link: answers go back there, whether or not the node may speak ARP
/// (RFC 5944 §4.6 forbids it most of it, and a node without an address cannot).
final class LinkLayerTable {
    private let descriptors: [CInt]
    private let index: UInt32
    private var byAddress: [IPv4Address: LinkLayerAddress] = [:]
    /// Of nodes without an address, by the low identification of their request.
    private var byIdentification: [UInt32: LinkLayerAddress] = [:]

    /// Most nodes remembered; past that all are forgotten, and learned anew with their next request.
    private static let limit = 100_000
    /// The EtherType of IPv4.
    private static let ipv4: UInt16 = 0x0800

    /// - Parameter ports: the UDP ports requests arrive at.
    init(interface: String, index: UInt32, ports: [UInt16]) throws(AgentDaemonError) {
        self.index = index
        var opened: [CInt] = []
        func fail(_ code: CInt) -> AgentDaemonError {
            for descriptor in opened { close(descriptor) }
            return AgentDaemonError(
                "frames of the interface '\(interface)' cannot be read: \(String(cString: strerror(code)))"
                    + (code == EPERM || code == EACCES ? "; the program needs CAP_NET_RAW" : ""))
        }
        for port in ports {
            let descriptor = socket(AF_PACKET, CInt(SOCK_DGRAM.rawValue) | CInt(mip_socket_flags), 0)
            guard descriptor >= 0 else { throw fail(errno) }
            opened.append(descriptor)
            // The filter first: nothing else may get in before it.
            let filtered = mip_pass_mobile_ip_frames(descriptor, port)
            guard filtered == 0 else { throw fail(filtered) }
            let bound = mip_bind_packet(descriptor, CInt(index), Self.ipv4)
            guard bound == 0 else { throw fail(bound) }
        }
        descriptors = opened
    }

    deinit { for descriptor in descriptors { close(descriptor) } }

    /// Takes the frames that have come. Called before the datagrams in them are, which the kernel hands over later.
    func refresh() {
        var frame = [UInt8](repeating: 0, count: 64)
        var sender = (UInt8(0), UInt8(0), UInt8(0), UInt8(0), UInt8(0), UInt8(0))
        for descriptor in descriptors {
            while true {
                var interface: UInt32 = 0
                let length = withUnsafeMutableBytes(of: &sender) { sender in
                    // Six octets of one type, as the array of C that it is handed over as.
                    mip_receive_frame(
                        descriptor, &frame, frame.count, sender.assumingMemoryBound(to: UInt8.self).baseAddress, &interface)
                }
                guard length >= 0 else { break }
                let address = LinkLayerAddress(sender.0, sender.1, sender.2, sender.3, sender.4, sender.5)
                if interface == index, address.isUnicast { learn(frame.prefix(min(Int(length), frame.count)), address) }
            }
        }
    }

    private func learn(_ frame: ArraySlice<UInt8>, _ address: LinkLayerAddress) {
        guard let header = frame.first, header >> 4 == 4 else { return }
        let udp = Int(header & 0xF) * 4
        // Up to and with the identification of a Registration Request.
        guard udp >= 20, frame.count >= udp + 8 + RegistrationRequest.fixedSize, frame[9] == 17,
            frame[udp + 8] == MessageType.registrationRequest.rawValue
        else { return }
        func word(_ offset: Int) -> UInt32 { frame[offset..<(offset + 4)].reduce(0) { $0 << 8 | UInt32($1) } }
        if byAddress.count >= Self.limit { byAddress = [:] }
        if byIdentification.count >= Self.limit { byIdentification = [:] }
        let source = IPv4Address(rawValue: word(12))
        if source == .zero {
            byIdentification[word(udp + 8 + 20)] = address
        } else {
            byAddress[source] = address
        }
    }

    /// Where the node with this source address is; for one without, by its request's identification.
    func address(of source: IPv4Address, identification: Identification?) -> LinkLayerAddress? {
        source == .zero ? identification.flatMap { byIdentification[$0.low] } : byAddress[source]
    }

    /// Sends a frame with an IPv4 datagram in it. 0 or an `errno`.
    func send(_ datagram: [UInt8], to destination: LinkLayerAddress) -> CInt {
        guard let descriptor = descriptors.first else { return ENODEV }
        let sent = mip_send_packet(
            descriptor, CInt(index), Self.ipv4, destination.octets, datagram, datagram.count)
        return sent < 0 ? errno : 0
    }
}
