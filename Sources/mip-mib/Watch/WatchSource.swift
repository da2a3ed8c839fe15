/// Agents that `watch` follows.
protocol WatchSource: Sendable {
    /// Follows them until the task is cancelled, whatever happens to them.
    func run() async
    /// Whether there is something to show: a first snapshot, or why there is none.
    var isSettled: Bool { get }
    /// Why nothing could be read, when nothing ever could.
    var failure: String? { get }
    /// The agents now; rates since the call before.
    func snapshots(by order: WatchOrder) -> [WatchedAgentSnapshot]
}

extension WatchedAgentSnapshot {
    /// Talkers in one snapshot.
    static let talkerLimit = 100

    /// Keeps the first of the order.
    mutating func insert(_ talker: Talker, by order: WatchOrder) {
        guard talkers.count < Self.talkerLimit || talkers.last.map({ order.isBefore(talker, $0) }) == true else { return }
        let place = talkers.firstIndex { order.isBefore(talker, $0) } ?? talkers.endIndex
        talkers.insert(talker, at: place)
        if talkers.count > Self.talkerLimit { talkers.removeLast() }
    }
}
