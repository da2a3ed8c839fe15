import AgentModel
import CLinuxNetwork
import Glibc
import MobileIPv4

/// The kernel's own tunnel devices, where it has them.
enum KernelTunnelDevice {
    /// What a kernel may have devices for.
    static let possible: Set<Encapsulation> = [.ipInIp, .gre]

    /// The encapsulations that this kernel has devices for. Asking makes a device and removes it at once; the kernel may load a module.
    ///
    /// - Parameter name: of the device, which must not exist.
    static func probe(_ client: RouteClient, name: String) -> Set<Encapsulation> {
        // Addresses for documentation (RFC 5737): nothing is ever sent there.
        let nowhere = (IPv4Address(192, 0, 2, 1), IPv4Address(192, 0, 2, 2))
        return possible.filter { encapsulation in
            let tunnel = MobilityTunnelKey(localAddress: nowhere.0, remoteAddress: nowhere.1, encapsulation: encapsulation)
            guard (try? make(client, name: name, tunnel)) != nil else { return false }
            if let interface = try? client.interface(named: name) { try? client.removeLink(interface.index) }
            return true
        }
    }

    /// - Throws: when the kernel has no such device, or has one of that name.
    static func make(_ client: RouteClient, name: String, _ tunnel: MobilityTunnelKey) throws(DataPlaneError) {
        let kind: String
        switch tunnel.encapsulation {
        case .ipInIp: kind = "ipip"
        case .gre: kind = "gre"
        case .minEnc: throw DataPlaneError("the kernel has no minimal encapsulation; choose the data plane in user space")
        }
        do {
            try client.addTunnelDevice(named: name, kind: kind, tunnel: tunnel)
        } catch {
            let action = "the \(kind) device '\(name)' cannot be made"
            throw DataPlaneError(
                action, error.code, hint: error.code == EOPNOTSUPP ? "this kernel has no devices of kind \(kind)" : nil)
        }
    }
}
