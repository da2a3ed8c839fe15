package import AgentModel
package import MobileIPv4

/// A tunnel as seen from this machine.
package struct Tunnel: Hashable, Sendable, Comparable, Codable {
    /// The address of this machine that the outer headers carry.
    package var local: IPv4Address
    /// The other end.
    package var remote: IPv4Address
    package var encapsulation: Encapsulation

    package init(local: IPv4Address, remote: IPv4Address, encapsulation: Encapsulation) {
        self.local = local
        self.remote = remote
        self.encapsulation = encapsulation
    }

    package static func < (a: Self, b: Self) -> Bool {
        (a.local, a.remote, a.encapsulation.protocolNumber) < (b.local, b.remote, b.encapsulation.protocolNumber)
    }
}
