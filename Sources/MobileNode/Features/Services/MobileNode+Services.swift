import AgentModel
import MobileIPv4

/// The service that a node registers for (RFC 5446 §4.1).
extension MobileNode {
    /// Whether the home agent has refused the service that the node would register for. The node then sends no request until it
    /// is disabled and enabled, `register` is called, or its discovery settings leave the service out.
    public var isServiceRefused: Bool { refusedService != nil && refusedService == requestedService }

    /// The service of the next request; nil for the home agent's default.
    var requestedService: ServiceIdentifier? { configuration.discovery.serviceSelection ? configuration.service : nil }

    /// Appends the service of a request.
    func selectService(of request: SentRequest, _ octets: inout [UInt8]) {
        if let service = request.wishes.service { octets.append(extension: ServiceSelection(service)) }
    }

    /// Whether the home agent refuses the service of a registration.
    func refusesService(_ incoming: IncomingReply, _ waiting: SentRequest) -> Bool {
        incoming.code == .haServiceAuthorizationFailed && waiting.lifetime > 0 && configuration.discovery.serviceSelection
    }

    /// After 151, ends the registration that the node had: the home agent has deleted the binding. Only a node that did not
    /// choose the service tries again.
    mutating func endAtRefusedService(_ waiting: SentRequest, at now: Moment) -> Outcome {
        counters.serviceRefusals += 1
        if accepted != nil { endFeatures(at: now) }
        accepted = nil
        tunnel = nil
        refusedService = waiting.wishes.service
        if isServiceRefused {
            retry.cancel()
        } else if isEnabled {
            retry.fail(at: now)
        }
        let outcome = end(.denied(.haServiceAuthorizationFailed))
        // With the binding, an assigned home address has ended.
        leaveHomeAgent()
        return outcome
    }
}
