import CLinuxNetwork
import Glibc

/// A TUN device: a network interface whose other side is this process. It disappears when its descriptor is closed.
final class TunDevice: Sendable {
    let descriptor: CInt
    let interface: NetworkInterface

    /// Creates the device and switches it on. Its name is in use for as long as it exists, so two data planes cannot share one.
    init(named name: String, mtu: Int, client: RouteClient) throws(DataPlaneError) {
        let opened = try Descriptor(
            open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC), "cannot open /dev/net/tun",
            hint: "make it readable and writable for this user")
        let code = mip_tun_attach(opened.number, name)
        switch code {
        case 0: break
        case EBUSY:
            throw DataPlaneError(
                "the device '\(name)' is in use by another process; stop that process or choose another name", code)
        case EINVAL:
            throw DataPlaneError("the interface '\(name)' already exists and is not a TUN device; choose another name", code)
        case EPERM: throw DataPlaneError("cannot create the device '\(name)'", code, hint: "the program needs CAP_NET_ADMIN")
        default: throw DataPlaneError("cannot create the device '\(name)'", code)
        }
        // Only IPv4 is carried, so the kernel must not send IPv6 by itself.
        try? Sysctl.write("1", "net/ipv6/conf/\(name)/disable_ipv6")
        let found = try client.interface(named: name)
        try client.setUp(found.index, mtu: mtu)
        interface = try client.interface(named: name)
        descriptor = opened.take()
    }

    deinit { close(descriptor) }
}
