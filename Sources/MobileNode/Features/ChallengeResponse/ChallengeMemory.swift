import MobileIPv4

/// The challenges that a mobile node has heard and those it has answered; it answers none twice (RFC 4721 §3.1).
struct ChallengeMemory {
    private static let remembered = 32

    /// The latest challenge that has not been answered yet.
    private(set) var fresh: Challenge?
    private var used: [Challenge] = []

    mutating func hear(_ challenge: Challenge) {
        if !used.contains(challenge) { fresh = challenge }
    }

    /// The challenge to answer now; from then on it is considered answered.
    mutating func take() -> Challenge? {
        guard let challenge = fresh else { return nil }
        fresh = nil
        used.append(challenge)
        if used.count > Self.remembered { used.removeFirst() }
        return challenge
    }

    /// Forgets the challenge of a previous agent, which is useless with another one.
    mutating func forget() { fresh = nil }
}
