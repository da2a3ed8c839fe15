import DataPlane
import MobileIPv4
import MobilityLink

/// Watches the node's interface: whether it has a link, whether that is still the same link, and the interface's own addresses.
final class LinkWatch {
    private let notifications: LinkNotifications
    let name: String
    let index: UInt32
    /// Readable when something may have changed.
    var descriptor: CInt { notifications.descriptor }
    private(set) var linkLayerAddress: LinkLayerAddress?
    private let routes: RouteClient
    private var carrierChanges: UInt32?
    private var hadLink = false

    enum Change {
        case none
        case down
        /// There is a link, possibly not the same one as before.
        case up
        /// The interface was removed, and another one has its name.
        case replaced
    }

    init(interface: String, routes: RouteClient) throws(NodeDaemonError) {
        name = interface
        self.routes = routes
        do {
            let found = try routes.interface(named: interface)
            index = UInt32(bitPattern: found.index)
            linkLayerAddress = found.linkLayerAddress
            if !found.isUp { try routes.setUp(found.index) }
        } catch {
            throw NodeDaemonError(error)
        }
        do {
            notifications = try LinkNotifications()
        } catch {
            throw NodeDaemonError(error)
        }
    }

    /// What has happened to the link since the last check.
    func check() -> Change {
        guard let found = try? routes.interface(named: name) else {
            defer { hadLink = false }
            return hadLink ? .down : .none
        }
        guard UInt32(bitPattern: found.index) == index else { return .replaced }
        linkLayerAddress = found.linkLayerAddress
        let hasLink = found.isUp && found.hasCarrier
        defer {
            hadLink = hasLink
            carrierChanges = found.carrierChanges
        }
        if hasLink { return hadLink && carrierChanges == found.carrierChanges ? .none : .up }
        return hadLink ? .down : .none
    }

    /// An address of the interface, other than the home address, that can serve as care-of address: one that DHCP or an operator has set.
    func coLocatedAddress(besides home: IPv4Address, homeNetwork: IPv4Prefix?) -> IPv4Address? {
        InterfaceAddress.all(of: name).map(\.address).first { address in
            address != home && homeNetwork?.contains(address) != true && address.rawValue >> 16 != 0xA9FE
        }
    }
}
