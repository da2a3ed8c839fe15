import MobileIPv4

/// Limits what is relayed to home agents that have never answered, so that a foreign agent is of little use for sending datagrams to
/// arbitrary addresses.
///
/// One home agent and one sender get a quarter of the whole rate each, so neither a home agent that does not exist nor a single sender
/// takes the whole rate from others.
struct UnprovenLimiter {
    /// Most home agents and senders for which a rate is remembered; with more, the whole rate alone limits.
    private static let remembered = 1024

    private var total = RateGate()
    private var homeAgents = RateGates<IPv4Address>(limit: remembered)
    private var senders = RateGates<UInt64>(limit: remembered)

    /// True when one more request may be relayed.
    ///
    /// - Parameter rate: requests per second to all of these home agents together, at least 1.
    func isOpen(to homeAgent: IPv4Address, from sender: UInt64, rate: Int, at uptime: Int64) -> Bool {
        let share = Self.share(rate)
        return homeAgents.isOpen(homeAgent, rate: share, at: uptime) && senders.isOpen(sender, rate: share, at: uptime)
            && total.isOpen(rate: rate, at: uptime)
    }

    /// Counts a request that is relayed.
    mutating func pass(to homeAgent: IPv4Address, from sender: UInt64, rate: Int, at uptime: Int64) {
        let share = Self.share(rate)
        homeAgents.pass(homeAgent, rate: share, at: uptime)
        senders.pass(sender, rate: share, at: uptime)
        total.pass(rate: rate, at: uptime)
    }

    private static func share(_ rate: Int) -> Int { max(1, rate / 4) }
}
