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
        guard !hasNobodyToAsk else { return logger.debug("a request was not sent: no home agent to ask is known") }
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
            failed(node.refusal.map(Self.reason) ?? "denied: \(code)\(explanation(of: code))")
        case .unauthenticated(let code): failed("denied by a reply that could not be authenticated: \(code)")
        case .unanswered:
            failed(
                hasNobodyToAsk
                    ? "no foreign agent is heard, and no home agent to ask is known; set homeAgentHint or fallbackHomeAgent"
                    : "no answer")
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

    /// What a denial means for the operator of the node, to follow its code; empty if the code says all.
    private func explanation(of code: ReplyCode) -> String {
        switch code {
        case .haServiceAuthorizationFailed where node.isServiceRefused:
            let service = node.configuration.service?.value ?? ""
            return "; the home agent does not let this node use the service '\(service)': change 'service' in its configuration, "
                + "or enable the node again once the home agent permits it"
        case .haRedirected:
            guard let search = node.status(agents: nil, startTime: clock.startTime).homeAgentSearch else { return "" }
            let path = search.redirects.map(\.description).joined(separator: ", ")
            return
                "; not followed\(path.isEmpty ? "" : " after redirections by \(path)"): the home agents redirect the node in a "
                + "loop, or to one outside allowedHomeAgents"
        default: return ""
        }
    }

    /// Whether requests for any home agent would have no destination: there is no foreign agent, and the node knows no home agent.
    private var hasNobodyToAsk: Bool { node.destination.address.isAnyHomeAgent }

    private func failed(_ reason: String) {
        let what = node.attachment == .home ? "deregistration" : "registration"
        let next = node.isServiceRefused ? "it is not tried again" : "it will be tried again"
        logger.warning("\(what) failed; \(next)", metadata: ["reason": "\(reason)"])
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
