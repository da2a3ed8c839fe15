import AgentModel
import CLinuxNetwork
import Glibc
import MobileIPv4

/// The kernel's own tunnel devices, if it has them.
enum KernelTunnelDevice {
    /// The encapsulations that a kernel may have devices for.
    static let possible: Set<Encapsulation> = [.ipInIp, .gre]

    /// The encapsulations that this kernel has devices for. The probe creates a device and removes it at once; the kernel may load a
    /// module.
    ///
    /// - Parameter name: the name of the device, which must not exist yet.
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

    /// - Throws: when the kernel has no devices of this kind, or already has a device of that name.
    static func make(_ client: RouteClient, name: String, _ tunnel: MobilityTunnelKey) throws(DataPlaneError) {
        let kind: String
        switch tunnel.encapsulation {
        case .ipInIp: kind = "ipip"
        case .gre: kind = "gre"
        case .minEnc: throw DataPlaneError("the kernel has no minimal encapsulation; choose the user-space data plane")
        }
        do {
            try client.addTunnelDevice(named: name, kind: kind, tunnel: tunnel)
        } catch {
            let action = "cannot create the \(kind) device '\(name)'"
            throw DataPlaneError(
                action, error.code, hint: error.code == EOPNOTSUPP ? "this kernel has no devices of kind \(kind)" : nil)
        }
    }
}
