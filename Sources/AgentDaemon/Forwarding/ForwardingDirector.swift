import AgentModel
import DataPlane
import Logging
import MobileIPv4
import MobilityLink

/// Tells the data plane what bindings and visits ask of it.
struct ForwardingDirector {
    private let plane: any DataPlane
    private let logger: Logger
    /// By home address, then by care-of address.
    private var destinations: [IPv4Address: [IPv4Address: HomeForwarding.Destination]] = [:]
    /// Accepted visitors, by home address.
    private var visitors: [IPv4Address: Visitor] = [:]
    private var failed: Set<IPv4Address> = []

    init(_ plane: any DataPlane, logger: Logger) {
        self.plane = plane
        self.logger = logger
    }

    /// Brings about what these changes ask for, each home address once.
    mutating func apply(_ changes: [StateChange], links: [AgentLink]) {
        var homes: [IPv4Address: EndReason?] = [:]
        var visits: Set<IPv4Address> = []
        for change in changes {
            switch change {
            case .binding(let row):
                let destination = HomeForwarding.Destination(
                    tunnel: Tunnel(local: row.homeAgent, remote: row.careOfAddress, encapsulation: row.encapsulation),
                    acceptsReverse: row.reverseTunnel != .none)
                // A renewal changes nothing here.
                guard destinations[row.homeAddress]?[row.careOfAddress] != destination else { continue }
                destinations[row.homeAddress, default: [:]][row.careOfAddress] = destination
                homes[row.homeAddress] = .some(nil)
            case .bindingRemoved(let key, let reason):
                destinations[key.homeAddress]?[key.careOfAddress] = nil
                homes[key.homeAddress] = reason
            case .visitor(let row) where row.state == .accepted:
                guard visitors[row.homeAddress].map({ $0.forwardsLike(row) }) != true else { continue }
                visitors[row.homeAddress] = row
                visits.insert(row.homeAddress)
            case .visitorRemoved(let key, _):
                guard visitors[key.homeAddress]?.key == key else { continue }
                visitors[key.homeAddress] = nil
                visits.insert(key.homeAddress)
            default: continue
            }
        }
        for (homeAddress, reason) in homes { setHome(homeAddress, endedBy: reason, links) }
        for homeAddress in visits { setVisitor(homeAddress, links) }
    }

    /// Tries again what failed.
    mutating func retry(links: [AgentLink]) {
        let again = failed
        failed = []
        for homeAddress in again {
            setHome(homeAddress, endedBy: nil, links)
            setVisitor(homeAddress, links)
        }
    }

    var hasFailures: Bool { !failed.isEmpty }

    private mutating func setHome(_ homeAddress: IPv4Address, endedBy reason: EndReason?, _ links: [AgentLink]) {
        let link = links.first { $0.services.contains(.homeAgent) && $0.prefix.contains(homeAddress) }
        let current = destinations[homeAddress] ?? [:]
        guard current.isEmpty else {
            let home = HomeForwarding(
                homeAddress: homeAddress, destinations: current.sorted { $0.key < $1.key }.map(\.value),
                homeInterface: link?.name)
            attempt(homeAddress) { (plane) throws(DataPlaneError) in try plane.setHome(home) }
            return
        }
        destinations[homeAddress] = nil
        // Only a node that has come home has its own link-layer address told.
        let own = reason == .deregistered ? link?.neighbors.address(of: homeAddress, identification: nil) : nil
        attempt(homeAddress) { (plane) throws(DataPlaneError) in try plane.removeHome(homeAddress, linkLayerAddress: own) }
    }

    private mutating func setVisitor(_ homeAddress: IPv4Address, _ links: [AgentLink]) {
        guard let visitor = visitors[homeAddress] else {
            attempt(homeAddress) { (plane) throws(DataPlaneError) in try plane.removeVisitor(homeAddress) }
            return
        }
        let serving = links.filter { $0.services.contains(.foreignAgent) }
        let seen = serving.lazy.compactMap { link in
            link.neighbors.address(of: visitor.sourceAddress, identification: visitor.identification).map { (link, $0) }
        }.first
        guard let link = seen?.0 ?? serving.first else { return }
        let forwarding = VisitorForwarding(
            homeAddress: homeAddress, homeAgent: visitor.homeAgent, careOfAddress: visitor.careOfAddress,
            encapsulation: visitor.encapsulation, reverse: visitor.reverseTunnel, interface: link.name, linkLayerAddress: seen?.1)
        attempt(homeAddress) { (plane) throws(DataPlaneError) in try plane.setVisitor(forwarding) }
    }

    private mutating func attempt(
        _ homeAddress: IPv4Address, _ body: (any DataPlane) throws(DataPlaneError) -> Void
    ) {
        do {
            try body(plane)
            failed.remove(homeAddress)
        } catch {
            failed.insert(homeAddress)
            logger.warning(
                "forwarding could not be changed and is tried again",
                metadata: ["homeAddress": "\(homeAddress)", "error": "\(error)"])
        }
    }
}

extension Visitor {
    /// Whether both ask the same of the data plane.
    fileprivate func forwardsLike(_ other: Visitor) -> Bool {
        key == other.key && homeAgent == other.homeAgent && careOfAddress == other.careOfAddress
            && encapsulation == other.encapsulation && reverseTunnel == other.reverseTunnel
    }

    /// What the flags of the request ask for (RFC 5944 §3.7.1).
    fileprivate var encapsulation: Encapsulation {
        flags.contains(.gre) ? .gre : flags.contains(.minEnc) ? .minEnc : .ipInIp
    }
}
