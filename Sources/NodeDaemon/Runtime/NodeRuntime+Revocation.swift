import AgentModel
import Glibc
import Logging
import MobileIPv4
import MobileNode
import MobilityLink
import NIOCore

/// Revocations by the home agent, which reach a node that registers without a foreign agent (RFC 3543).
extension NodeRuntime {
    /// Opens or closes the port for revocations, as the place in the network and the settings require, and offers the home agent an
    /// agreement only where a revocation can be received. Call it before a request is made for a new place.
    func prepareForRevocation(at attachment: NetworkAttachment?) {
        let policy = settings.signalling
        var careOfAddress: IPv4Address?
        // An agreement that was made before the setting was changed is kept until the registration is renewed.
        if case .coLocated(let address, nil) = attachment, policy.revocation || node.isInformedOfRevocation {
            careOfAddress = address
        }
        if let open = revocationPort, open.address != careOfAddress { closeRevocationPort() }
        if let careOfAddress, revocationPort == nil, usesRegistrationPort { openRevocationPort(at: careOfAddress) }
        let canReceive = careOfAddress != nil && (revocationPort != nil || !usesRegistrationPort)
        guard policy.revocation, canReceive else { return node.setRevocationOffer(.none) }
        node.setRevocationOffer(policy.revocationInforming ? .agreedInforming : .agreed)
    }

    /// A home agent at another port sends everything to the port that requests come from.
    private var usesRegistrationPort: Bool { configuration.node.homeAgent.port == TransportEndpoint.registrationPort }

    private func openRevocationPort(at address: IPv4Address) {
        do {
            revocationPort = try RevocationPort(
                at: address, mark: sockets.mark, runtime: NIOLoopBound(self, eventLoop: loop))
        } catch {
            logger.notice(
                "revocations by the home agent cannot be received here, and are not offered",
                metadata: ["careOfAddress": "\(address)", "error": "\(error)"])
        }
    }

    func closeRevocationPort() {
        revocationPort?.close()
        revocationPort = nil
    }

    /// Handles a datagram that may be a revocation: acknowledges it if it is valid, and follows it.
    ///
    /// - Parameter socket: where it arrived, and where the acknowledgment is sent from.
    func receiveRevocation(_ datagram: RawSpan, _ header: DatagramBatch.Header, at socket: UDPSocket) {
        guard !isStopped else { return }
        followClock()
        guard let answer = node.receive(revocation: datagram, at: clock.now) else {
            logger.debug("dropped a revocation", metadata: ["source": "\(header.source)"])
            return
        }
        let code = socket.send(answer.acknowledgment, to: header.source, from: header.destination, interface: 0)
        if code != 0 {
            logger.debug(
                "cannot acknowledge a revocation", metadata: ["error": "\(String(cString: strerror(code)))"])
        }
        guard let ended = answer.ended else { return }
        let isTriedAgain = answer.outcome != nil && node.isEnabled
        logger.notice(
            "the home agent has revoked \(isTriedAgain ? "the registration; it will be tried again" : "a registration")",
            metadata: [
                "homeAddress": "\(ended.homeAddress)", "homeAgent": "\(ended.homeAgent)",
                "careOfAddress": "\(ended.careOfAddress)", "text": "\(ended.text)",
            ])
        if let outcome = answer.outcome { handle(outcome) } else { updateTunnel() }
        publishChanges()
        let event = AgentEvent(
            time: time, kind: .revoked, role: .mobileNode, homeAddress: ended.homeAddress, nai: ended.nai,
            careOfAddress: ended.careOfAddress, homeAgent: ended.homeAgent, sourceAddress: header.source.address,
            message: "the home agent \(ended.homeAgent) has revoked the registration of \(ended.homeAddress) at "
                + "\(ended.careOfAddress)\(ended.text.isEmpty ? "" : ": \(ended.text)")")
        publish([.event(event)], time)
    }
}
