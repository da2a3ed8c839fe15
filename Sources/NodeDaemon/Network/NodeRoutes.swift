import DataPlane
import Logging
import MobileIPv4

/// The addresses, routes and neighbours that the node needs at its current place in the network.
struct NodeRoutes {
    private let client: RouteClient
    private let interface: CInt
    private let logger: Logger
    private var homeAddress: IPv4Address?
    private var routes: [Route] = []
    private var neighbors: [Neighbor] = []

    /// Higher than the metrics of routes that DHCP or an operator sets, so that those routes win if there are any.
    private static let metric: UInt32 = 4400

    /// Removes what an earlier process of the node has left behind.
    ///
    /// - Parameter homeAddress: the configured home address; 0.0.0.0 for none. It is set again anyway, and removing it would take
    ///   with it the routes of others that use it.
    init(
        client: RouteClient, interface: CInt, keeping homeAddress: IPv4Address = .zero, logger: Logger
    ) throws(DataPlaneError) {
        self.client = client
        self.interface = interface
        self.logger = logger
        for route in try client.routes() { try client.removeRoute(route) }
        for neighbor in try client.neighbors() { try client.removeNeighbor(neighbor) }
        // An assigned home address would be taken for an address of the network that the node visits.
        for address in try client.addresses(of: interface) where address != homeAddress {
            try client.removeAddress(address, from: interface)
        }
    }

    /// Adds the home address to the interface, with a prefix of 32 bits so that it is valid on every network; 0.0.0.0 removes it.
    mutating func setHomeAddress(_ address: IPv4Address) {
        guard address != homeAddress ?? .zero else { return }
        let old = homeAddress
        homeAddress = address == .zero ? nil : address
        if address != .zero {
            attempt { (client) throws(DataPlaneError) in try client.addAddress(address, to: interface) }
        }
        // The kernel removes routes with an address that is removed.
        if !routes.isEmpty {
            var moved = routes
            for index in moved.indices { moved[index].source = homeAddress }
            set(moved, neighbors)
        }
        if let old { attempt { (client) throws(DataPlaneError) in try client.removeAddress(old, from: interface) } }
    }

    /// If the home address has been removed from the interface, adds it again and sets the routes that use it.
    ///
    /// - Parameter present: the addresses that the interface has now.
    mutating func restore(_ present: [IPv4Address]) {
        guard let homeAddress, !present.contains(homeAddress) else { return }
        logger.notice("the home address was removed from the interface; adding it again", metadata: ["address": "\(homeAddress)"])
        attempt { (client) throws(DataPlaneError) in try client.addAddress(homeAddress, to: interface) }
        set(routes, neighbors)
    }

    /// Updates the neighbour entry of the agent in use to the address that its frames come from now.
    mutating func update(_ agent: IPv4Address, to linkLayerAddress: LinkLayerAddress) {
        guard let index = neighbors.firstIndex(where: { $0.address == agent && $0.linkLayerAddress != linkLayerAddress })
        else { return }
        neighbors[index].linkLayerAddress = linkLayerAddress
        let neighbor = neighbors[index]
        attempt { (client) throws(DataPlaneError) in try client.setNeighbor(neighbor) }
    }

    /// Sets the routes for the home network: its addresses are on the link, everything else is reached through its router.
    ///
    /// - Parameters:
    ///   - gateway: that router; nil for none.
    ///   - homeAgent: the link-layer address of the home agent, since the node must not send ARP requests before it has
    ///     deregistered.
    mutating func useHomeNetwork(network: IPv4Prefix?, gateway: IPv4Address?, homeAgent: Neighbor?) {
        var wanted = gateway.map { [defaultRoute(through: $0)] } ?? []
        if let network { wanted.insert(route(to: network, through: nil), at: 0) }
        set(wanted, homeAgent.map { [$0] } ?? [])
    }

    /// Sets the routes for a visitor of a foreign agent, which is the router for everything (RFC 5944 §4.2.1).
    mutating func useForeignAgent(_ agent: Neighbor) {
        set([defaultRoute(through: agent.address)], agent.linkLayerAddress == nil ? [] : [agent])
    }

    /// Removes the node's routes: it is attached nowhere, or where DHCP or an operator has set routes.
    mutating func clear() { set([], []) }

    /// Removes routes, neighbours and the home address.
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

    /// Sets new routes before it removes old ones, so that datagrams always have a route.
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
            logger.warning("cannot change the node's routes", metadata: ["error": "\(error)"])
        }
    }
}
