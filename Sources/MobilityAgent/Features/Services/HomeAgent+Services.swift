import AgentModel
import MobileIPv4

/// Service selection (RFC 5446 §4.2).
extension HomeAgent {
    private var offersServices: Bool { configuration.settings.discovery.serviceSelection && !services.isEmpty }

    /// Reads the selected service: 134 if it cannot be read or there are several. A request without one is for the default service.
    func readService(_ datagram: RawSpan, _ incoming: inout IncomingRequest) throws(Refusal) {
        guard offersServices else { return }
        let (scan, part) = (incoming.scan, incoming.signedPart)
        guard let located = scan.first(.serviceSelection, in: part) else {
            incoming.wishes.service = configuration.defaultService
            return
        }
        guard scan.count(of: .serviceSelection, in: part) == 1,
            let selection = try? ServiceSelection(located, in: datagram)
        else { throw .deny(.haPoorlyFormedRequest) }
        incoming.wishes.selection = selection
        incoming.wishes.isSelectionAdded = !scan.homePart.contains(located)
        incoming.wishes.service = selection.service
    }

    /// Whether the node may use the service that it has selected, or the default one.
    func permitsService(of incoming: IncomingRequest) -> Bool {
        guard offersServices, let service = incoming.wishes.service else { return true }
        return services[service]?.permits(provenNAI(of: incoming)) ?? false
    }

    /// The node's identifier if its key, or the assignment of the address that its key is for, shows that it is its own. A key for
    /// a prefix shows neither: anyone who has it can use any address there.
    private func provenNAI(of incoming: IncomingRequest) -> NetworkAccessIdentifier? {
        let proven: NetworkAccessIdentifier? =
            switch incoming.association?.association.peer {
            case .nai(let nai)?: nai
            case .address(let address)?: assignments.owner(of: address)
            case .prefix?, nil: nil
            }
        return proven == incoming.nai ? proven : nil
    }

    /// Refuses a service: the bindings of the node end (RFC 5446 §4.2). The node deletes its own (§4.1).
    mutating func refuseService(
        _ incoming: IncomingRequest, _ shared: inout SharedAgentState, _ effects: inout AgentEffects
    ) -> Refusal {
        counters.serviceRefusals += 1
        if incoming.wishes.selection != nil { counters.serviceRequests += 1 }
        guard let node = incoming.node else { return .deny(.haServiceAuthorizationFailed) }
        for slot in slots(of: node) {
            end(slot, .denied, causedBy: incoming.source.address, at: incoming.now, &shared, &effects)
        }
        return .deny(.haServiceAuthorizationFailed)
    }

    /// Counts a service that is granted.
    mutating func countService(_ incoming: IncomingRequest) {
        if incoming.wishes.selection != nil { counters.serviceRequests += 1 }
    }

    /// Returns the selected service in an acceptance, unchanged and to who has put it into the request (RFC 5446 §3).
    func echoService(
        _ code: ReplyCode, beforeAuthenticator: Bool, _ incoming: IncomingRequest, _ payload: inout [UInt8]
    ) {
        guard code.isAccepted, incoming.wishes.isSelectionAdded != beforeAuthenticator,
            let selection = incoming.wishes.selection
        else { return }
        payload.append(extension: selection)
    }
}
