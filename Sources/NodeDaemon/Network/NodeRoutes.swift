import DataPlane
import Logging
import MobileIPv4

/// The node's addresses, routes and neighbours, as its place in the network asks for them.
struct NodeRoutes {
    private let client: RouteClient
    private let interface: CInt
    private let logger: Logger
    private var homeAddress: IPv4Address?
    private var routes: [Route] = []
    private var neighbors: [Neighbor] = []

    /// Worse than what DHCP or an operator sets, so that those win where there are any.
    private static let metric: UInt32 = 4400

    /// Removes what an earlier node has left behind.
    init(client: RouteClient, interface: CInt, logger: Logger) throws(DataPlaneError) {
        self.client = client
        self.interface = interface
        self.logger = logger
        for route in try client.routes() { try client.removeRoute(route) }
        for neighbor in try client.neighbors() { try client.removeNeighbor(neighbor) }
    }

    /// Gives the interface the home address, of 32 bits, so that it is the node's own wherever it is; 0.0.0.0 takes it away.
    mutating func setHomeAddress(_ address: IPv4Address) {
        guard address != homeAddress ?? .zero else { return }
        if let old = homeAddress { attempt { (client) throws(DataPlaneError) in try client.removeAddress(old, from: interface) } }
        homeAddress = address == .zero ? nil : address
        guard address != .zero else { return }
        attempt { (client) throws(DataPlaneError) in try client.addAddress(address, to: interface) }
    }

    /// Takes the home address back, and makes the routes from it again, when somebody has taken it off the interface.
    ///
    /// - Parameter present: the addresses that the interface has.
    mutating func restore(_ present: [IPv4Address]) {
        guard let homeAddress, !present.contains(homeAddress) else { return }
        logger.notice("the home address was taken off the interface and is set again", metadata: ["address": "\(homeAddress)"])
        attempt { (client) throws(DataPlaneError) in try client.addAddress(homeAddress, to: interface) }
        set(routes, neighbors)
    }

    /// The agent in use is where its frames come from now.
    mutating func follow(_ agent: IPv4Address, to linkLayerAddress: LinkLayerAddress) {
        guard let index = neighbors.firstIndex(where: { $0.address == agent && $0.linkLayerAddress != linkLayerAddress })
        else { return }
        neighbors[index].linkLayerAddress = linkLayerAddress
        let neighbor = neighbors[index]
        attempt { (client) throws(DataPlaneError) in try client.setNeighbor(neighbor) }
    }

    /// On the home network: its addresses are on the link, all else is behind its router.
    ///
    /// - Parameter homeAgent: where the home agent is, since the node must not ask by ARP before it has deregistered.
    mutating func beAtHome(network: IPv4Prefix?, gateway: IPv4Address, homeAgent: Neighbor?) {
        var wanted = [defaultRoute(through: gateway)]
        if let network { wanted.insert(route(to: network, through: nil), at: 0) }
        set(wanted, homeAgent.map { [$0] } ?? [])
    }

    /// Behind a foreign agent, which is the router for everything (RFC 5944 §4.2.1).
    mutating func beVisitor(of agent: Neighbor) {
        set([defaultRoute(through: agent.address)], agent.linkLayerAddress == nil ? [] : [agent])
    }

    /// Nowhere, or where others have set routes.
    mutating func beElsewhere() { set([], []) }

    /// Leaves nothing behind.
    mutating func removeAll() {
        set([], [])
        if let homeAddress {
            attempt { (client) throws(DataPlaneError) in try client.removeAddress(homeAddress, from: interface) }
        }
        homeAddress = nil
    }

    // MARK: - Inside

    private func defaultRoute(through gateway: IPv4Address) -> Route {
        route(to: .everything, through: gateway)
    }

    private func route(to destination: IPv4Prefix, through gateway: IPv4Address?) -> Route {
        Route(
            destination: destination, interface: interface, table: RouteClient.mainTable,
            gateway: gateway, source: homeAddress, metric: Self.metric)
    }

    /// Sets what is wanted before it removes what is not, so that datagrams always have a way.
    private mutating func set(_ wanted: [Route], _ wantedNeighbors: [Neighbor]) {
        for neighbor in wantedNeighbors { attempt { (client) throws(DataPlaneError) in try client.setNeighbor(neighbor) } }
        for route in wanted { attempt { (client) throws(DataPlaneError) in try client.setRoute(route) } }
        for route in routes where !wanted.contains(where: { $0.destination == route.destination }) {
            attempt { (client) throws(DataPlaneError) in try client.removeRoute(route) }
        }
        for neighbor in neighbors where !wantedNeighbors.contains(where: { $0.address == neighbor.address }) {
            attempt { (client) throws(DataPlaneError) in try client.removeNeighbor(neighbor) }
        }
        routes = wanted
        neighbors = wantedNeighbors
    }

    private func attempt(_ body: (RouteClient) throws(DataPlaneError) -> Void) {
        do {
            try body(client)
        } catch {
            logger.warning("the node's routes could not be changed", metadata: ["error": "\(error)"])
        }
    }
}
