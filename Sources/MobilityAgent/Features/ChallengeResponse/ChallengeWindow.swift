import MobileIPv4

/// The challenges one interface has advertised (RFC 4721 §3.2): the latest are good, older ones are known to have been good.
struct ChallengeWindow {
    /// How many challenges are remembered beyond those that are good.
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
