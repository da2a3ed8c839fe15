import AgentModel
import DataPlane
import MobileIPv4

/// The node's last published state, and the changes since.
///
/// A snapshot is built when something has happened. The data plane does not report its counts: it is polled often, and rows are made only
/// when its counters have changed.
struct NodePublication {
    private(set) var published = NodeSnapshot()
    private var rows = ForwardingRows()
    /// The data plane's counts that belong to no row.
    private(set) var forwarding = ForwardingCounters()
    private var mark: CountersMark?
    /// How many snapshots were compared, and how often the data plane was polled.
    private(set) var snapshotsTaken = 0
    private(set) var polls = 0

    /// Takes a new snapshot; returns the changes since the last one.
    mutating func take(_ snapshot: NodeSnapshot) -> [StateChange] {
        snapshotsTaken += 1
        let changes = snapshot.changes(since: published)
        published = snapshot
        return changes
    }

    /// Polls the counters of the data plane; returns what has changed.
    mutating func poll(_ plane: any DataPlane, at time: @autoclosure () -> Timestamp) -> [StateChange] {
        polls += 1
        guard let counters = plane.counters(since: &mark) else { return [] }
        var changes = rows.update(counters, at: time())
        let new = ForwardingCounters(counters)
        guard new != forwarding else { return changes }
        forwarding = new
        // Before the first snapshot there is nothing to update.
        guard var all = published.counters else { return changes }
        all.forwarding = new
        published.counters = all
        changes.append(.counters(all))
        return changes
    }

    /// Shifts the times that are kept, because the wall clock was set.
    mutating func shiftTimes(by milliseconds: Int64) { rows.shiftTimes(by: milliseconds) }

    /// The rows of tunnels and traffic.
    mutating func forwardingRows() -> [StateChange] { rows.page(after: 0, limit: .max).changes }
}
