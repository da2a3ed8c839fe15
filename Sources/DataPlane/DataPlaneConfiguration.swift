package import AgentModel
package import MobileIPv4

/// The settings that a data plane starts with.
package struct DataPlaneConfiguration: Sendable {
    package enum Choice: String, Hashable, Sendable, CaseIterable, Codable {
        /// The kernel's devices if it has them and they can do everything required, otherwise user space.
        case automatic
        case kernel, userSpace
    }

    /// Which implementation to use.
    package var choice: Choice = .automatic
    /// The encapsulations that may be requested.
    package var encapsulations = Set(Encapsulation.allCases)
    /// Whether a home address may have several care-of addresses at once.
    package var needsSimultaneousBindings = true
    /// Whether visitors may request the encapsulating delivery style.
    package var needsEncapsulatingDelivery = true
    /// Name of the TUN device, and prefix of the names of tunnel devices: 1 to 10 letters and digits.
    package var device: String
    /// Addresses of this machine at which tunnels may end. Addresses of tunnels set later are added automatically.
    package var localAddresses: [IPv4Address]
    /// Marks routes, rules and neighbours as created by this data plane, so that those of a dead process are recognised. 44 is not assigned
    /// in linux/rtnetlink.h. Two data planes in one network namespace need different devices, numbers, tables and preferences.
    package var routeProtocol: UInt8 = 44
    /// The routing table for reverse tunnelling.
    package var routeTable: UInt32 = 44
    /// Preference of the policy rules; this one and the next are used.
    package var rulePriority: UInt32 = 440
    /// Firewall mark of datagrams that are never tunnelled: outer datagrams carry it, and registration messages may carry it too.
    package var mark: UInt32 = 0x6D69_7034
    /// Whether to enable `net.ipv4.ip_forward` while running, which agents need and mobile nodes do not.
    package var enablesForwarding: Bool = true
    /// Longest datagram, in octets, that is accepted for encapsulation; the path of each tunnel may allow less.
    package var deviceMTU: Int = 9000
    /// How many times a gratuitous ARP is sent, a second apart (RFC 5944 §4.6 recommends repetitions).
    package var gratuitousARPs: Int = 3

    /// Stays in the kernel while forwarding is enabled. The rule has no effect: it selects the table that would be used without it.
    var reminder: PolicyRule { PolicyRule(priority: rulePriority, table: RouteClient.mainTable, mark: ~mark) }

    /// Whether tunnel devices of a kernel that has the `available` encapsulations can do everything required.
    func isServed(byKernelWith available: Set<Encapsulation>) -> Bool {
        encapsulations.isSubset(of: available) && !needsSimultaneousBindings && !needsEncapsulatingDelivery
    }

    package init(device: String = "mip0", localAddresses: [IPv4Address] = []) {
        self.device = device
        self.localAddresses = localAddresses
    }
}
