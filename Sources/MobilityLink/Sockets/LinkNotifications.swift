import CLinuxNetwork
package import DataPlane
import Glibc

/// News of the kernel that links or addresses have changed. What they say is not read: whoever hears them looks at what is.
package final class LinkNotifications: Sendable {
    package let descriptor: CInt

    package init() throws(LinkError) {
        descriptor = socket(AF_NETLINK, CInt(mip_socket_raw | mip_socket_flags), 0)
        let code = descriptor < 0 ? errno : mip_bind_netlink_notifications(descriptor)
        // Throwing runs `deinit`, which closes the descriptor.
        guard code == 0 else { throw LinkError("news of links cannot be had", needingRaw: code) }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }
}

/// What one interface was at the last look.
package struct LinkState: Hashable, Sendable {
    private let index: CInt
    private let carrierChanges: UInt32
    private let hasLink: Bool

    /// Nil when there is no such interface.
    package init?(of interface: String, _ routes: RouteClient) {
        guard let found = try? routes.interface(named: interface) else { return nil }
        index = found.index
        carrierChanges = found.carrierChanges
        hasLink = found.isUp && found.hasCarrier
    }

    /// Whether there is a link now that was not there at an earlier look, or not all the time since.
    package func isBack(since earlier: LinkState?) -> Bool { hasLink && self != earlier }
}
