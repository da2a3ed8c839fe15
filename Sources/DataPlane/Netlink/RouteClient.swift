import AgentModel
import CLinuxNetwork
import Glibc
package import MobileIPv4

/// Manages links, addresses, routes, policy rules and neighbours of this process's network namespace by rtnetlink (RFC 3549).
///
/// Routes, rules, neighbours and, since Linux 5.18, addresses carry the protocol number of this client; only those are listed or
/// removed. Setting what already exists and removing what no longer exists are not errors. One thread may use a client at a time.
package final class RouteClient {
    let socket: NetlinkSocket
    /// Marks what this client has created.
    private let protocolNumber: UInt8

    /// The kernel's main routing table.
    package static let mainTable = UInt32(RT_TABLE_MAIN.rawValue)

    package init(protocolNumber: UInt8) throws(DataPlaneError) {
        do {
            socket = try NetlinkSocket()
        } catch {
            throw DataPlaneError("cannot open a netlink socket to the kernel", error.code)
        }
        self.protocolNumber = protocolNumber
    }

    // MARK: - Links

    /// - Throws: also when there is no interface of that name.
    package func interface(named name: String) throws(DataPlaneError) -> NetworkInterface {
        // A longer name would be truncated, or refused with an unhelpful error.
        guard !name.isEmpty, name.utf8.count < Int(IFNAMSIZ) else {
            throw DataPlaneError("the interface name '\(name)' is invalid; expected 1 to \(IFNAMSIZ - 1) bytes")
        }
        var message = NetlinkMessage(mip_rtm_getlink, flags: 0)
        message.append(ifinfomsg())
        message.attribute(Int(IFLA_IFNAME), name: name)
        let reply: NetlinkReply
        do {
            reply = try socket.get(message)
        } catch {
            if error.code == ENODEV { throw DataPlaneError("there is no interface '\(name)'", error.code) }
            throw DataPlaneError("cannot read the interface '\(name)'", error.code)
        }
        guard let interface = NetworkInterface(reply) else {
            throw DataPlaneError("the kernel's description of the interface '\(name)' cannot be decoded")
        }
        return interface
    }

    /// All interfaces.
    package func interfaces() throws(DataPlaneError) -> [NetworkInterface] {
        var message = NetlinkMessage(mip_rtm_getlink, flags: 0)
        message.append(ifinfomsg())
        return try list(message, "the interfaces").compactMap(NetworkInterface.init)
    }

    package func setUp(_ interface: CInt, mtu: Int? = nil) throws(DataPlaneError) {
        var message = NetlinkMessage(mip_rtm_newlink, flags: 0)
        message.append(
            ifinfomsg(
                ifi_family: 0, __ifi_pad: 0, ifi_type: 0, ifi_index: interface, ifi_flags: UInt32(mip_iff_up),
                ifi_change: UInt32(mip_iff_up)))
        if let mtu { message.attribute(Int(IFLA_MTU), UInt32(clamping: mtu)) }
        try perform(message, "cannot switch on interface \(interface)")
    }

    /// - Parameter kind: `ipip` or `gre`.
    func addTunnelDevice(named name: String, kind: String, tunnel: MobilityTunnelKey) throws(NetlinkError) {
        var message = NetlinkMessage(mip_rtm_newlink, flags: NLM_F_CREATE | NLM_F_EXCL)
        message.append(ifinfomsg())
        message.attribute(Int(IFLA_IFNAME), name: name)
        message.nested(Int(IFLA_LINKINFO)) { information in
            information.attribute(Int(IFLA_INFO_KIND), kind.utf8)
            information.nested(Int(IFLA_INFO_DATA)) { data in
                // IFLA_IPTUN_* and IFLA_GRE_* differ in their numbers.
                let isGRE = kind == "gre"
                data.attribute(isGRE ? 6 : 2, tunnel.localAddress.rawValue.bigEndian)
                data.attribute(isGRE ? 7 : 3, tunnel.remoteAddress.rawValue.bigEndian)
                data.attribute(isGRE ? 8 : 4, UInt8(64))
                data.attribute(isGRE ? 10 : 10, UInt8(1))
            }
        }
        try socket.perform(message)
    }

    package func removeLink(_ interface: CInt) throws(DataPlaneError) {
        var message = NetlinkMessage(mip_rtm_dellink, flags: 0)
        message.append(
            ifinfomsg(ifi_family: 0, __ifi_pad: 0, ifi_type: 0, ifi_index: interface, ifi_flags: 0, ifi_change: 0))
        try perform(message, "cannot remove interface \(interface)", ignoring: ENODEV)
    }

    /// Datagrams and octets that a device has received and sent.
    func statistics(of interface: CInt) -> TunnelTraffic? {
        var message = NetlinkMessage(mip_rtm_getlink, flags: 0)
        message.append(
            ifinfomsg(ifi_family: 0, __ifi_pad: 0, ifi_type: 0, ifi_index: interface, ifi_flags: 0, ifi_change: 0))
        guard let reply = try? socket.get(message),
            let octets = reply.attributes(after: ifinfomsg.self)[Int(IFLA_STATS64)]
        else { return nil }
        // rtnl_link_stats64: packets in and out, octets in and out.
        let values = (0..<4).map { octets.dropFirst($0 * 8).integer(UInt64.self) ?? 0 }
        return TunnelTraffic(
            sent: TrafficCount(packets: values[1], octets: values[3]),
            received: TrafficCount(packets: values[0], octets: values[2]))
    }

    // MARK: - Addresses

    /// Adds an address to an interface. A prefix shorter than 32 bits is the prefix of its link. One that is there already stays
    /// as it is: replacing it would mark an address of others as this client's.
    package func addAddress(_ address: IPv4Address, prefixLength: Int = 32, to interface: CInt) throws(DataPlaneError) {
        try perform(
            addressMessage(mip_rtm_newaddr, NLM_F_CREATE | NLM_F_EXCL, address, prefixLength, interface),
            "cannot add the address \(address) to interface \(interface)", ignoring: EEXIST)
    }

    package func removeAddress(_ address: IPv4Address, prefixLength: Int = 32, from interface: CInt) throws(DataPlaneError) {
        try perform(
            addressMessage(mip_rtm_deladdr, 0, address, prefixLength, interface),
            "cannot remove the address \(address) from interface \(interface)", ignoring: EADDRNOTAVAIL, ENODEV)
    }

    /// The addresses of an interface with a prefix of 32 bits that carry this client's protocol number; none before Linux 5.18.
    package func addresses(of interface: CInt) throws(DataPlaneError) -> [IPv4Address] {
        var message = NetlinkMessage(mip_rtm_getaddr, flags: 0)
        message.append(ifaddrmsg(ifa_family: UInt8(AF_INET), ifa_prefixlen: 0, ifa_flags: 0, ifa_scope: 0, ifa_index: 0))
        return try list(message, "the addresses").compactMap { reply in
            guard let header = reply.structure(ifaddrmsg.self), header.ifa_family == UInt8(AF_INET),
                header.ifa_index == UInt32(bitPattern: interface), header.ifa_prefixlen == 32
            else { return nil }
            let attributes = reply.attributes(after: ifaddrmsg.self)
            guard attributes[Int(mip_ifa_protocol)]?.first == protocolNumber else { return nil }
            return attributes[Int(IFA_LOCAL)]?.address
        }
    }

    private func addressMessage(
        _ type: CInt, _ flags: CInt, _ address: IPv4Address, _ prefixLength: Int, _ interface: CInt
    ) -> NetlinkMessage {
        var message = NetlinkMessage(type, flags: flags)
        message.append(
            ifaddrmsg(
                ifa_family: UInt8(AF_INET), ifa_prefixlen: UInt8(clamping: prefixLength), ifa_flags: 0, ifa_scope: 0,
                ifa_index: UInt32(bitPattern: interface)))
        message.attribute(Int(IFA_LOCAL), address.rawValue.bigEndian)
        message.attribute(Int(IFA_ADDRESS), address.rawValue.bigEndian)
        message.attribute(Int(mip_ifa_protocol), protocolNumber)
        return message
    }

    // MARK: - Routes

    /// Sets a route; replaces one with the same destination, table and metric.
    package func setRoute(_ route: Route) throws(DataPlaneError) {
        do {
            try socket.perform(settingMessage(route))
        } catch {
            throw failure(of: route, error)
        }
    }

    /// Sets routes as `setRoute` does, but many with one system call.
    ///
    /// - Returns: why routes have not been set, by index; all others have been.
    package func setRoutes(_ routes: [Route]) -> [Int: DataPlaneError] {
        var failures: [Int: DataPlaneError] = [:]
        for start in stride(from: 0, to: routes.count, by: Self.groupSize) {
            let group = routes[start..<min(start + Self.groupSize, routes.count)]
            do throws(NetlinkError) {
                for (index, error) in try socket.perform(group.map { settingMessage($0) }) {
                    failures[start + index] = failure(of: routes[start + index], error)
                }
            } catch {
                // The results are unknown. Setting a route once more changes nothing, and each reply is awaited now.
                for (index, route) in zip(group.indices, group) {
                    do throws(DataPlaneError) { try setRoute(route) } catch { failures[index] = error }
                }
            }
        }
        return failures
    }

    /// Most requests in one datagram: the replies to all of them, about 1 KiB each in the kernel, fit into the buffer of a socket, for
    /// which the kernel's default is 208 KiB.
    static let groupSize = 128

    private func settingMessage(_ route: Route) -> NetlinkMessage {
        message(mip_rtm_newroute, NLM_F_CREATE | NLM_F_REPLACE, route)
    }

    private func failure(of route: Route, _ error: NetlinkError) -> DataPlaneError {
        failure("cannot set the route to \(route.destination) on interface \(route.interface)", error)
    }

    package func removeRoute(_ route: Route) throws(DataPlaneError) {
        try perform(
            message(mip_rtm_delroute, 0, route),
            "cannot remove the route to \(route.destination) from interface \(route.interface)",
            ignoring: ESRCH, ENODEV)
    }

    /// The routes that carry this client's protocol number.
    package func routes() throws(DataPlaneError) -> [Route] {
        var message = NetlinkMessage(mip_rtm_getroute, flags: 0)
        var header = rtmsg()
        header.rtm_family = UInt8(AF_INET)
        header.rtm_protocol = protocolNumber
        message.append(header)
        return try list(message, "the routes").compactMap { reply in
            guard let header = reply.structure(rtmsg.self), header.rtm_family == UInt8(AF_INET),
                header.rtm_protocol == protocolNumber
            else { return nil }
            let attributes = reply.attributes(after: rtmsg.self)
            let destination = attributes[Int(RTA_DST.rawValue)]?.integer(UInt32.self).map(UInt32.init(bigEndian:)) ?? 0
            guard let interface = attributes[Int(RTA_OIF.rawValue)]?.integer(CInt.self),
                let prefix = IPv4Prefix(
                    containing: IPv4Address(rawValue: destination), length: Int(header.rtm_dst_len))
            else { return nil }
            let table = attributes[Int(RTA_TABLE.rawValue)]?.integer(UInt32.self) ?? UInt32(header.rtm_table)
            func address(_ attribute: rtattr_type_t) -> IPv4Address? {
                attributes[Int(attribute.rawValue)]?.integer(UInt32.self).map { IPv4Address(rawValue: UInt32(bigEndian: $0)) }
            }
            return Route(
                destination: prefix, interface: interface, table: table, gateway: address(RTA_GATEWAY),
                source: address(RTA_PREFSRC), metric: attributes[Int(RTA_PRIORITY.rawValue)]?.integer(UInt32.self) ?? 0)
        }
    }

    private func message(_ type: CInt, _ flags: CInt, _ route: Route) -> NetlinkMessage {
        var message = NetlinkMessage(type, flags: flags)
        message.append(
            rtmsg(
                rtm_family: UInt8(AF_INET), rtm_dst_len: UInt8(clamping: route.destination.length), rtm_src_len: 0,
                rtm_tos: 0, rtm_table: UInt8(RT_TABLE_UNSPEC.rawValue), rtm_protocol: protocolNumber,
                rtm_scope: UInt8((route.gateway == nil ? RT_SCOPE_LINK : RT_SCOPE_UNIVERSE).rawValue),
                // The router is on the link even if it is outside the link's prefix.
                rtm_type: UInt8(RTN_UNICAST), rtm_flags: route.gateway == nil ? 0 : UInt32(RTNH_F_ONLINK)))
        if route.destination.length > 0 {
            message.attribute(Int(RTA_DST.rawValue), route.destination.network.rawValue.bigEndian)
        }
        message.attribute(Int(RTA_OIF.rawValue), route.interface)
        message.attribute(Int(RTA_TABLE.rawValue), route.table)
        if let gateway = route.gateway { message.attribute(Int(RTA_GATEWAY.rawValue), gateway.rawValue.bigEndian) }
        if let source = route.source { message.attribute(Int(RTA_PREFSRC.rawValue), source.rawValue.bigEndian) }
        if route.metric > 0 { message.attribute(Int(RTA_PRIORITY.rawValue), route.metric) }
        return message
    }

    // MARK: - Policy rules

    package func addRule(_ rule: PolicyRule) throws(DataPlaneError) {
        try perform(
            message(mip_rtm_newrule, NLM_F_CREATE | NLM_F_EXCL, rule), "cannot add the policy rule \(rule)",
            ignoring: EEXIST)
    }

    package func removeRule(_ rule: PolicyRule) throws(DataPlaneError) {
        try perform(
            message(mip_rtm_delrule, 0, rule), "cannot remove the policy rule \(rule)", ignoring: ENOENT)
    }

    /// The rules that carry this client's protocol number.
    package func rules() throws(DataPlaneError) -> [PolicyRule] {
        var message = NetlinkMessage(mip_rtm_getrule, flags: 0)
        var header = fib_rule_hdr()
        header.family = UInt8(AF_INET)
        message.append(header)
        return try list(message, "the policy rules").compactMap { reply in
            guard let header = reply.structure(fib_rule_hdr.self), header.family == UInt8(AF_INET) else { return nil }
            let attributes = reply.attributes(after: fib_rule_hdr.self)
            guard attributes[Int(FRA_PROTOCOL)]?.first == protocolNumber else { return nil }
            return PolicyRule(
                priority: attributes[Int(FRA_PRIORITY)]?.integer(UInt32.self) ?? 0,
                table: attributes[Int(FRA_TABLE)]?.integer(UInt32.self) ?? UInt32(header.table),
                source: attributes[Int(FRA_SRC)]?.address, destination: attributes[Int(FRA_DST)]?.address,
                incomingInterface: attributes[Int(FRA_IIFNAME)]?.name,
                mark: attributes[Int(FRA_FWMARK)]?.integer(UInt32.self))
        }
    }

    private func message(_ type: CInt, _ flags: CInt, _ rule: PolicyRule) -> NetlinkMessage {
        var message = NetlinkMessage(type, flags: flags)
        var header = fib_rule_hdr()
        header.family = UInt8(AF_INET)
        header.src_len = rule.source == nil ? 0 : 32
        header.dst_len = rule.destination == nil ? 0 : 32
        header.action = UInt8(rule.table == PolicyRule.discard ? FR_ACT_BLACKHOLE : FR_ACT_TO_TBL)
        message.append(header)
        if rule.table != PolicyRule.discard { message.attribute(Int(FRA_TABLE), rule.table) }
        message.attribute(Int(FRA_PRIORITY), rule.priority)
        message.attribute(Int(FRA_PROTOCOL), protocolNumber)
        if let source = rule.source { message.attribute(Int(FRA_SRC), source.rawValue.bigEndian) }
        if let destination = rule.destination { message.attribute(Int(FRA_DST), destination.rawValue.bigEndian) }
        if let name = rule.incomingInterface { message.attribute(Int(FRA_IIFNAME), name: name) }
        if let mark = rule.mark {
            message.attribute(Int(FRA_FWMARK), mark)
            message.attribute(Int(FRA_FWMASK), UInt32.max)
        }
        return message
    }

    // MARK: - Neighbours

    package func setNeighbor(_ neighbor: Neighbor) throws(DataPlaneError) {
        try perform(
            message(mip_rtm_newneigh, NLM_F_CREATE | NLM_F_REPLACE, neighbor),
            "cannot set the neighbour \(neighbor.address) on interface \(neighbor.interface)")
    }

    package func removeNeighbor(_ neighbor: Neighbor) throws(DataPlaneError) {
        try perform(
            message(mip_rtm_delneigh, 0, neighbor),
            "cannot remove the neighbour \(neighbor.address) from interface \(neighbor.interface)",
            ignoring: ENOENT, ENODEV, ENXIO)
    }

    /// The neighbours, including proxies, that carry this client's protocol number.
    package func neighbors() throws(DataPlaneError) -> [Neighbor] {
        var found: [Neighbor] = []
        for flags in [0, UInt8(mip_ntf_proxy)] {
            var message = NetlinkMessage(mip_rtm_getneigh, flags: 0)
            var header = ndmsg()
            header.ndm_family = UInt8(AF_INET)
            header.ndm_flags = flags
            message.append(header)
            found += try list(message, "the neighbours").compactMap { reply in
                guard let header = reply.structure(ndmsg.self), header.ndm_family == UInt8(AF_INET) else { return nil }
                let attributes = reply.attributes(after: ndmsg.self)
                guard attributes[Int(mip_nda_protocol)]?.first == protocolNumber,
                    let address = attributes[Int(mip_nda_destination)]?.integer(UInt32.self)
                else { return nil }
                return Neighbor(
                    address: IPv4Address(rawValue: UInt32(bigEndian: address)), interface: header.ndm_ifindex,
                    linkLayerAddress: header.ndm_flags & UInt8(mip_ntf_proxy) != 0
                        ? nil : attributes[Int(mip_nda_link_layer_address)].flatMap { LinkLayerAddress($0) })
            }
        }
        return found
    }

    private func message(_ type: CInt, _ flags: CInt, _ neighbor: Neighbor) -> NetlinkMessage {
        var message = NetlinkMessage(type, flags: flags)
        var header = ndmsg()
        header.ndm_family = UInt8(AF_INET)
        header.ndm_ifindex = neighbor.interface
        if neighbor.linkLayerAddress == nil {
            header.ndm_flags = UInt8(mip_ntf_proxy)
        } else {
            header.ndm_state = UInt16(mip_nud_permanent)
        }
        message.append(header)
        message.attribute(Int(mip_nda_destination), neighbor.address.rawValue.bigEndian)
        if let address = neighbor.linkLayerAddress { message.attribute(Int(mip_nda_link_layer_address), address.octets) }
        message.attribute(Int(mip_nda_protocol), protocolNumber)
        return message
    }

    // MARK: - Inside

    private func perform(_ message: NetlinkMessage, _ action: @autoclosure () -> String, ignoring: CInt...) throws(DataPlaneError)
    {
        do {
            try socket.perform(message)
        } catch {
            if ignoring.contains(error.code) { return }
            throw failure(action(), error)
        }
    }

    private func failure(_ action: String, _ error: NetlinkError) -> DataPlaneError {
        DataPlaneError(action, error.code, hint: error.code == EPERM ? "the program needs CAP_NET_ADMIN" : nil)
    }

    private func list(_ message: NetlinkMessage, _ what: String) throws(DataPlaneError) -> [NetlinkReply] {
        do {
            return try socket.dump(message)
        } catch {
            throw DataPlaneError("cannot list \(what)", error.code)
        }
    }
}

extension NetworkInterface {
    init?(_ reply: NetlinkReply) {
        guard reply.type == UInt16(truncatingIfNeeded: mip_rtm_newlink), let header = reply.structure(ifinfomsg.self)
        else { return nil }
        let attributes = reply.attributes(after: ifinfomsg.self)
        guard let name = attributes[Int(IFLA_IFNAME)]?.name else { return nil }
        self.init(
            index: header.ifi_index, name: name,
            linkLayerAddress: header.ifi_type == 1 ? attributes[Int(IFLA_ADDRESS)].flatMap { LinkLayerAddress($0) } : nil,
            mtu: Int(attributes[Int(IFLA_MTU)]?.integer(UInt32.self) ?? 0), isUp: header.ifi_flags & UInt32(mip_iff_up) != 0,
            hasCarrier: attributes[Int(mip_ifla_carrier)]?.first == 1,
            carrierChanges: attributes[Int(mip_ifla_carrier_changes)]?.integer(UInt32.self) ?? 0)
    }
}
