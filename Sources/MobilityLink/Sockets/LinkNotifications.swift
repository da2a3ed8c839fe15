import CLinuxNetwork
package import DataPlane
import Glibc

/// Notifications from the kernel that links or addresses have changed. Their content is not read: the receiver queries the current state.
package final class LinkNotifications: Sendable {
    package let descriptor: CInt

    package init() throws(LinkError) {
        descriptor = socket(AF_NETLINK, CInt(mip_socket_raw | mip_socket_flags), 0)
        let code = descriptor < 0 ? errno : mip_bind_netlink_notifications(descriptor)
        // Throwing runs `deinit`, which closes the descriptor.
        guard code == 0 else { throw LinkError("link notifications from the kernel cannot be received", needingRaw: code) }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }
}

/// The state of an interface when it was last examined.
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

    /// Whether there is a link now that was absent at an earlier look or has been interrupted since.
    package func isBack(since earlier: LinkState?) -> Bool { hasLink && self != earlier }
}
