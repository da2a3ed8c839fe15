import CLinuxNetwork
import Glibc
package import MobileIPv4

/// The socket for agent discovery: solicitations in, advertisements out. Any thread may use it.
package final class ICMPSocket: Sendable {
    package let descriptor: CInt

    /// Where solicitations go (RFC 1256 §3).
    package static let allRouters = IPv4Address(224, 0, 0, 2)

    /// Where advertisements go.
    package static let allSystems = IPv4Address(224, 0, 0, 1)

    /// - Parameters:
    ///   - type: the ICMP type it listens to.
    ///   - group: the multicast group that those go to.
    ///   - interfaces: indexes of the links it listens on.
    package init(receiving type: UInt8, from group: IPv4Address, interfaces: [UInt32]) throws(LinkError) {
        descriptor = socket(AF_INET, CInt(mip_socket_raw | mip_socket_flags), CInt(IPPROTO_ICMP))
        guard descriptor >= 0 else { throw Self.error(errno) }
        var codes = [
            mip_want_headers(descriptor), mip_pass_icmp_types(descriptor, type, type),
            // One hop, and never back to this machine.
            mip_set_option(descriptor, CInt(IPPROTO_IP), IP_MULTICAST_TTL, 1),
            mip_set_option(descriptor, CInt(IPPROTO_IP), IP_MULTICAST_LOOP, 0),
            mip_set_option(descriptor, CInt(IPPROTO_IP), IP_TTL, 1), mip_set_option(descriptor, SOL_SOCKET, SO_BROADCAST, 1),
        ]
        codes += interfaces.map { mip_join_group(descriptor, group.rawValue, $0) }
        // Throwing runs `deinit`, which closes the descriptor.
        if let code = codes.first(where: { $0 != 0 }) { throw Self.error(code) }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Sends an ICMP message out of a link, from the agent's address there. 0 or an `errno`.
    package func send(_ message: [UInt8], to destination: IPv4Address, from source: IPv4Address, interface: UInt32) -> CInt {
        mip_send_from(descriptor, message, message.count, destination.rawValue, 0, source.rawValue, interface)
    }

    private static func error(_ code: CInt) -> LinkError {
        LinkError("the ICMP socket for agent discovery cannot be opened", needingRaw: code)
    }
}
