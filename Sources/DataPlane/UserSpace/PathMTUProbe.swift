import CLinuxNetwork
import Glibc
import MobileIPv4

/// Queries the kernel for what its route to an address allows: the MTU of the interface, or that of the route if it has one.
///
/// What the kernel has learned from ICMP errors is left out: it believes them if they quote no more than the addresses of a tunnel, and
/// keeps the result for ten minutes.
final class PathMTUProbe {
    private let descriptor: CInt
    private let routes: NetlinkSocket
    private let mark: UInt32

    init(mark: UInt32) throws(DataPlaneError) {
        let action = "cannot open a socket to query path MTUs"
        let opened = try Descriptor(socket(AF_INET, mip_socket_datagram | mip_socket_flags, 0), action)
        _ = mip_set_option(opened.number, mip_sol_socket, mip_so_mark, CInt(bitPattern: mark))
        do {
            routes = try NetlinkSocket()
        } catch {
            throw DataPlaneError(action, error.code)
        }
        self.mark = mark
        descriptor = opened.take()
    }

    deinit { close(descriptor) }

    /// Octets, at least 68; nil when there is no route.
    ///
    /// - Parameter known: the previous answer. As long as it is still the smallest, it costs two system calls.
    func routeMTU(to remote: IPv4Address, known: Int) -> Int? {
        guard let cached = cachedMTU(to: remote) else { return nil }
        // The kernel's answer is never above the route's, so only a lower one may come from an ICMP error.
        return cached >= known ? cached : configuredMTU(to: remote)
    }

    /// The MTU of the route, or what an ICMP error has made of it.
    private func cachedMTU(to remote: IPv4Address) -> Int? {
        // Connecting sends nothing; port 9 (discard) is arbitrary.
        guard mip_connect_ipv4(descriptor, remote.rawValue.bigEndian, 9) == 0 else { return nil }
        return Self.valid(mip_get_option(descriptor, mip_ipproto_ip, mip_ip_mtu))
    }

    private func configuredMTU(to remote: IPv4Address) -> Int? {
        guard let entry = route(to: remote, flags: mip_rtm_f_fib_match), let header = entry.structure(rtmsg.self) else {
            return nil
        }
        // What is sent to this machine itself does not leave it.
        guard header.rtm_type != UInt8(RTN_LOCAL) else { return IPv4Header.maximumTotalLength }
        let attributes = entry.attributes(after: rtmsg.self)
        // A route with several next hops names no interface; the one chosen for this address does.
        let interface =
            attributes[Int(RTA_OIF.rawValue)]
            ?? route(to: remote, flags: 0)?.attributes(after: rtmsg.self)[Int(RTA_OIF.rawValue)]
        guard let index = interface?.integer(CInt.self), let mtu = Self.valid(mip_interface_mtu(descriptor, index)) else {
            return nil
        }
        return Self.metricMTU(attributes[Int(RTA_METRICS.rawValue)]).map { min($0, mtu) } ?? mtu
    }

    /// The MTU that an operator has set for a route.
    private static func metricMTU(_ metrics: ArraySlice<UInt8>?) -> Int? {
        let values = NetlinkReply(type: 0, body: Array(metrics ?? [])).attributes(after: Void.self)
        return values[Int(mip_rtax_mtu)]?.integer(UInt32.self).flatMap { valid(CInt(clamping: $0)) }
    }

    private func route(to remote: IPv4Address, flags: CInt) -> NetlinkReply? {
        var message = NetlinkMessage(mip_rtm_getroute, flags: 0)
        var header = rtmsg()
        header.rtm_family = UInt8(AF_INET)
        header.rtm_dst_len = 32
        header.rtm_flags = UInt32(bitPattern: flags)
        message.append(header)
        message.attribute(Int(RTA_DST.rawValue), remote.rawValue.bigEndian)
        message.attribute(Int(mip_rta_mark), mark)
        return try? routes.get(message)
    }

    private static func valid(_ mtu: CInt) -> Int? {
        mtu >= PathMTU.smallest ? min(Int(mtu), IPv4Header.maximumTotalLength) : nil
    }
}
