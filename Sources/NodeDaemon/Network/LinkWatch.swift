import DataPlane
import MobileIPv4
import MobilityLink

/// The node's interface: whether there is a link, whether it is still the same one, and its own addresses.
final class LinkWatch {
    private let news: LinkNotifications
    let name: String
    let index: UInt32
    /// Readable when there may be something to look at.
    var descriptor: CInt { news.descriptor }
    private(set) var linkLayerAddress: LinkLayerAddress?
    private let routes: RouteClient
    private var carrierChanges: UInt32?
    private var hadLink = false

    enum Change {
        case none
        case down
        /// There is a link, and it may be another one than before.
        case up
        /// The interface was removed, and there is another one of its name.
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
            news = try LinkNotifications()
        } catch {
            throw NodeDaemonError(error)
        }
    }

    /// What has become of the link since the last look.
    func look() -> Change {
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

    /// An address of the interface that is not the node's own and can serve as care-of address: one that DHCP or an operator has set.
    func coLocatedAddress(besides home: IPv4Address, homeNetwork: IPv4Prefix?) -> IPv4Address? {
        InterfaceAddress.all(of: name).map(\.address).first { address in
            address != home && homeNetwork?.contains(address) != true && address.rawValue >> 16 != 0xA9FE
        }
    }
}
