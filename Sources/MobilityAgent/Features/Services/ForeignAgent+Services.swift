import AgentModel
import MobileIPv4

/// Service selection (RFC 5446 §4.3).
extension ForeignAgent {
    /// The service to add to a request in which the node selects none; nil for none. Without this agent's authenticator,
    /// the home agent could not know who has added it (RFC 5446 §3).
    ///
    /// - Parameters:
    ///   - end: Where the part of the request that is relayed ends.
    ///   - associations: Those with the home agent; nil if the request is not signed for it.
    func addedService(
        _ visiting: VisitingRequest, upTo end: Int, _ associations: [ConfiguredSecurityAssociation]?
    ) -> ServiceSelection? {
        guard configuration.settings.discovery.serviceSelection, let service = configuration.service,
            associations?.first != nil,
            visiting.scan.first(.serviceSelection, in: MessagePart(from: 0, to: end)) == nil
        else { return nil }
        return ServiceSelection(service)
    }

    /// Counts the echo of a service that this agent has added. It follows the part of the reply that is relayed to the node, and so is
    /// removed with all else that is meant for this agent. A home agent that puts it into that part has signed it for the node, which
    /// ignores it: without it, the node could not verify the reply.
    mutating func countServiceEcho(_ reply: ExtensionScan, _ pending: PendingRequest) {
        guard pending.isServiceAdded, reply.first(.serviceSelection, in: reply.agentPart) != nil else { return }
        counters.serviceEchoesRemoved += 1
    }
}
