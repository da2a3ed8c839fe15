public import AgentModel
public import MobileIPv4

/// When one interface advertises and what (RFC 5944 §2.3, RFC 1256 §6). A pure state machine: it sends nothing itself.
public struct AgentAdvertiser: Sendable {
    /// An ICMP message to send with TTL 1 from the interface's address.
    public struct Outgoing: Hashable, Sendable {
        /// Where to send it.
        public var destination: IPv4Address
        /// What to send.
        public var advertisement: AgentAdvertisement
        /// True when it answers a solicitation (`maAdvsSentForSolicitation`).
        public var isSolicited: Bool
    }

    /// What the interface counted (`maAdvertisementsSent`, `maAdvsSentForSolicitation`, `maSolicitationsReceived`).
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

    /// How it advertises.
    public private(set) var configuration: AdvertisementConfiguration
    /// What it counted since it was made.
    public private(set) var counters = Counters()
    /// The number that the next advertisement carries.
    public private(set) var sequence = AdvertisementSequence.first
    /// B: advertise that no more visitors are taken (`faIsBusy`).
    public var isBusy = false

    private var initialLeft = Self.initialAdvertisements
    private var nextUnsolicited: Int64
    private var lastSent: Int64?
    private var isAnswerDue = false

    /// RFC 1256 §6.2.1: the first three come no more than 16 s apart.
    static let initialAdvertisements = 3
    static let initialInterval: Int64 = 16
    /// No more unsolicited ones than one a second.
    static let shortestGap: Int64 = 1_000_000_000
    /// The rate of answers is limited as well (RFC 5944 §2.3), yet a node that moved must not wait.
    static let shortestAnswerGap: Int64 = 100_000_000

    /// - Parameter configuration: one without `problems`.
    public init(configuration: AdvertisementConfiguration, startingAt now: Moment) {
        self.configuration = configuration
        nextUnsolicited = now.uptime
    }

    /// Uptime in nanoseconds at which `advance` has something to do; nil when only a solicitation can change that.
    public var nextDeadline: Int64? {
        if isAnswerDue { return lastSent.map { $0 + Self.shortestAnswerGap } ?? 0 }
        return configuration.onlyOnSolicitation ? nil : nextUnsolicited
    }

    /// Notes a solicitation. The answer is the next advertisement, as soon as the rate limit allows; several solicitations
    /// within 100 ms share it.
    public mutating func receiveSolicitation() {
        counters.solicitationsReceived += 1
        isAnswerDue = true
    }

    /// Takes a new configuration; the sequence goes on.
    public mutating func reconfigure(_ configuration: AdvertisementConfiguration, at now: Moment) {
        self.configuration = configuration
        nextUnsolicited = now.uptime
    }

    /// The advertisement that is due at `now`, if one is.
    ///
    /// - Parameter nextChallenge: asked for the challenge of each advertisement with the number of octets configured; see
    ///   `MobilityAgent.nextChallenge(on:length:)`. Not called when none is configured.
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
        return Outgoing(
            destination: configuration.destination.address, advertisement: makeAdvertisement(nextChallenge),
            isSolicited: solicited)
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
        }
        return flags
    }

    private mutating func makeAdvertisement(_ nextChallenge: (Int) -> [UInt8]?) -> AgentAdvertisement {
        let number = sequence
        sequence = sequence.next
        var advertisement = AgentAdvertisement(
            onlyMobility: true, lifetime: configuration.advertisementLifetime,
            routers: [.init(address: configuration.interfaceAddress)],
            mobilityAgent: .init(
                sequence: number, registrationLifetime: .init(rawValue: configuration.maximumRegistrationLifetime),
                flags: flags, careOfAddresses: configuration.foreignAgentService ? configuration.careOfAddresses : []))
        if configuration.includesPrefixLength { advertisement.prefixLengths = [configuration.prefixLength] }
        if let nai = configuration.nai {
            advertisement.carriedNAI = .init(subtype: configuration.foreignAgentService ? 3 : 1, nai: nai)
        }
        advertisement.challenge = configuration.challengeLength.flatMap(nextChallenge)
        return advertisement
    }
}
