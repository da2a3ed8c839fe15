import MobileIPv4

/// Challenge and response at the home agent (RFC 4721 §3.4).
extension HomeAgent {
    /// Returns to a foreign agent the challenge that it relayed, after the mobile node's authenticator.
    func returnChallenge(_ incoming: IncomingRequest, _ payload: inout [UInt8]) {
        if let challenge = incoming.challenge { payload.append(extension: challenge) }
    }
}
