import CLinuxNetwork
import Glibc

/// A TUN device: a network interface whose other side is this process. It goes away with its descriptor.
final class TunDevice: Sendable {
    let descriptor: CInt
    let interface: NetworkInterface

    /// Makes the device and switches it on. Its name is taken for as long as it exists, so two data planes cannot share one.
    init(named name: String, mtu: Int, client: RouteClient) throws(DataPlaneError) {
        let opened = try Descriptor(
            open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC), "/dev/net/tun cannot be opened",
            hint: "the device must be readable and writable for this user")
        let code = mip_tun_attach(opened.number, name)
        switch code {
        case 0: break
        case EBUSY:
            throw DataPlaneError("the device '\(name)' is in use by another process; stop that one or choose another name", code)
        case EINVAL: throw DataPlaneError("'\(name)' is another kind of interface already; choose another name", code)
        case EPERM: throw DataPlaneError("the device '\(name)' cannot be made", code, hint: "CAP_NET_ADMIN is needed")
        default: throw DataPlaneError("the device '\(name)' cannot be made", code)
        }
        // Nothing but IPv4 is carried, so the kernel shall not speak IPv6 of its own accord.
        try? Sysctl.write("1", "net/ipv6/conf/\(name)/disable_ipv6")
        let found = try client.interface(named: name)
        try client.setUp(found.index, mtu: mtu)
        interface = try client.interface(named: name)
        descriptor = opened.take()
    }

    deinit { close(descriptor) }
}
