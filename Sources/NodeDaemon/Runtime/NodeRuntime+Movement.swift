import DataPlane
import Glibc
import Logging
import MobileIPv4
import MobileNode
import MobilityLink

/// Movement from network to network: the actions that the movement detector requests.
extension NodeRuntime {
    func perform(_ actions: [MovementDetector.Action]) {
        for action in actions {
            switch action {
            case .solicit: solicit()
            case .attach(let attachment, let agent): attach(to: attachment, through: agent)
            case .registerAgain:
                // Anyone on the link can send such advertisements: a request that waits for its answer is not given up for them.
                guard node.isEnabled, movement.attachment != .home, node.state != .registering, !node.isServiceRefused
                else { break }
                logger.notice("the agent has restarted or revoked the registration; registering again")
                send(node.register(at: clock.now, random: &random))
            case .challenge(let challenge): node.hear(challenge: challenge)
            case .detach:
                logger.notice("no mobility agent is heard; detached")
                node.detach()
                prepareForRevocation(at: nil)
                updateTunnel()
                routes.clear()
            }
        }
    }

    /// Registers again after a failure, through another agent if there is one; at home, deregisters again.
    func retry() {
        let other = movement.tryAnother()
        perform(other)
        guard other.isEmpty, let attachment = movement.attachment else { return }
        prepareForRevocation(at: attachment)
        if let request = node.attach(to: attachment, at: clock.now, random: &random) { send(request) }
    }

    private func solicit() {
        node.countSolicitation()
        let code = sockets.solicit(from: node.configuration.homeAddress)
        if code != 0 {
            logger.debug("cannot send a solicitation", metadata: ["error": "\(String(cString: strerror(code)))"])
        }
    }

    /// Removes the tunnel of the previous place, then sets the routes for this place, then sends the request.
    private func attach(to attachment: NetworkAttachment, through agent: HeardAgent?) {
        prepareForRevocation(at: attachment)
        let longest = attachment == .home ? nil : agent?.mobility.registrationLifetime.rawValue
        if attachment == .home, let agent { node.meetHomeAgent(agent.address) }
        let request = node.attach(to: attachment, longestLifetime: longest, at: clock.now, random: &random)
        updateTunnel()
        setRoutes(for: attachment, through: agent)
        if let request { send(request) }
    }

    private func setRoutes(for attachment: NetworkAttachment, through agent: HeardAgent?) {
        let agentNeighbor = agent.map { agent in
            Neighbor(
                address: agent.address, interface: CInt(bitPattern: sockets.link.index),
                linkLayerAddress: sockets.neighbors.address(of: agent.address))
        }
        switch attachment {
        case .home:
            logger.notice("at home", metadata: ["agent": "\(agent?.address ?? .zero)"])
            let homeAddress = node.configuration.homeAddress
            let network = hostConfiguration.home.network(configured: configuration.node.homeNetwork, homeAddress: homeAddress)
            let known = node.configuration.homeAgent.address
            let gateway = hostConfiguration.home.gateway(
                configured: configuration.homeGateway, advertised: network.flatMap { agent?.advertisement.defaultRouter(on: $0) },
                network: network, homeAddress: homeAddress,
                homeAgent: known.isAnyHomeAgent ? agent?.address ?? .zero : known)
            routes.useHomeNetwork(
                network: network, gateway: gateway == .zero ? nil : gateway,
                homeAgent: agentNeighbor.flatMap { $0.linkLayerAddress == nil ? nil : $0 })
        case .foreignAgent(let endpoint, let careOfAddress):
            logger.notice("at a foreign agent", metadata: ["agent": "\(endpoint)", "careOfAddress": "\(careOfAddress)"])
            if let agentNeighbor { routes.useForeignAgent(agentNeighbor) }
        case .coLocated(let careOfAddress, _):
            logger.notice("using a co-located care-of address", metadata: ["careOfAddress": "\(careOfAddress)"])
            routes.clear()
        }
    }
}
