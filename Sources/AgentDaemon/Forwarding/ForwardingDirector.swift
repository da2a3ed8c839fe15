import AgentModel
import DataPlane
import Logging
import MobileIPv4
import MobilityLink

/// Configures the data plane for the current bindings and visits.
struct ForwardingDirector {
    private let plane: any DataPlane
    private let logger: Logger
    /// By home address, then by care-of address.
    private var destinations: [IPv4Address: [IPv4Address: HomeForwarding.Destination]] = [:]
    /// Accepted visitors, by home address.
    private var visitors: [IPv4Address: Visitor] = [:]
    /// The forwarding last configured for each visitor.
    private var visits: [IPv4Address: VisitorForwarding] = [:]
    private var failed: Set<Part> = []

    /// An address can be at home here and visiting here at the same time.
    private enum Part: Hashable {
        case home(IPv4Address)
        case visitor(IPv4Address)
    }

    init(_ plane: any DataPlane, logger: Logger) {
        self.plane = plane
        self.logger = logger
    }

    /// Carries out what these changes require, once per home address.
    mutating func apply(_ changes: [StateChange], links: [AgentLink]) {
        var homes: [IPv4Address: EndReason?] = [:]
        var visited: [IPv4Address: Bool] = [:]
        for change in changes {
            switch change {
            case .binding(let row):
                let destination = HomeForwarding.Destination(
                    tunnel: MobilityTunnelKey(
                        localAddress: row.homeAgent, remoteAddress: row.careOfAddress, encapsulation: row.encapsulation),
                    acceptsReverse: row.reverseTunnel != .none)
                // A renewal requires no change here.
                guard destinations[row.homeAddress]?[row.careOfAddress] != destination else { continue }
                destinations[row.homeAddress, default: [:]][row.careOfAddress] = destination
                homes[row.homeAddress] = .some(nil)
            case .bindingRemoved(let key, let reason):
                destinations[key.homeAddress]?[key.careOfAddress] = nil
                homes[key.homeAddress] = reason
            case .visitor(let row) where row.state == .accepted:
                // Anyone can send a copy of the accepted request, which has its identification; it does not move the visitor.
                let isCopy =
                    visitors[row.homeAddress].map { $0.key == row.key && $0.identification == row.identification } ?? false
                visitors[row.homeAddress] = row
                visited[row.homeAddress] = visited[row.homeAddress] ?? false || !isCopy
            case .visitorRemoved(let key, _):
                guard visitors[key.homeAddress]?.key == key else { continue }
                visitors[key.homeAddress] = nil
                visited[key.homeAddress] = true
            default: continue
            }
        }
        setHomes(homes, links)
        for (homeAddress, mayMove) in visited { setVisitor(homeAddress, links, mayMove: mayMove) }
    }

    /// Retries what failed.
    mutating func retry(links: [AgentLink]) {
        let again = failed
        failed = []
        var homes: [IPv4Address: EndReason?] = [:]
        for part in again {
            switch part {
            case .home(let homeAddress): homes[homeAddress] = .some(nil)
            case .visitor(let homeAddress): setVisitor(homeAddress, links, mayMove: true)
            }
        }
        setHomes(homes, links)
    }

    var hasFailures: Bool { !failed.isEmpty }

    /// - Parameter homes: by home address, why its last binding has ended.
    private mutating func setHomes(_ homes: [IPv4Address: EndReason?], _ links: [AgentLink]) {
        var present: [HomeForwarding] = []
        present.reserveCapacity(homes.count)
        for (homeAddress, reason) in homes.sorted(by: { $0.key < $1.key }) {
            let link = links.first { $0.services.contains(.homeAgent) && $0.prefix.contains(homeAddress) }
            if let current = destinations[homeAddress], !current.isEmpty {
                present.append(
                    HomeForwarding(
                        homeAddress: homeAddress, destinations: current.sorted { $0.key < $1.key }.map(\.value),
                        homeInterface: link?.name))
            } else {
                removeHome(homeAddress, endedBy: reason, link)
            }
        }
        guard !present.isEmpty else { return }
        let failures = plane.setHomes(present)
        if !failed.isEmpty { for home in present { failed.remove(.home(home.homeAddress)) } }
        for (homeAddress, _) in failures { failed.insert(.home(homeAddress)) }
        log(failures)
    }

    private mutating func removeHome(_ homeAddress: IPv4Address, endedBy reason: EndReason?, _ link: AgentLink?) {
        destinations[homeAddress] = nil
        // Only for a node that has returned home is its own link-layer address announced.
        let own = reason == .deregistered ? link?.neighbors.address(of: homeAddress) : nil
        attempt(.home(homeAddress)) { (plane) throws(DataPlaneError) in
            try plane.removeHome(homeAddress, linkLayerAddress: own)
        }
    }

    private mutating func setVisitor(_ homeAddress: IPv4Address, _ links: [AgentLink], mayMove: Bool) {
        guard let visitor = visitors[homeAddress] else {
            visits[homeAddress] = nil
            attempt(.visitor(homeAddress)) { (plane) throws(DataPlaneError) in try plane.removeVisitor(homeAddress) }
            return
        }
        let serving = links.filter { $0.services.contains(.foreignAgent) }
        let seen = serving.sighting(of: visitor.sourceAddress, identification: visitor.identification)
        guard let link = seen?.link ?? serving.first else { return }
        var forwarding = VisitorForwarding(
            homeAddress: homeAddress, homeAgent: visitor.homeAgent, careOfAddress: visitor.careOfAddress,
            encapsulation: visitor.flags.encapsulation, reverse: visitor.reverseTunnel, interface: link.name,
            linkLayerAddress: seen?.address)
        if !mayMove, let current = visits[homeAddress] {
            (forwarding.interface, forwarding.linkLayerAddress) = (current.interface, current.linkLayerAddress)
        }
        // A renewal requires no change, unless the visitor has moved to another interface or its link-layer address has changed.
        guard visits[homeAddress] != forwarding else { return }
        let isSet = attempt(.visitor(homeAddress)) { (plane) throws(DataPlaneError) in try plane.setVisitor(forwarding) }
        visits[homeAddress] = isSet ? forwarding : nil
    }

    @discardableResult
    private mutating func attempt(_ part: Part, _ body: (any DataPlane) throws(DataPlaneError) -> Void) -> Bool {
        do {
            try body(plane)
            failed.remove(part)
            return true
        } catch {
            failed.insert(part)
            log(part, error)
            return false
        }
    }

    /// Logs the first of them: when a link is missing, all of its homes fail for one reason.
    private func log(_ failures: [(IPv4Address, DataPlaneError)]) {
        let logged = 3
        for (homeAddress, error) in failures.prefix(logged) { log(.home(homeAddress), error) }
        guard failures.count > logged else { return }
        logger.warning("cannot change forwarding of more homes; retrying", metadata: ["count": "\(failures.count - logged)"])
    }

    private func log(_ part: Part, _ error: DataPlaneError) {
        logger.warning("cannot change forwarding; retrying", metadata: ["what": "\(part)", "error": "\(error)"])
    }
}
