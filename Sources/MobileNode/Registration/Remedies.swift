import AgentModel
import MobileIPv4

/// What a node has already done about denials since it began to register; each remedy is applied a limited number of times.
struct Remedies {
    var hasResynchronized = false
    var challengesAnswered = 0
    var reverseTunnelsTried = 0
    var hasFoundHomeAgent = false
    var hasShortened = false

    static let challengeLimit = 2
    static let reverseTunnelLimit = 2
}

extension MobileNode {
    /// Does what a denial calls for; returns false when there is no remedy.
    mutating func remedy(_ incoming: IncomingReply, _ waiting: SentRequest, in datagram: RawSpan, at now: Moment) -> Bool {
        switch incoming.code {
        case .haIdentificationMismatch: resynchronize(incoming.reply, at: now)
        case .faUnknownChallenge, .faMissingChallenge, .faStaleChallenge: hasFreshChallenge()
        case .faReverseTunnelUnavailable, .haReverseTunnelUnavailable:
            adaptReverseTunnel(from: [.direct, .encapsulating], to: .none)
        case .faReverseTunnelMandatory, .haReverseTunnelMandatory: adaptReverseTunnel(from: [.none], to: .direct)
        case .faDeliveryStyleUnsupported: adaptReverseTunnel(from: [.encapsulating], to: .direct)
        case .faRequestedLifetimeTooLong: shorten(incoming.reply, waiting)
        case .haUnknownHomeAgentAddress: findHomeAgent(incoming.reply, waiting, at: now)
        case .haAdministrativelyProhibited: seekAgain(waiting, at: now)
        case .haRedirected: followRedirection(incoming, waiting, in: datagram, at: now)
        case .faPoorlyFormedRequest, .faNonZeroHomeAgentAddressRequired: fallBack(from: waiting)
        case let code where code.saysHomeAgentSilent: turnAway(from: waiting)
        default: false
        }
    }

    /// Synchronizes the node's clock with the home agent's; with nonces, the reply carries the nonce to use.
    private mutating func resynchronize(_ reply: RegistrationReply, at now: Moment) -> Bool {
        guard !remedies.hasResynchronized else { return false }
        remedies.hasResynchronized = true
        if configuration.replayMethod == .timestamps {
            let own = Identification(unixNanoseconds: now.wallClock)
            clockOffset = Identification(high: reply.identification.high, low: own.low).seconds(since: own)
            lastIdentification = Identification(rawValue: 0)
        }
        return true
    }

    /// Adopts the longest lifetime that the foreign agent accepts, which the denial states (RFC 5944 §3.7.2.3).
    private mutating func shorten(_ reply: RegistrationReply, _ waiting: SentRequest) -> Bool {
        let longest = reply.lifetime.rawValue
        guard !remedies.hasShortened, longest > 0, longest < waiting.lifetime else { return false }
        remedies.hasShortened = true
        longestLifetime = longest
        return true
    }

    /// RFC 3024 §4.1: what an agent cannot do is not requested again; what it requires is.
    private mutating func adaptReverseTunnel(from former: Set<ReverseTunnel>, to other: ReverseTunnel) -> Bool {
        guard configuration.adaptsReverseTunnel, former.contains(reverseTunnel),
            remedies.reverseTunnelsTried < Remedies.reverseTunnelLimit
        else { return false }
        remedies.reverseTunnelsTried += 1
        reverseTunnel = other
        return true
    }

    /// RFC 5944 §3.6.1.2: the home agent that answered a request to the directed broadcast address is addressed directly from
    /// then on. One that does not support requests for any home agent answers these in the same way (RFC 4433 §10).
    private mutating func findHomeAgent(_ reply: RegistrationReply, _ waiting: SentRequest, at now: Moment) -> Bool {
        guard isLookingForHomeAgent(waiting), !remedies.hasFoundHomeAgent, reply.homeAgent != waiting.homeAgent,
            reply.homeAgent != .zero, reply.homeAgent.rawValue >> 28 < 0xE, !isDynamic || mayAnchor(at: reply.homeAgent)
        else { return seekAgain(waiting, at: now) }
        if isDynamic { search.discover() }
        remedies.hasFoundHomeAgent = true
        configuration.homeAgent.address = reply.homeAgent
        return true
    }
}
