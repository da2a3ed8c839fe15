import AgentModel
import MobileIPv4

/// Experimental messages that arrive (RFC 4064 §3).
extension MobilityAgent {
    /// Passes an experimental message to the role that it is for.
    mutating func receiveExperimental(
        _ datagram: RawSpan, from source: TransportEndpoint, to local: TransportEndpoint, at now: Moment,
        _ effects: inout AgentEffects
    ) {
        let isHome = homeAgent?.listens(on: local) == true
        let isForeign = foreignAgent?.listens(on: local) == true
        if isHome, !isForeign || isForHomeAgent(experimental: datagram, from: source) {
            homeAgent?.receiveExperimental(datagram, from: source, to: local, at: now, &shared, &effects)
        } else if isForeign {
            foreignAgent?.receiveExperimental(datagram, from: source, at: now, &shared, &effects)
        } else {
            discard(.notServed)
        }
    }

    /// Where both roles listen, the first authenticator says which of them a node has written to. Foreign and home agents sign for each
    /// other in the same way: a message from one with which this foreign agent shares an association is for the foreign agent.
    private func isForHomeAgent(experimental datagram: RawSpan, from source: TransportEndpoint) -> Bool {
        var cursor = ExtensionCursor(offset: ExperimentalMessage.fixedSize)
        while let located = try? cursor.next(in: datagram) {
            switch located.type {
            case .mobileHomeAuthentication: return true
            case .mobileForeignAuthentication: return false
            case .foreignHomeAuthentication: return foreignAgent?.homeAgentAssociations.ofPeer(source.address) == nil
            default: continue
            }
        }
        return true
    }
}
