import AgentModel

/// How the agent's clock relates to the local one, estimated from the messages of the agent.
///
/// A message arrives some time after the agent has stamped it, so each message gives an upper limit of the difference, and the least one
/// is the closest. Two estimates are kept, because they serve two purposes: `least` follows every message and determines the present,
/// such as remaining lifetimes; `fixed` changes during one run of the agent only when the agent's clock is set, exactly as the times in
/// its records do, and determines when something happened, so that the same occurrence always has the same time here.
struct AgentClockEstimate {
    /// The local clock minus the agent's, in milliseconds, from the quickest message.
    private(set) var least: Int64?
    /// The same, from the messages of the first synchronisation with this run of the agent.
    private(set) var fixed: Int64?
    /// The run of the agent that `fixed` belongs to.
    private var run: AgentRun?
    /// From the messages of a synchronisation that is not complete.
    private var candidate: Int64?
    /// The agent's clock at the end of the last synchronisation, and whether `fixed` is from that one.
    private var synced: Int64?
    private var isFresh = false

    /// A message that comes later than this was not delayed; the agent's clock has stepped back without a report.
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
    /// - Parameters:
    ///   - new: the run that the agent reports; nil if it reports nothing about itself.
    ///   - time: the agent's clock when it sent the last message of the synchronisation.
    mutating func end(run new: AgentRun?, at time: Int64) {
        guard let candidate else { return }
        self.candidate = nil
        synced = time
        isFresh = fixed == nil || !isCurrent(new)
        if isFresh {
            (least, fixed) = (candidate, candidate)
        } else {
            if let new, let run { shift(by: new.start.milliseconds(since: run.start)) }
            least = min(least ?? candidate, candidate)
        }
        run = new
    }

    /// The agent reports that its clock was set. Call before `observe` for the same message.
    ///
    /// - Parameters:
    ///   - step: by how many milliseconds, positive when it was set forward.
    ///   - time: the agent's clock when it sent the report, as it is set since.
    mutating func set(by step: Int64, at time: Int64) {
        if let run { self.run = AgentRun(instance: run.instance, start: run.start.adding(milliseconds: step)) }
        // A report from before the end of the synchronisation: messages with the new clock have been observed, and they gave the least.
        if step > 0, let synced, time <= synced {
            if !isFresh { fixed = fixed.map { $0 - step } }
            return
        }
        synced = synced.map { $0 + step }
        shift(by: step)
    }

    private mutating func shift(by step: Int64) {
        least = least.map { $0 - step }
        fixed = fixed.map { $0 - step }
    }

    private func isCurrent(_ new: AgentRun?) -> Bool {
        guard let new, let run else { return new == run }
        return new.isSame(as: run)
    }
}
