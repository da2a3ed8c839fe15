import AgentModel
import MobileIPv4

/// The challenges that a foreign agent has issued, in advertisements to all nodes and in replies to single nodes, and the ones each node
/// has used (RFC 4721 §3.2). The size is bounded: the node that has been quiet longest is forgotten, first among those of which no
/// request with a challenge was verified. Anyone can be offered a challenge and send one, so a flood of requests takes none away from others.
struct ChallengeBook {
    enum Verdict {
        case good
        /// Never issued, or not to this node: 104.
        case unknown
        /// Used by this node before, or too old: 106.
        case stale
    }

    /// The challenges offered to and used by one node, the newest last.
    private struct Holder {
        let node: PeerIdentity
        var offered: [Challenge] = []
        var used: [Challenge] = []
    }

    /// How many challenges offered in replies a node may still answer: its retransmissions cross the replies to its previous requests.
    private static let offersKept = 2

    private(set) var policy: ChallengePolicy
    private let limit: Int
    private var windows: [IPv4Address: ChallengeWindow] = [:]
    private var holders = SlotTable<Holder>()
    private var slots: [PeerIdentity: Int] = [:]
    /// Nodes of which a request with a challenge was verified.
    private var answering = RecencyList()
    /// Other nodes.
    private var offered = RecencyList()

    init(_ policy: ChallengePolicy, limit: Int) {
        self.policy = policy
        self.limit = max(1, limit)
    }

    /// Accepts this many of the latest advertised challenges from now on.
    mutating func resize(window: Int) {
        policy.window = window
        for interface in windows.keys { windows[interface]?.size = max(1, window) }
    }

    /// Creates a challenge for an advertisement on the interface with this address.
    mutating func advertise(on interface: IPv4Address, length: Int?, random: inout any RandomNumberGenerator) -> Challenge {
        let challenge = makeChallenge(length: length, random: &random)
        windows[interface, default: ChallengeWindow(size: policy.window)].advertise(challenge)
        return challenge
    }

    /// Creates a challenge for a reply to this node, which no other node may answer.
    mutating func offer(to node: PeerIdentity, random: inout any RandomNumberGenerator) -> Challenge {
        let challenge = makeChallenge(length: nil, random: &random)
        let slot = slot(of: node)
        holders[slot].offered.append(challenge)
        if holders[slot].offered.count > Self.offersKept { holders[slot].offered.removeFirst() }
        return challenge
    }

    func judge(_ challenge: Challenge, of node: PeerIdentity, on interface: IPv4Address) -> Verdict {
        let holder = slots[node].map { holders[$0] }
        if holder?.used.contains(challenge) == true { return .stale }
        if holder?.offered.contains(challenge) == true { return .good }
        guard let window = windows[interface] else { return .unknown }
        if window.isGood(challenge) { return .good }
        return window.isRemembered(challenge) ? .stale : .unknown
    }

    /// Records that a node has answered this challenge, when its request is relayed or its home agent has accepted it.
    ///
    /// - Parameter isVerified: whether this agent or the home agent has verified that the request is the node's.
    mutating func use(_ challenge: Challenge, by node: PeerIdentity, isVerified: Bool) {
        let slot = slot(of: node)
        if isVerified {
            offered.remove(slot)
            answering.touch(slot)
        }
        holders[slot].offered.removeAll { $0 == challenge }
        if holders[slot].used.contains(challenge) { return }
        holders[slot].used.append(challenge)
        // A used challenge may be forgotten only if no window would accept it again.
        let kept = policy.window * max(1, windows.count) + Self.offersKept
        guard holders[slot].used.count > kept else { return }
        let past = holders[slot].used.firstIndex { used in !windows.values.contains { $0.isGood(used) } }
        if let past { holders[slot].used.remove(at: past) }
    }

    private func makeChallenge(length: Int?, random: inout any RandomNumberGenerator) -> Challenge {
        let count = min(255, max(Challenge.minimumLength, length ?? policy.length))
        return Challenge((0..<count).map { _ in UInt8.random(in: 0...255, using: &random) })
    }

    private mutating func slot(of node: PeerIdentity) -> Int {
        if let known = slots[node] {
            if answering.contains(known) { answering.touch(known) } else { offered.touch(known) }
            return known
        }
        if holders.count >= limit, let coldest = offered.coldest ?? answering.coldest {
            slots[holders[coldest].node] = nil
            offered.remove(coldest)
            answering.remove(coldest)
            holders.remove(coldest)
        }
        let new = holders.insert(Holder(node: node))
        slots[node] = new
        offered.touch(new)
        return new
    }
}
