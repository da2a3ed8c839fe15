/// How the agent's clock relates to the local one, estimated from the messages of the agent.
///
/// A message arrives some time after the agent has stamped it, so each message gives an upper limit of the difference, and the least one
/// is the closest. Two estimates are kept, because they serve two purposes: `least` follows every message and determines the present,
/// such as remaining lifetimes; `fixed` never changes during one run of the agent and determines when something happened, so that the
/// same occurrence always has the same time.
struct AgentClockEstimate {
    /// The local clock minus the agent's, in milliseconds, from the quickest message.
    private(set) var least: Int64?
    /// The same, from the messages of the first synchronisation with this run of the agent.
    private(set) var fixed: Int64?
    /// The run of the agent that `fixed` belongs to: the time at which it started.
    private var run: Int64?
    /// From the messages of a synchronisation that is not complete.
    private var candidate: Int64?

    /// A message that comes later than this was not delayed; the agent's clock has stepped back, which the interface forbids.
    private static let longestDelay: Int64 = 10_000

    /// A synchronisation begins. Until it is complete, it is unknown whether the agent is the same.
    mutating func begin() { candidate = nil }

    /// A message of a synchronisation was received.
    mutating func observe(building agent: Int64, at local: Int64) {
        candidate = min(candidate ?? .max, local - agent)
    }

    /// A message was received from the agent that the snapshot shows.
    mutating func observe(agent: Int64, at local: Int64) {
        let difference = local - agent
        guard let least else { return }
        if difference < least || difference - least > Self.longestDelay { self.least = difference }
    }

    /// The synchronisation is complete.
    ///
    /// - Parameter start: when the agent started, by its own clock.
    mutating func end(start: Int64?) {
        guard let candidate else { return }
        if fixed == nil || run != start {
            (least, fixed, run) = (candidate, candidate, start)
        } else {
            least = min(least ?? candidate, candidate)
        }
        self.candidate = nil
    }
}
