public import AgentModel
public import MobileIPv4

/// Experimental messages and extensions (RFC 4064). A node that takes part in experiments knows the extensions that it sends
/// itself; others in replies are skipped, or reject the reply, as any unknown extension. The codes 127 and 192 are denials like
/// others.
extension MobileNode {
    /// Processes an Experimental Message that arrived; returns whether it is accepted, which has no effect but to be counted.
    /// Only the home agent of the current registration is believed, which must have signed the message once. Whatever else
    /// arrives is dropped.
    public mutating func receive(
        experimentalMessage datagram: RawSpan, from source: TransportEndpoint, at now: Moment
    ) -> Bool {
        guard configuration.discovery.experimental, let path = notificationPath(to: .homeAgent, at: now),
            path.endpoint.address == source.address, let understood = Self.understanding[.experimental],
            (try? ExperimentalMessage(decoding: datagram)) != nil,
            let scan = try? ExtensionScan(datagram, from: ExperimentalMessage.fixedSize, understanding: understood),
            !hasUnknownExperiment(in: scan, critical: true),
            scan.vendorExtensions(in: datagram).firstCritical(notIn: configuration.knownVendorExtensions) == nil
        else { return false }
        let reason = path.fault(of: scan, in: datagram)
        countUse(of: path, isValid: reason == nil, at: now)
        if let reason {
            let spi = reason == .badAuthenticator ? path.association?.spi : nil
            security.report(
                reason, of: path.agent.address, spi: spi ?? SecurityParameterIndex(rawValue: 0),
                identification: Identification(rawValue: 0), at: now.uptime)
            return false
        }
        counters.experimentalMessages += 1
        return true
    }

    /// Appends the experimental extensions of a request for one of its recipients.
    func appendExperiments(
        of request: SentRequest, for addressee: NodeVendorExtension.Addressee, _ octets: inout [UInt8]
    ) {
        guard request.wishes.isExperimental else { return }
        for experiment in configuration.experimentalExtensions where experiment.addressee == addressee {
            experiment.append(to: &octets)
        }
    }

    /// Whether a reply has an unknown experimental extension that must not be skipped.
    func rejectsExperiments(in scan: ExtensionScan) -> Bool { hasUnknownExperiment(in: scan, critical: true) }

    /// Whether a reply has an unknown experimental extension that is skipped.
    func ignoresExperiments(in scan: ExtensionScan) -> Bool { hasUnknownExperiment(in: scan, critical: false) }

    /// Counts the known experimental extensions that an agent has given the node.
    mutating func countExperiments(of incoming: IncomingReply, answering waiting: SentRequest) {
        guard waiting.wishes.isExperimental else { return }
        for index in 0..<incoming.scan.count {
            let located = incoming.scan[index]
            let isGiven = incoming.homeAgentPart.contains(located) || incoming.foreignAgentPart.contains(located)
            if isGiven, isKnown(located) { counters.experimentalExtensions += 1 }
        }
    }

    private func hasUnknownExperiment(in scan: ExtensionScan, critical isCritical: Bool) -> Bool {
        let type = isCritical ? ExtensionType.nonSkippableExperimental : .skippableExperimental
        return (0..<scan.count).contains { scan[$0].type == type && !isKnown(scan[$0]) }
    }

    private func isKnown(_ located: LocatedExtension) -> Bool {
        configuration.experimentalExtensions.contains { $0.isKind(of: located) }
    }
}
