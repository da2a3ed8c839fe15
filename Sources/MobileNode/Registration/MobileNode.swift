public import AgentModel
public import MobileIPv4

/// A mobile node's registration as a state machine (RFC 5944 §3.6): the time and datagrams go in, requests and outcomes come out.
///
/// It belongs to one owner, who passes times that never go back. No input makes it trap.
public struct MobileNode {
    /// Where the node stands.
    public enum State: Hashable, Sendable {
        case idle
        /// A request is under way.
        case registering
        /// Until this uptime in nanoseconds; nil for ever.
        case registered(until: Int64?)
        /// Denied, or given up.
        case failed(Outcome)
        case deregistering
        case deregistered
    }

    /// What came of a request.
    public enum Outcome: Hashable, Sendable {
        /// With the seconds granted.
        case accepted(ReplyCode, lifetime: UInt16)
        case denied(ReplyCode)
        /// Only replies that could not be authenticated came, the last with this code.
        case unauthenticated(ReplyCode)
        case unanswered
    }

    /// What the node knows; an assigned home address is filled in.
    public private(set) var configuration: MobileNodeConfiguration
    /// Where the node stands.
    public private(set) var state = State.idle
    /// What it counted since it was made.
    public internal(set) var counters = MobileNodeCounters()
    /// When the request under way, or the last one, was first sent.
    public private(set) var firstSent: Int64 = 0

    private var pending: Pending?
    private var renewAt: Int64?
    /// What to add to the wall clock to have the home agent's, in seconds (learned from code 133).
    private var clockOffset: Double = 0
    /// The home agent's nonce for the next request.
    private var nonce: UInt32 = 0
    private var hasResynchronized = false
    private var lastIdentification = Identification(rawValue: 0)

    private struct Pending {
        var identification: Identification
        var lifetime: UInt16
        var sent: Int64
        var tries: Int
        var deadline: Int64
        var unauthenticated: ReplyCode?
    }

    private static let second: Int64 = 1_000_000_000
    /// RFC 5944 §3.6.3: never less than a second between requests, growing exponentially.
    private static let longestWait: Int64 = 32 * second

    public init(configuration: MobileNodeConfiguration) { self.configuration = configuration }

    /// When `advance` is due, in nanoseconds of uptime; nil while there is nothing to wait for.
    public var nextDeadline: Int64? { pending?.deadline ?? renewAt }

    /// Where requests go.
    public var destination: TransportEndpoint { configuration.foreignAgent ?? configuration.homeAgent }

    /// Begins to register; returns the request to send.
    public mutating func register(at now: Moment, random: inout some RandomNumberGenerator) -> [UInt8] {
        state = .registering
        hasResynchronized = false
        return begin(lifetime: max(1, configuration.lifetime), at: now, random: &random)
    }

    /// Begins to deregister; returns the request to send, nil when there is nothing to deregister.
    public mutating func deregister(at now: Moment, random: inout some RandomNumberGenerator) -> [UInt8]? {
        guard case .registered = state else {
            pending = nil
            renewAt = nil
            return nil
        }
        state = .deregistering
        return begin(lifetime: 0, at: now, random: &random)
    }

    /// Retransmits, renews or gives up, whichever is due; returns a request to send.
    public mutating func advance(to now: Moment, random: inout some RandomNumberGenerator) -> [UInt8]? {
        if var waiting = pending, waiting.deadline <= now.uptime {
            if waiting.tries >= configuration.tries {
                pending = nil
                finish(waiting.unauthenticated.map(Outcome.unauthenticated) ?? .unanswered)
                return nil
            }
            waiting.tries += 1
            // With nonces a retransmission keeps its identification, with timestamps each request has its own (RFC 5944 §5.7).
            if configuration.replayMethod == .timestamps {
                waiting.identification = makeIdentification(at: now, random: &random)
            }
            waiting.sent = now.uptime
            waiting.deadline = now.uptime + min(Self.second << (waiting.tries - 1), Self.longestWait)
            pending = waiting
            return makeRequest(waiting)
        }
        if let due = renewAt, due <= now.uptime {
            renewAt = nil
            return begin(lifetime: max(1, configuration.lifetime), at: now, random: &random)
        }
        return nil
    }

    /// Takes a datagram that arrived; returns what came of the request under way once that is decided. `request` receives a request to
    /// send, if one follows at once.
    public mutating func receive(
        _ datagram: RawSpan, at now: Moment, request: inout [UInt8]?, random: inout some RandomNumberGenerator
    ) -> Outcome? {
        guard let reply = try? RegistrationReply(decoding: datagram) else { return nil }
        let scan: ExtensionScan
        do {
            scan = try ExtensionScan(datagram, from: RegistrationReply.fixedSize)
        } catch {
            counters.repliesDroppedInvalidExtension += 1
            return nil
        }
        counters.repliesIgnoredUnknownExtension += UInt64(scan.skippedUnknown)
        guard let waiting = pending, reply.identification.low == waiting.identification.low else {
            counters.repliesInvalidID += 1
            return nil
        }
        guard configuration.homeAddress == .zero || reply.homeAddress == configuration.homeAddress else {
            counters.repliesInvalidHomeAddress += 1
            return nil
        }
        guard isAuthentic(reply, scan, datagram) else {
            counters.repliesHomeAgentAuthenticationFailure += 1
            pending?.unauthenticated = reply.code
            return nil
        }
        if waiting.lifetime == 0 { counters.deregistrationRepliesReceived += 1 } else { counters.repliesReceived += 1 }
        return decide(reply, waiting, at: now, request: &request, random: &random)
    }

    // MARK: - Requests

    private mutating func begin(
        lifetime: UInt16, at now: Moment, random: inout some RandomNumberGenerator
    ) -> [UInt8] {
        renewAt = nil
        firstSent = now.uptime
        let new = Pending(
            identification: makeIdentification(at: now, random: &random), lifetime: lifetime, sent: now.uptime, tries: 1,
            deadline: now.uptime + Self.second)
        pending = new
        return makeRequest(new)
    }

    private mutating func makeIdentification(
        at now: Moment, random: inout some RandomNumberGenerator
    ) -> Identification {
        switch configuration.replayMethod {
        case .timestamps:
            let shifted = now.wallClock + Int64(clockOffset * 1_000_000_000)
            var identification = Identification(unixNanoseconds: shifted)
            // Never the same twice, and never smaller than the last, however coarse the clock is.
            if identification.seconds(since: lastIdentification) <= 0, lastIdentification.rawValue != 0 {
                identification = Identification(rawValue: lastIdentification.rawValue &+ 1)
            }
            lastIdentification = identification
            return identification
        case .nonces:
            return Identification(high: nonce, low: UInt32.random(in: 0...UInt32.max, using: &random))
        }
    }

    private mutating func makeRequest(_ pending: Pending) -> [UInt8] {
        if pending.lifetime == 0 { counters.deregistrationRequestsSent += 1 } else { counters.requestsSent += 1 }
        var octets: [UInt8] = []
        octets.reserveCapacity(128)
        RegistrationRequest(
            flags: configuration.flags, lifetime: .init(rawValue: pending.lifetime), homeAddress: configuration.homeAddress,
            homeAgent: configuration.homeAgent.address, careOfAddress: configuration.careOfAddress,
            identification: pending.identification
        ).encode(into: &octets)
        if let nai = configuration.nai {
            octets.append(ExtensionType.mobileNodeNAI.rawValue)
            octets.append(UInt8(nai.octets.count))
            octets.append(contentsOf: nai.octets)
        }
        configuration.algorithm.appendExtension(
            .mobileHomeAuthentication, spi: configuration.spi, key: configuration.key, to: &octets)
        return octets
    }

    // MARK: - Replies

    /// A foreign agent's denial needs no authentication of the home agent (RFC 5944 §3.6.2.1); all else does.
    private func isAuthentic(_ reply: RegistrationReply, _ scan: ExtensionScan, _ datagram: RawSpan) -> Bool {
        if reply.code.isDeniedByForeignAgent, configuration.foreignAgent != nil { return true }
        guard scan.mobileHomeCount == 1, let located = scan.mobileHome, located.spi == configuration.spi else { return false }
        return configuration.algorithm.verify(located, in: datagram, key: configuration.key)
    }

    private mutating func decide(
        _ reply: RegistrationReply, _ waiting: Pending, at now: Moment, request: inout [UInt8]?,
        random: inout some RandomNumberGenerator
    ) -> Outcome? {
        if configuration.replayMethod == .nonces { nonce = reply.identification.high }
        if reply.code == .haIdentificationMismatch {
            counters.requestsDeniedByHomeAgent += 1
            counters.requestsDeniedDueToID += 1
            guard !hasResynchronized else { return end(.denied(reply.code)) }
            hasResynchronized = true
            if configuration.replayMethod == .timestamps { resynchronize(reply, at: now) }
            request = begin(lifetime: waiting.lifetime, at: now, random: &random)
            return nil
        }
        guard reply.code.isAccepted else {
            if reply.code.isDeniedByForeignAgent {
                counters.requestsDeniedByForeignAgent += 1
            } else {
                counters.requestsDeniedByHomeAgent += 1
            }
            return end(.denied(reply.code))
        }
        counters.requestsAccepted += 1
        hasResynchronized = false
        if configuration.homeAddress == .zero { configuration.homeAddress = reply.homeAddress }
        let granted = min(reply.lifetime.rawValue, waiting.lifetime)
        // The lifetime runs from when the request was sent, so that the node's clock ends first (RFC 5944 §3.6.2.2).
        if granted != 0, granted != .max {
            let until = waiting.sent + Int64(granted) * Self.second
            renewAt = waiting.sent + max(Self.second, Int64(granted) * Self.second / 10 * 7)
            state = .registered(until: until)
        } else {
            state = granted == 0 ? .deregistered : .registered(until: nil)
        }
        pending = nil
        return .accepted(reply.code, lifetime: granted)
    }

    private mutating func resynchronize(_ reply: RegistrationReply, at now: Moment) {
        let own = Identification(unixNanoseconds: now.wallClock)
        clockOffset = Identification(high: reply.identification.high, low: own.low).seconds(since: own)
        lastIdentification = Identification(rawValue: 0)
    }

    private mutating func end(_ outcome: Outcome) -> Outcome {
        pending = nil
        finish(outcome)
        return outcome
    }

    private mutating func finish(_ outcome: Outcome) {
        renewAt = nil
        state = state == .deregistering ? .deregistered : .failed(outcome)
    }
}
