import MobileIPv4

/// The challenges a mobile node has heard, and those it has answered: none is answered twice (RFC 4721 §3.1).
struct ChallengeMemory {
    private static let remembered = 32

    /// The latest one that was not answered yet.
    private(set) var fresh: Challenge?
    private var used: [Challenge] = []

    mutating func hear(_ challenge: Challenge) {
        if !used.contains(challenge) { fresh = challenge }
    }

    /// The challenge to answer now; from then on it counts as answered.
    mutating func take() -> Challenge? {
        guard let challenge = fresh else { return nil }
        fresh = nil
        used.append(challenge)
        if used.count > Self.remembered { used.removeFirst() }
        return challenge
    }

    /// Challenges of another agent are worth nothing.
    mutating func forget() { fresh = nil }
}
