import AgentModel
import DataPlane
import Glibc
import Logging
import MobileIPv4
import MobileNode
import MobilityLink
import NIOCore

/// Requests and their outcomes.
extension NodeRuntime {
    /// The address that requests are sent from.
    var requestSource: IPv4Address {
        switch node.attachment {
        case .coLocated(let careOfAddress, _): careOfAddress
        default: node.configuration.homeAddress
        }
    }

    func send(_ request: [UInt8]) {
        let code = sockets.send(request, to: node.destination, from: requestSource)
        if code != 0 {
            logger.debug("cannot send a request", metadata: ["error": "\(String(cString: strerror(code)))"])
        }
    }

    func handle(_ outcome: MobileNode.Outcome) {
        switch outcome {
        case .accepted(_, lifetime: 0):
            logger.notice("deregistered")
            updateTunnel()
            // An assigned home address has been returned to the home agent.
            routes.setHomeAddress(node.configuration.homeAddress)
            if node.attachment == .home { announceHome() }
        case .accepted(let code, let lifetime):
            logger.notice(
                "registered",
                metadata: [
                    "homeAddress": "\(node.configuration.homeAddress)", "careOfAddress": "\(node.configuration.careOfAddress)",
                    "lifetime": "\(lifetime)", "code": "\(code.rawValue)",
                ])
            routes.setHomeAddress(node.configuration.homeAddress)
            updateTunnel()
            prepareForRevocation(at: movement.attachment)
        case .denied(let code):
            // A registration that the foreign agent refuses has ended.
            updateTunnel()
            failed(node.refusal.map(Self.reason) ?? "denied: \(code)")
        case .unauthenticated(let code): failed("denied by a reply that could not be authenticated: \(code)")
        case .unanswered: failed("no answer")
        case .revoked: updateTunnel()
        }
        endWaiting()
    }

    /// Why a registration failed whose reply has an error of the foreign agent.
    private static func reason(_ refusal: ForeignAgentRefusal) -> String {
        let error = "\(refusal.status)\(refusal.isAuthenticated ? "" : " (not authenticated)")"
        return refusal.code.isAccepted
            ? "accepted by the home agent, refused by the foreign agent: \(error)"
            : "denied: \(refusal.code); error of the foreign agent: \(error)"
    }

    private func failed(_ reason: String) {
        let what = node.attachment == .home ? "deregistration" : "registration"
        logger.warning("\(what) failed; it will be tried again", metadata: ["reason": "\(reason)"])
    }

    /// Replaces the home agent's entry for the home address in the neighbours' ARP caches (RFC 5944 §4.6).
    private func announceHome() {
        guard node.configuration.homeAddress != .zero, let own = sockets.link.linkLayerAddress,
            sockets.neighbors.sendGratuitousARP(node.configuration.homeAddress, at: own) == 0
        else { return }
        node.countGratuitousARP()
    }

    /// Makes the data plane carry the tunnel that the node's registration requires.
    func updateTunnel() {
        guard node.tunnel != tunnel else { return }
        if let old = tunnel?.homeAddress, node.tunnel?.homeAddress != old {
            tunnel = nil
            do {
                try plane.removeNode(old)
            } catch {
                logger.warning("cannot remove the tunnel", metadata: ["error": "\(error)"])
            }
        }
        guard let wanted = node.tunnel else { return }
        do {
            try plane.setNode(NodeForwarding(wanted))
            tunnel = wanted
        } catch {
            logger.warning("cannot set the tunnel", metadata: ["error": "\(error)"])
        }
    }

    // MARK: - Operators' commands

    func setEnabled(_ enabled: Bool) {
        guard enabled != node.isEnabled else { return }
        if let request = node.setEnabled(enabled, in: movement.attachment, at: clock.now, random: &random) { send(request) }
        finish()
    }

    /// Deregisters if there is a registration; the future completes when that is done.
    func deregister() -> EventLoopFuture<Void> {
        let promise = loop.makePromise(of: Void.self)
        guard movement.attachment != nil, let request = node.deregister(at: clock.now, random: &random) else {
            promise.succeed()
            return promise.futureResult
        }
        stopWaiters.append(promise)
        send(request)
        setTimer()
        return promise.futureResult
    }

    func endWaiting() {
        stopWaiters.forEach { $0.succeed() }
        stopWaiters = []
    }
}

extension NodeForwarding {
    fileprivate init(_ tunnel: NodeTunnel) {
        self.init(
            homeAddress: tunnel.homeAddress, careOfAddress: tunnel.careOfAddress, peer: tunnel.peer,
            encapsulation: tunnel.encapsulation, reverseTunnel: tunnel.reverseTunnel)
    }
}
