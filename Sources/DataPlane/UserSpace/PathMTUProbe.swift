import CLinuxNetwork
import Glibc
import MobileIPv4

/// Queries the kernel for the path MTU to an address. The kernel learns it from its interfaces, its routes, and the
/// ICMP errors that are returned for tunnelled datagrams.
final class PathMTUProbe {
    private let descriptor: CInt

    init(mark: UInt32) throws(DataPlaneError) {
        let opened = try Descriptor(
            socket(AF_INET, mip_socket_datagram | mip_socket_flags, 0), "cannot open a socket to query path MTUs")
        _ = mip_set_option(opened.number, mip_sol_socket, mip_so_mark, CInt(bitPattern: mark))
        descriptor = opened.take()
    }

    deinit { close(descriptor) }

    /// Octets, at least 68; nil when there is no route.
    func pathMTU(to remote: IPv4Address) -> Int? {
        // Connecting sends nothing; port 9 (discard) is arbitrary.
        guard mip_connect_ipv4(descriptor, remote.rawValue.bigEndian, 9) == 0 else { return nil }
        let mtu = mip_get_option(descriptor, mip_ipproto_ip, mip_ip_mtu)
        return mtu >= 68 ? min(Int(mtu), IPv4Header.maximumTotalLength) : nil
    }
}
