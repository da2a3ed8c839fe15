import AgentModel
import MobileIPv4

/// Host configuration from the home agent: asked for with each registration, and used until the registration ends (RFC 4332).
extension MobileNode {
    /// The host configuration of the current registration; nil without one, if the home agent gave none, and while the node does
    /// not use any.
    public var hostConfiguration: NodeHostConfiguration? {
        configuration.discovery.hostConfiguration ? receivedHostConfiguration : nil
    }

    /// Notes whether the node's machine uses the current host configuration. Nothing happens without one.
    public mutating func setHostConfigurationApplied(_ isApplied: Bool) { receivedHostConfiguration?.isApplied = isApplied }

    /// Appends the question of a request, for all that the home agent has.
    func requestHostConfiguration(of request: SentRequest, _ octets: inout [UInt8]) {
        guard request.wishes.hostConfiguration else { return }
        // The question always fits.
        try? NormalVendorSpecific(HostConfiguration.request(selector: 0).vendorSpecific).encode(into: &octets)
    }

    /// The vendor extensions that are not ignored in a reply.
    func knownVendorExtensions(answering waiting: SentRequest) -> Set<VendorExtensionKind> {
        guard waiting.wishes.hostConfiguration else { return configuration.knownVendorExtensions }
        return configuration.knownVendorExtensions.union([HostConfiguration.kind])
    }

    /// Takes what the home agent has signed in answer to the question. An answer without values takes back what it gave before.
    mutating func noteHostConfiguration(
        _ incoming: IncomingReply, _ registration: SentRequest, in datagram: RawSpan, at now: Moment
    ) {
        guard registration.wishes.hostConfiguration else { return }
        var received = NodeHostConfiguration(received: now.uptime)
        var isGiven = false
        for index in 0..<incoming.scan.count {
            let located = incoming.scan[index]
            guard located.type == .normalVendorSpecific, incoming.homeAgentPart.contains(located),
                let content = try? NormalVendorSpecific(located, in: datagram).content,
                VendorExtensionKind(vendor: content.vendor, type: content.vendorType) == HostConfiguration.kind
            else { continue }
            isGiven = true
            counters.hostConfigurationsIgnored += HostConfiguration(content).map { received.take($0) } ?? 1
        }
        if isGiven { counters.hostConfigurations += 1 }
        if let current = receivedHostConfiguration, current.hasSameValues(as: received) { received.isApplied = current.isApplied }
        receivedHostConfiguration = received.isEmpty ? nil : received
    }
}
