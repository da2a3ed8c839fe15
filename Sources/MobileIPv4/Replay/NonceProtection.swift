/// Replay protection by nonces (RFC 5944 §5.7.2), as pure functions.
public enum NonceProtection {
    /// True when the request carries the nonce that the home agent's last reply gave out. Without such a nonce nothing is acceptable,
    /// and the denial (133) brings one.
    public static func accepts(_ identification: Identification, expected: UInt32?) -> Bool {
        identification.high == expected
    }

    /// The identification of any reply: a fresh nonce of the home agent, the mobile node's nonce copied.
    public static func reply(to request: Identification, freshNonce: UInt32) -> Identification {
        Identification(high: freshNonce, low: request.low)
    }

    /// The identification of the mobile node's next request: the home agent's nonce from its last reply, a fresh one of its own.
    public static func nextRequest(after reply: Identification?, freshNonce: UInt32) -> Identification {
        Identification(high: reply?.high ?? 0, low: freshNonce)
    }
}
