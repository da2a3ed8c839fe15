import AgentModel
import MobileIPv4

/// What a node has already done about denials since it began to register; each is done a bounded number of times.
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
    /// Does what a denial asks for; false when there is nothing to be done about it.
    mutating func remedy(_ incoming: IncomingReply, _ waiting: SentRequest, at now: Moment) -> Bool {
        switch incoming.code {
        case .haIdentificationMismatch: resynchronize(incoming.reply, at: now)
        case .faUnknownChallenge, .faMissingChallenge, .faStaleChallenge: hasFreshChallenge()
        case .faReverseTunnelUnavailable, .haReverseTunnelUnavailable:
            adaptReverseTunnel(from: [.direct, .encapsulating], to: .none)
        case .faReverseTunnelMandatory, .haReverseTunnelMandatory: adaptReverseTunnel(from: [.none], to: .direct)
        case .faDeliveryStyleUnsupported: adaptReverseTunnel(from: [.encapsulating], to: .direct)
        case .faRequestedLifetimeTooLong: shorten(incoming.reply, waiting)
        case .haUnknownHomeAgentAddress: findHomeAgent(incoming.reply, waiting)
        default: false
        }
    }

    /// Sets the node's clock by the home agent's; with nonces the reply has brought the one to use.
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

    /// The denial names the longest lifetime that the foreign agent takes (RFC 5944 §3.7.2.3).
    private mutating func shorten(_ reply: RegistrationReply, _ waiting: SentRequest) -> Bool {
        let longest = reply.lifetime.rawValue
        guard !remedies.hasShortened, longest > 0, longest < waiting.lifetime else { return false }
        remedies.hasShortened = true
        longestLifetime = longest
        return true
    }

    /// RFC 3024 §4.1: what an agent cannot do is not asked for again, what it demands is.
    private mutating func adaptReverseTunnel(from former: Set<ReverseTunnel>, to other: ReverseTunnel) -> Bool {
        guard configuration.adaptsReverseTunnel, former.contains(reverseTunnel),
            remedies.reverseTunnelsTried < Remedies.reverseTunnelLimit
        else { return false }
        remedies.reverseTunnelsTried += 1
        reverseTunnel = other
        return true
    }

    /// RFC 5944 §3.6.1.2: the home agent that answered a request to the directed broadcast address is asked by its own.
    private mutating func findHomeAgent(_ reply: RegistrationReply, _ waiting: SentRequest) -> Bool {
        guard isLookingForHomeAgent(waiting), !remedies.hasFoundHomeAgent, reply.homeAgent != waiting.homeAgent,
            reply.homeAgent != .zero, reply.homeAgent.rawValue >> 28 < 0xE
        else { return false }
        remedies.hasFoundHomeAgent = true
        configuration.homeAgent.address = reply.homeAgent
        return true
    }
}
