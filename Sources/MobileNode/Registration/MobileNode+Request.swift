import AgentModel
import MobileIPv4

/// How a node's requests are built, in the order of RFC 5944 §3.6.1.3 and RFC 4721 §3.1.
extension MobileNode {
    mutating func makeIdentification(at now: Moment, random: inout some RandomNumberGenerator) -> Identification {
        switch configuration.replayMethod {
        case .timestamps:
            let shifted = now.wallClock + Int64(clockOffset * 1_000_000_000)
            var identification = Identification(unixNanoseconds: shifted)
            // Never repeats and never decreases until the clock is set, however coarse it is.
            if identification.seconds(since: lastIdentification) <= 0, lastIdentification.rawValue != 0 {
                identification = Identification(rawValue: lastIdentification.rawValue &+ 1)
            }
            lastIdentification = identification
            return identification
        case .nonces:
            return Identification(high: nonce, low: UInt32.random(in: 0...UInt32.max, using: &random))
        }
    }

    /// Starts over with timestamps from the node's clock, which was set: they would otherwise continue from the clock as it was before,
    /// and be denied until a clock that was set back has caught up (RFC 5944 §5.7.1). What the node has learned about its home agent's
    /// clock was relative to its own, and is forgotten. A registration and its lifetime stay.
    public mutating func clockStepped() {
        clockOffset = 0
        lastIdentification = Identification(rawValue: 0)
        notifications.memory.clockStepped()
    }

    mutating func makeRequest(_ request: SentRequest) -> [UInt8] {
        count(request)
        var octets: [UInt8] = []
        octets.reserveCapacity(256)
        RegistrationRequest(
            flags: request.flags, lifetime: .init(rawValue: request.lifetime), homeAddress: configuration.homeAddress,
            homeAgent: request.homeAgent, careOfAddress: request.careOfAddress, identification: request.identification
        ).encode(into: &octets)
        appendForHomeAgent(request, &octets)
        requestFeatures(beforeAuthenticator: false, request, &octets)
        if configuration.foreignAgent != nil { appendForForeignAgent(request, &octets) }
        return octets
    }

    private mutating func count(_ request: SentRequest) {
        if request.lifetime == 0 { counters.deregistrationRequestsSent += 1 } else { counters.requestsSent += 1 }
        if request.challenge != nil { counters.challengesAnswered += 1 }
        if isForAnyHomeAgent(request) { counters.dynamicRequests += 1 }
        if configuration.homeNetwork?.directedBroadcast == request.homeAgent { counters.requestsWithDirectedBroadcast += 1 }
    }

    private func appendForHomeAgent(_ request: SentRequest, _ octets: inout [UInt8]) {
        if let nai = configuration.nai { octets.append(extension: MobileNodeNAI(nai)) }
        for vendor in configuration.vendorExtensions where vendor.addressee == .homeAgent { vendor.append(to: &octets) }
        requestFeatures(beforeAuthenticator: true, request, &octets)
        configuration.algorithm.appendExtension(
            .mobileHomeAuthentication, spi: configuration.spi, key: configuration.key, to: &octets)
    }

    private func appendForForeignAgent(_ request: SentRequest, _ octets: inout [UInt8]) {
        if request.reverseTunnel == .encapsulating {
            octets.append(extension: EncapsulatingDeliveryStyle())
        }
        for vendor in configuration.vendorExtensions where vendor.addressee == .foreignAgent { vendor.append(to: &octets) }
        appendExperiments(of: request, for: .foreignAgent, &octets)
        configuration.mobileForeign?.sign(.mobileForeignAuthentication, &octets)
    }
}

extension MobileNodeConfiguration {
    /// The configured reverse tunnel where it is possible: only a foreign agent can provide the encapsulating style.
    var wantedReverseTunnel: ReverseTunnel {
        let requested = reverseTunnel == .none && flags.contains(.reverseTunnel) ? .direct : reverseTunnel
        let canEncapsulate = foreignAgent != nil && !flags.contains(.decapsulationByMN)
        return requested == .encapsulating && !canEncapsulate ? .direct : requested
    }

    func flags(asking reverseTunnel: ReverseTunnel) -> RegistrationFlags {
        reverseTunnel == .none ? flags.subtracting(.reverseTunnel) : flags.union(.reverseTunnel)
    }
}
