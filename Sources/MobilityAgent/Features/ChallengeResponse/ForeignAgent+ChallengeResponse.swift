import AgentModel
import MobileIPv4

/// Challenge and response (RFC 4721 §3.2).
extension ForeignAgent {
    /// True when a node must have an association with this agent.
    func demandsMobileForeign(_ visiting: VisitingRequest) -> Bool {
        if configuration.requiresMobileForeignAuthentication { return true }
        return switch challenges?.policy.authentication {
        case .mobileForeign: true
        case .mobileAAA, nil: false
        case .either: visiting.scan.mobileAAA == nil
        }
    }

    /// 108 for an MN-AAA authenticator that does not match the node's association with its AAA server, if one is configured here; 67 if the
    /// authenticator is required and missing. Without such an association the home domain checks the authenticator.
    func checkMobileAAA(
        _ datagram: RawSpan, _ visiting: inout VisitingRequest, _ shared: inout SharedAgentState, _ effects: inout AgentEffects
    ) throws(Refusal) {
        guard let presented = visiting.scan.mobileAAA else {
            guard challenges?.policy.authentication == .mobileAAA else { return }
            throw refusal(visiting, .missingSecurityExtension, .faMobileNodeFailedAuthentication, &shared, &effects)
        }
        guard challenges != nil,
            let associations = authenticationServer.ofMobileNode(visiting.request.homeAddress, nai: visiting.nai)
        else { return }
        guard let association = associations.first(presented.spi) else {
            throw refusal(visiting, .badSPI, .faBadAAAAuthentication, &shared, &effects)
        }
        guard
            association.verifies(
                presented, in: datagram, challenge: visiting.scan.first(.challenge, in: visiting.scan.challengePart))
        else {
            throw refusal(visiting, .badAuthenticator, .faBadAAAAuthentication, spi: presented.spi, &shared, &effects)
        }
        visiting.isAuthorizedByAAA = true
    }

    /// 105 without a challenge where the authenticators cover it. This precedes every check that a node without a challenge could not pass.
    func checkHasChallenge(_ visiting: VisitingRequest) throws(Refusal) {
        guard challenges != nil, visiting.challenge == nil else { return }
        throw .deny(.faMissingChallenge)
    }

    /// 104 for a challenge that this agent did not issue, 106 for one that is used or too old.
    func checkChallenge(_ visiting: VisitingRequest) throws(Refusal) {
        guard let challenges, let challenge = visiting.challenge else { return }
        // The retransmission of a request that waits for the home agent does not use the challenge a second time.
        if waits(challenge, of: visiting) { return }
        switch challenges.judge(challenge, of: visiting.challenged, on: visiting.local.address) {
        case .good: return
        case .unknown: throw .deny(.faUnknownChallenge)
        case .stale: throw .deny(.faStaleChallenge)
        }
    }

    /// True when a request of the same node with this challenge waits for the home agent.
    private func waits(_ challenge: Challenge, of visiting: VisitingRequest) -> Bool {
        guard let slot = table.find(requestOf: visiting.identity), let pending = table[slot].pending else { return false }
        return pending.challenge == challenge && pending.nai == visiting.nai
    }

    /// Records that the node has used its challenge.
    mutating func acceptChallenge(_ visiting: VisitingRequest) {
        guard challenges != nil, let challenge = visiting.challenge else { return }
        if waits(challenge, of: visiting) { return }
        challenges?.use(challenge, by: visiting.challenged, isVerified: visiting.isAuthenticatedHere)
        counters.challengesAccepted += 1
    }

    /// Records that the home agent has accepted the request of a node, and with it the answer to its challenge.
    mutating func confirmChallenge(_ pending: PendingRequest) {
        guard let challenge = pending.challenge else { return }
        challenges?.use(challenge, by: pending.challenged, isVerified: true)
    }

    /// 109 for a reply that does not return the challenge that was relayed with the request.
    func checkEcho(_ reply: ExtensionScan, in datagram: RawSpan, _ pending: PendingRequest) -> ReplyCode? {
        guard let echo = pending.expectedEcho, (try? reply.read(Challenge.self, in: reply.agentPart, of: datagram)) != echo else {
            return nil
        }
        return .faHomeAgentWrongChallenge
    }

    /// The end of the part of a request that is relayed to the home agent. A challenge after the mobile-home authenticator, and the MN-AAA
    /// extension that answers it, are left out if this agent has checked them; otherwise the home domain needs both.
    func relayedEnd(_ visiting: VisitingRequest, _ end: Int) -> Int {
        guard visiting.isAuthorizedByAAA, let mobileHome = visiting.scan.mobileHome, mobileHome.end < end,
            visiting.challenge != nil
        else { return end }
        return mobileHome.end
    }

    /// Appends a new challenge for the node to which a reply is sent.
    mutating func appendChallenge(for node: PeerIdentity, to payload: inout [UInt8], _ shared: inout SharedAgentState) {
        guard let challenge = challenges?.offer(to: node, random: &shared.random) else { return }
        payload.append(extension: challenge)
        counters.challengesInReplies += 1
    }

    /// A new challenge for an advertisement on this interface; nil when no challenge is to be advertised there.
    mutating func nextChallenge(on interface: IPv4Address, length: Int?, _ shared: inout SharedAgentState) -> [UInt8]? {
        guard addresses.contains(interface) else { return nil }
        guard let challenge = challenges?.advertise(on: interface, length: length, random: &shared.random) else { return nil }
        counters.challengesAdvertised += 1
        return challenge.octets
    }

    private func refusal(
        _ visiting: VisitingRequest, _ reason: ViolationReason, _ code: ReplyCode, spi: SecurityParameterIndex? = nil,
        _ shared: inout SharedAgentState, _ effects: inout AgentEffects
    ) -> Refusal {
        shared.report(
            Violation(
                role: .foreignAgent, violator: visiting.mobileNode, reason: reason,
                spi: spi ?? SecurityParameterIndex(rawValue: 0),
                identification: visiting.request.identification, source: visiting.source,
                homeAgent: visiting.request.homeAgent, code: code, isKnown: visiting.isVisitor),
            at: visiting.now, effects: &effects)
        return .deny(code)
    }
}

extension PendingRequest {
    /// The identity to which challenges are issued; see `VisitingRequest.challenged`.
    var challenged: PeerIdentity { nai.map { .nai($0) } ?? mobileNode }
}
