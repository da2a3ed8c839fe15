/// The agents of one source, as followed by `watch`.
protocol WatchSource: Sendable {
    /// Follows the agents until the task is cancelled, even if they become unreachable.
    func run() async
    /// Whether there is something to show: a first snapshot, or the reason why there is none.
    var isSettled: Bool { get }
    /// Why nothing could be read, if nothing was ever read.
    var failure: String? { get }
    /// The agents now, with rates since the previous call.
    func snapshots(by order: WatchOrder) -> [WatchedAgentSnapshot]
}

extension WatchedAgentSnapshot {
    /// The most talkers in one snapshot.
    static let talkerLimit = 100

    /// Inserts a talker in order, and keeps only the first ones.
    mutating func insert(_ talker: Talker, by order: WatchOrder) {
        guard talkers.count < Self.talkerLimit || talkers.last.map({ order.isBefore(talker, $0) }) == true else { return }
        let place = talkers.firstIndex { order.isBefore(talker, $0) } ?? talkers.endIndex
        talkers.insert(talker, at: place)
        if talkers.count > Self.talkerLimit { talkers.removeLast() }
    }
}
