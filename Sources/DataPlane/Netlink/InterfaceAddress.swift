import Glibc
package import MobileIPv4

/// An IPv4 address of an interface, with the prefix of its link.
package struct InterfaceAddress: Hashable, Sendable {
    package var interface: String
    package var address: IPv4Address
    package var prefix: IPv4Prefix

    /// The addresses of one interface or of all interfaces of this machine, in the kernel's order.
    package static func all(of name: String? = nil) -> [InterfaceAddress] {
        var list: UnsafeMutablePointer<ifaddrs>?
        guard getifaddrs(&list) == 0 else { return [] }
        defer { freeifaddrs(list) }
        var found: [InterfaceAddress] = []
        var next = list
        while let entry = next?.pointee {
            next = entry.ifa_next
            let interface = String(cString: entry.ifa_name)
            guard name == nil || interface == name, let address = ipv4(entry.ifa_addr) else { continue }
            let length = ipv4(entry.ifa_netmask).map { (~$0.rawValue).leadingZeroBitCount } ?? 32
            guard let prefix = IPv4Prefix(containing: address, length: length) else { continue }
            found.append(InterfaceAddress(interface: interface, address: address, prefix: prefix))
        }
        return found
    }

    private static func ipv4(_ pointer: UnsafeMutablePointer<sockaddr>?) -> IPv4Address? {
        guard let pointer, pointer.pointee.sa_family == sa_family_t(AF_INET) else { return nil }
        // The family identifies the actual type; the sockets API passes every address as the general type.
        return pointer.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
            IPv4Address(rawValue: UInt32(bigEndian: $0.pointee.sin_addr.s_addr))
        }
    }
}
