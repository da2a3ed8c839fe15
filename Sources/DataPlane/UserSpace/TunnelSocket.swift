import CLinuxNetwork
import Glibc
import MobileIPv4

/// The raw sockets at which the tunnels of one local address end: one for each encapsulation; the first also sends.
///
/// The kernel reassembles fragments and verifies the outer header before a datagram arrives here.
final class TunnelSocket: Sendable {
    let local: IPv4Address
    /// One for each of the protocols 4, 47 and 55.
    let descriptors: [CInt]

    /// Octets that the kernel is asked to buffer.
    private static let bufferSize: CInt = 8 << 20

    init(local: IPv4Address, mark: UInt32) throws(DataPlaneError) {
        self.local = local
        var opened: [CInt] = []
        do {
            for number in [IPProtocol.ipInIp, IPProtocol.gre, IPProtocol.minimalEncapsulation] {
                opened.append(try Self.open(number, local, mark))
            }
        } catch {
            for descriptor in opened { close(descriptor) }
            throw error
        }
        descriptors = opened
    }

    deinit { for descriptor in descriptors { close(descriptor) } }

    /// The socket that sends outer datagrams of every protocol, including their headers.
    var sender: CInt { descriptors[0] }

    private static func open(_ number: UInt8, _ local: IPv4Address, _ mark: UInt32) throws(DataPlaneError) -> CInt {
        let action = "cannot open the raw socket of protocol \(number) at \(local)"
        let opened = try Descriptor(
            socket(AF_INET, mip_socket_raw | mip_socket_flags, CInt(number)), action, hint: "the program needs CAP_NET_RAW")
        var code = mip_bind_ipv4(opened.number, local.rawValue.bigEndian)
        if code == EADDRNOTAVAIL {
            throw DataPlaneError("this machine has no address \(local); add it to an interface or choose another one", code)
        }
        if code == 0 { code = mip_set_option(opened.number, mip_ipproto_ip, mip_ip_header_included, 1) }
        // The kernel believes any ICMP error with the addresses of this socket; the data plane examines them itself.
        if code == 0 { code = mip_ignore_path_mtu(opened.number, 0) }
        if code == 0 { code = mip_set_option(opened.number, mip_sol_socket, mip_so_mark, CInt(bitPattern: mark)) }
        guard code == 0 else { throw DataPlaneError(action, code) }
        // Beyond the limit for unprivileged users; if that is not granted, the size that the kernel allows is sufficient.
        _ = mip_set_option(opened.number, mip_sol_socket, mip_so_receive_buffer_force, bufferSize)
        _ = mip_set_option(opened.number, mip_sol_socket, mip_so_send_buffer_force, bufferSize)
        return opened.take()
    }
}
