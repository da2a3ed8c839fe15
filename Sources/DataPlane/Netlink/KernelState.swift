import MobileIPv4

/// The entries that the kernel must have for one home address.
struct AddressState: Hashable, Sendable {
    var route: Route?
    var rules: Set<PolicyRule> = []
    var neighbor: Neighbor?
    /// Interface that has the home address itself.
    var ownInterface: CInt?

    var isEmpty: Bool { self == AddressState() }
}

/// The routes, rules, neighbours and addresses that a data plane has created, and the operations that change them.
struct KernelState {
    let client: RouteClient
    private var states: [IPv4Address: AddressState] = [:]
    /// Created at startup for all addresses together.
    private var commonRoutes: Set<Route> = []
    private var commonRules: Set<PolicyRule> = []
    /// Whether IP forwarding was off before and must be switched off again at the end.
    private var hasSwitchedForwarding = false

    private static let forwarding = "net/ipv4/ip_forward"

    init(_ client: RouteClient) { self.client = client }

    mutating func addCommon(_ route: Route) throws(DataPlaneError) {
        try client.setRoute(route)
        commonRoutes.insert(route)
    }

    mutating func addCommon(_ rule: PolicyRule) throws(DataPlaneError) {
        try client.addRule(rule)
        commonRules.insert(rule)
    }

    /// Removes what an earlier process left behind, and switches IP forwarding on if requested.
    ///
    /// - Parameter reminder: a rule without effect. If this process is killed, it shows the next one that forwarding was off before.
    mutating func begin(forwarding isWanted: Bool, reminder: PolicyRule) throws(DataPlaneError) {
        let wasKilled = try client.rules().contains(reminder)
        _ = try removeLeftovers()
        let isOff = try Sysctl.read(Self.forwarding) == "0"
        if wasKilled || (isWanted && isOff) {
            try addCommon(reminder)
            hasSwitchedForwarding = true
            try Sysctl.write(isWanted ? "1" : "0", Self.forwarding)
        }
    }

    mutating func removeCommon(_ route: Route) {
        if commonRoutes.remove(route) != nil { try? client.removeRoute(route) }
    }

    mutating func removeCommon(_ rule: PolicyRule) {
        if commonRules.remove(rule) != nil { try? client.removeRule(rule) }
    }

    /// Applies the difference to the current state. If that fails, the previous state is restored as far as possible.
    mutating func set(_ wanted: AddressState, for homeAddress: IPv4Address) throws(DataPlaneError) {
        let old = states[homeAddress] ?? AddressState()
        guard wanted != old else { return }
        do throws(DataPlaneError) {
            try change(homeAddress, from: old, to: wanted)
        } catch {
            try? change(homeAddress, from: wanted, to: old)
            throw error
        }
        states[homeAddress] = wanted.isEmpty ? nil : wanted
        // With the last address of a device, the kernel silently drops every route through it.
        if let interface = old.ownInterface, interface != wanted.ownInterface { try restore() }
    }

    /// Applies the differences as `set(_:for:)` does one by one, but needs few system calls for addresses that get nothing but a route.
    ///
    /// - Parameter wanted: each address at most once.
    /// - Returns: why some could not be set; all others have been.
    mutating func set(_ wanted: [(homeAddress: IPv4Address, state: AddressState)]) -> [IPv4Address: DataPlaneError] {
        var failures: [IPv4Address: DataPlaneError] = [:]
        var routed: [IPv4Address] = []
        var routes: [Route] = []
        for (homeAddress, state) in wanted {
            if let route = state.route, state == AddressState(route: route), states[homeAddress] == nil {
                routed.append(homeAddress)
                routes.append(route)
            } else {
                do throws(DataPlaneError) { try set(state, for: homeAddress) } catch { failures[homeAddress] = error }
            }
        }
        let refused = client.setRoutes(routes)
        for (index, (homeAddress, route)) in zip(routed, routes).enumerated() {
            if let error = refused[index] {
                failures[homeAddress] = error
                // As far as possible, there is no route again.
                try? client.removeRoute(route)
            } else {
                states[homeAddress] = AddressState(route: route)
            }
        }
        return failures
    }

    /// Adds new entries before it removes old ones, so that there is a route at every moment.
    private func change(
        _ homeAddress: IPv4Address, from old: AddressState, to wanted: AddressState
    ) throws(DataPlaneError) {
        if let interface = wanted.ownInterface, interface != old.ownInterface {
            try client.addAddress(homeAddress, to: interface)
        }
        if let neighbor = wanted.neighbor, neighbor != old.neighbor { try client.setNeighbor(neighbor) }
        if let route = wanted.route, route != old.route { try client.setRoute(route) }
        for rule in wanted.rules.subtracting(old.rules) { try client.addRule(rule) }
        for rule in old.rules.subtracting(wanted.rules) { try client.removeRule(rule) }
        if let route = old.route, route != wanted.route { try client.removeRoute(route) }
        if let neighbor = old.neighbor,
            (neighbor.address, neighbor.interface) != (wanted.neighbor?.address, wanted.neighbor?.interface)
        {
            try client.removeNeighbor(neighbor)
        }
        if let interface = old.ownInterface, interface != wanted.ownInterface {
            try client.removeAddress(homeAddress, from: interface)
        }
    }

    /// Recreates entries that the kernel may have dropped by itself.
    func restore() throws(DataPlaneError) {
        for route in commonRoutes { try client.setRoute(route) }
        for rule in commonRules { try client.addRule(rule) }
        var routes: [Route] = []
        for (homeAddress, state) in states {
            if let route = state.route, state == AddressState(route: route) {
                routes.append(route)
            } else {
                try change(homeAddress, from: AddressState(), to: state)
            }
        }
        if let failure = client.setRoutes(routes).values.first { throw failure }
    }

    /// Removes everything; an error does not prevent the rest from being removed.
    ///
    /// - Parameter device: an interface to be removed too. Its routes, neighbours and addresses go with it, at a fraction of what it costs
    ///   to remove them one by one, and at once even if a program that has just been started still holds its descriptor.
    mutating func removeAll(with device: CInt? = nil) {
        let removed = device.flatMap { device in (try? client.removeLink(device)).map { device } }
        for (homeAddress, state) in states {
            for rule in state.rules { try? client.removeRule(rule) }
            if let route = state.route, route.interface != removed { try? client.removeRoute(route) }
            if let neighbor = state.neighbor, neighbor.interface != removed { try? client.removeNeighbor(neighbor) }
            if let interface = state.ownInterface, interface != removed {
                try? client.removeAddress(homeAddress, from: interface)
            }
        }
        if hasSwitchedForwarding { try? Sysctl.write("0", Self.forwarding) }
        hasSwitchedForwarding = false
        for rule in commonRules { try? client.removeRule(rule) }
        for route in commonRoutes where route.interface != removed { try? client.removeRoute(route) }
        states = [:]
        commonRules = []
        commonRoutes = []
    }

    /// Removes entries that carry our protocol number and were not created here: those that a killed process left behind.
    func removeLeftovers() throws(DataPlaneError) -> Int {
        let rules = commonRules.union(states.values.flatMap(\.rules))
        let routes = commonRoutes.union(states.values.compactMap(\.route))
        let neighbors = Set(states.values.compactMap(\.neighbor))
        var removed = 0
        for rule in try client.rules() where !rules.contains(rule) {
            try client.removeRule(rule)
            removed += 1
        }
        for route in try client.routes() where !routes.contains(route) {
            try client.removeRoute(route)
            removed += 1
        }
        for neighbor in try client.neighbors() where !neighbors.contains(neighbor) {
            try client.removeNeighbor(neighbor)
            removed += 1
        }
        return removed
    }
}
