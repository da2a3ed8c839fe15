import MobileIPv4

/// The challenges that one interface has advertised (RFC 4721 §3.2): the latest are valid, older ones are remembered as formerly valid.
struct ChallengeWindow {
    /// How many challenges are remembered beyond the valid ones.
    static let remembered = 64

    var size: Int
    /// The newest last.
    private var advertised: [Challenge] = []

    init(size: Int) { self.size = max(1, size) }

    mutating func advertise(_ challenge: Challenge) {
        advertised.append(challenge)
        if advertised.count > size + Self.remembered { advertised.removeFirst() }
    }

    func isGood(_ challenge: Challenge) -> Bool { advertised.suffix(size).contains(challenge) }
    func isRemembered(_ challenge: Challenge) -> Bool { advertised.contains(challenge) }
}
