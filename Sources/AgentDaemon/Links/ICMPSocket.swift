import CLinuxNetwork
import Glibc
import MobileIPv4

/// The socket for agent discovery: solicitations in, advertisements out. Any thread may use it.
final class ICMPSocket: Sendable {
    let descriptor: CInt

    /// All routers, where solicitations go (RFC 1256 §3).
    static let allRouters = IPv4Address(224, 0, 0, 2)

    /// - Parameter interfaces: indexes of the links it listens on.
    init(interfaces: [UInt32]) throws(AgentDaemonError) {
        descriptor = socket(AF_INET, CInt(mip_socket_raw | mip_socket_flags), CInt(IPPROTO_ICMP))
        guard descriptor >= 0 else { throw AgentDaemonError(icmp: errno) }
        var codes = [
            mip_want_headers(descriptor), mip_pass_icmp_types(descriptor, 10, 10),
            // One hop, and never back to this machine.
            mip_set_option(descriptor, CInt(IPPROTO_IP), IP_MULTICAST_TTL, 1),
            mip_set_option(descriptor, CInt(IPPROTO_IP), IP_MULTICAST_LOOP, 0),
            mip_set_option(descriptor, CInt(IPPROTO_IP), IP_TTL, 1), mip_set_option(descriptor, SOL_SOCKET, SO_BROADCAST, 1),
        ]
        codes += interfaces.map { mip_join_group(descriptor, Self.allRouters.rawValue, $0) }
        // Throwing runs `deinit`, which closes the descriptor.
        if let code = codes.first(where: { $0 != 0 }) { throw AgentDaemonError(icmp: code) }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Sends an ICMP message out of a link, from the agent's address there. 0 or an `errno`.
    func send(_ message: [UInt8], to destination: IPv4Address, from source: IPv4Address, interface: UInt32) -> CInt {
        mip_send_from(descriptor, message, message.count, destination.rawValue, 0, source.rawValue, interface)
    }
}

extension AgentDaemonError {
    fileprivate init(icmp code: CInt) {
        self.init(
            "the ICMP socket for agent discovery cannot be opened: \(String(cString: strerror(code)))"
                + (code == EPERM || code == EACCES ? "; the program needs CAP_NET_RAW" : ""))
    }
}
