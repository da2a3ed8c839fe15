import AgentModel
import MobileIPv4

/// Challenge and response at the mobile node (RFC 4721 §3.1).
extension MobileNode {
    /// The challenge used by a node that registers without a foreign agent and has heard no challenge (RFC 4721 §8).
    static let zeroChallenge = Challenge([0, 0, 0, 0])

    /// The challenge that the next request answers; nil for none.
    mutating func takeChallenge() -> Challenge? {
        if let challenge = challenges.take() { return challenge }
        return configuration.foreignAgent == nil && configuration.authenticationServer != nil ? Self.zeroChallenge : nil
    }

    /// Appends the challenge that a request answers, and the MN-AAA authenticator if the node shares an association with its AAA server.
    func answerChallenge(of request: SentRequest, _ octets: inout [UInt8]) {
        guard let challenge = request.challenge else { return }
        octets.append(extension: challenge)
        configuration.authenticationServer?.answer(challenge, &octets)
    }

    /// Takes the challenge that a foreign agent offers for the next request. A home agent only returns the challenge it received.
    mutating func hearChallenge(of incoming: IncomingReply, in datagram: RawSpan) {
        let offered = try? incoming.scan.read(Challenge.self, in: incoming.foreignAgentPart, of: datagram)
        guard let challenge = offered, challenge.octets.count >= Challenge.minimumLength else { return }
        challenges.hear(challenge)
    }

    /// After 104, 105 or 106, the node may try again with a new challenge from the reply or from an advertisement.
    mutating func hasFreshChallenge() -> Bool {
        guard challenges.fresh != nil, remedies.challengesAnswered < Remedies.challengeLimit else { return false }
        remedies.challengesAnswered += 1
        return true
    }
}
