import CLinuxNetwork
import Glibc
package import MobileIPv4

/// The socket for agent discovery: solicitations in, advertisements out. Safe to use from any thread.
package final class ICMPSocket: Sendable {
    package let descriptor: CInt

    /// The destination of solicitations (RFC 1256 §3).
    package static let allRouters = IPv4Address(224, 0, 0, 2)

    /// The destination of advertisements.
    package static let allSystems = IPv4Address(224, 0, 0, 1)

    /// - Parameters:
    /// - type: the ICMP type to receive.
    /// - group: the multicast group to which those messages are sent.
    /// - interfaces: the indexes of the links to listen on.
    package init(receiving type: UInt8, from group: IPv4Address, interfaces: [UInt32]) throws(LinkError) {
        descriptor = socket(AF_INET, CInt(mip_socket_raw | mip_socket_flags), CInt(IPPROTO_ICMP))
        guard descriptor >= 0 else { throw Self.error(errno) }
        var codes = [
            mip_want_headers(descriptor), mip_pass_icmp_types(descriptor, type, type),
            // One hop, and no loopback to this machine.
            mip_set_option(descriptor, CInt(IPPROTO_IP), IP_MULTICAST_TTL, 1),
            mip_set_option(descriptor, CInt(IPPROTO_IP), IP_MULTICAST_LOOP, 0),
            mip_set_option(descriptor, CInt(IPPROTO_IP), IP_TTL, 1), mip_set_option(descriptor, SOL_SOCKET, SO_BROADCAST, 1),
        ]
        codes += interfaces.map { mip_join_group(descriptor, group.rawValue, $0) }
        // Throwing runs `deinit`, which closes the descriptor.
        if let code = codes.first(where: { $0 != 0 }) { throw Self.error(code) }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Sends an ICMP message on a link, from the agent's address there. Returns 0 or an `errno`.
    package func send(_ message: [UInt8], to destination: IPv4Address, from source: IPv4Address, interface: UInt32) -> CInt {
        mip_send_from(descriptor, message, message.count, destination.rawValue, 0, source.rawValue, interface)
    }

    private static func error(_ code: CInt) -> LinkError {
        LinkError("the ICMP socket for agent discovery cannot be opened", needingRaw: code)
    }
}
