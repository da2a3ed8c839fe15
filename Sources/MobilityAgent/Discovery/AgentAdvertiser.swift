public import AgentModel
public import MobileIPv4

/// When and what one interface advertises (RFC 5944 §2.3, RFC 1256 §6). A pure state machine: it sends nothing itself.
public struct AgentAdvertiser: Sendable {
    /// An ICMP message to send with TTL 1 from the interface's address. One to a unicast address goes to that node's link-layer address,
    /// without ARP.
    public struct Outgoing: Hashable, Sendable {
        /// The destination.
        public var destination: IPv4Address
        /// The message.
        public var advertisement: AgentAdvertisement
        /// True when it answers a solicitation (`maAdvsSentForSolicitation`).
        public var isSolicited: Bool
    }

    /// The counters of the interface (`maAdvertisementsSent`, `maAdvsSentForSolicitation`, `maSolicitationsReceived`).
    public struct Counters: Hashable, Sendable {
        /// `maAdvertisementsSent`
        public var advertisementsSent: UInt64 = 0
        /// `maAdvsSentForSolicitation`
        public var advertisementsSentForSolicitation: UInt64 = 0
        /// `maSolicitationsReceived`
        public var solicitationsReceived: UInt64 = 0

        public init(
            advertisementsSent: UInt64 = 0, advertisementsSentForSolicitation: UInt64 = 0, solicitationsReceived: UInt64 = 0
        ) {
            self.advertisementsSent = advertisementsSent
            self.advertisementsSentForSolicitation = advertisementsSentForSolicitation
            self.solicitationsReceived = solicitationsReceived
        }
    }

    /// The advertising parameters.
    public private(set) var configuration: AdvertisementConfiguration
    /// The counts since it was created.
    public private(set) var counters = Counters()
    /// The sequence number of the next advertisement.
    public private(set) var sequence = AdvertisementSequence.first
    /// B: advertise that no more visitors are accepted (`faIsBusy`).
    public var isBusy = false

    private var initialLeft = Self.initialAdvertisements
    private var nextUnsolicited: Int64
    private var lastSent: Int64?
    private var isAnswerDue = false
    /// The challenge in the latest advertisement.
    private var latestChallenge: [UInt8]?

    /// RFC 1256 §6.2.1: the first three are at most 16 s apart.
    static let initialAdvertisements = 3
    static let initialInterval: Int64 = 16
    /// At most one unsolicited advertisement per second.
    static let shortestGap: Int64 = 1_000_000_000
    /// Answers are rate-limited too (RFC 5944 §2.3), but less, since a node that has moved must not wait.
    static let shortestAnswerGap: Int64 = 100_000_000

    /// - Parameter configuration: must have no `problems`.
    public init(configuration: AdvertisementConfiguration, startingAt now: Moment) {
        self.configuration = configuration
        nextUnsolicited = now.uptime
    }

    /// Uptime in nanoseconds at which `advance` is due; nil when only a solicitation can change that.
    public var nextDeadline: Int64? {
        if isAnswerDue { return lastSent.map { $0 + Self.shortestAnswerGap } ?? 0 }
        return configuration.onlyOnSolicitation ? nil : nextUnsolicited
    }

    /// Records a solicitation. The next advertisement answers it, as soon as the rate limit allows; several solicitations within 100 ms
    /// share one answer.
    public mutating func receiveSolicitation() {
        counters.solicitationsReceived += 1
        isAnswerDue = true
    }

    /// Adopts a new configuration; the sequence numbers continue.
    public mutating func reconfigure(_ configuration: AdvertisementConfiguration, at now: Moment) {
        self.configuration = configuration
        nextUnsolicited = now.uptime
    }

    /// The advertisement that is due at `now`; nil for none.
    ///
    /// - Parameter nextChallenge: provides the challenge of each advertisement, given the configured number of octets; see
    ///   `MobilityAgent.nextChallenge(on:length:)`. Not called when no challenge is configured.
    public mutating func advance(
        to now: Moment, random: inout some RandomNumberGenerator, nextChallenge: (_ length: Int) -> [UInt8]? = { _ in nil }
    ) -> Outgoing? {
        guard let deadline = nextDeadline, deadline <= now.uptime else { return nil }
        if let lastSent, now.uptime - lastSent < (isAnswerDue ? Self.shortestAnswerGap : Self.shortestGap) { return nil }
        let solicited = isAnswerDue
        isAnswerDue = false
        lastSent = now.uptime
        if !solicited || nextUnsolicited <= now.uptime { scheduleNext(after: now, random: &random) }
        counters.advertisementsSent += 1
        if solicited { counters.advertisementsSentForSolicitation += 1 }
        let number = sequence
        sequence = sequence.next
        latestChallenge = configuration.challengeLength.flatMap(nextChallenge)
        return Outgoing(
            destination: configuration.destination.address,
            advertisement: makeAdvertisement(number, challenge: latestChallenge), isSolicited: solicited)
    }

    /// The advertisement that informs one visitor that the agent has revoked its registration: its sequence number is 0, as after a
    /// restart (RFC 3543 §4.1). The numbers of the advertisements to everybody go on. Nil without foreign agent service.
    ///
    /// It repeats the latest challenge: a new one for each of many visitors would make those that other nodes have heard invalid.
    ///
    /// - Parameter visitor: the unicast address to send it to.
    public mutating func makeNotice(
        to visitor: IPv4Address, nextChallenge: (_ length: Int) -> [UInt8]? = { _ in nil }
    ) -> Outgoing? {
        guard configuration.foreignAgentService else { return nil }
        counters.advertisementsSent += 1
        let challenge = configuration.challengeLength.flatMap { latestChallenge ?? nextChallenge($0) }
        return Outgoing(
            destination: visitor, advertisement: makeAdvertisement(.first, challenge: challenge), isSolicited: false)
    }

    private mutating func scheduleNext(after now: Moment, random: inout some RandomNumberGenerator) {
        let shortest = Int64(configuration.minimumInterval) * 1_000_000_000
        let longest = Int64(configuration.maximumInterval) * 1_000_000_000
        var interval = Int64.random(in: min(shortest, longest)...longest, using: &random)
        if initialLeft > 0 { initialLeft -= 1 }
        if initialLeft > 0 { interval = min(interval, Self.initialInterval * 1_000_000_000) }
        nextUnsolicited = now.uptime + interval
    }

    /// The flags of the next advertisement.
    public var flags: AdvertisementFlags {
        var flags = configuration.capabilities.intersection([.minEnc, .gre, .reverseTunnel])
        if configuration.homeAgentService { flags.insert(.homeAgent) }
        if configuration.foreignAgentService {
            flags.insert(.foreignAgent)
            if configuration.registrationRequired { flags.insert(.registrationRequired) }
            if isBusy { flags.insert(.busy) }
            flags.formUnion(configuration.capabilities.intersection(.revocation))
        }
        return flags
    }

    private func makeAdvertisement(_ number: AdvertisementSequence, challenge: [UInt8]?) -> AgentAdvertisement {
        var advertisement = AgentAdvertisement(
            onlyMobility: !configuration.routesCommonTraffic, lifetime: configuration.advertisementLifetime,
            routers: [.init(address: configuration.interfaceAddress)],
            mobilityAgent: .init(
                sequence: number, registrationLifetime: .init(rawValue: configuration.maximumRegistrationLifetime),
                flags: flags, careOfAddresses: configuration.foreignAgentService ? configuration.careOfAddresses : []))
        if configuration.includesPrefixLength { advertisement.prefixLengths = [configuration.prefixLength] }
        if let nai = configuration.nai {
            advertisement.carriedNAI = .init(subtype: configuration.foreignAgentService ? 3 : 1, nai: nai)
        }
        advertisement.challenge = challenge
        return advertisement
    }
}
