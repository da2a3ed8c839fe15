import AgentModel
import DataPlane
import MobileIPv4

/// What others were last told of the node, and what differs from it now.
///
/// A snapshot is built when something has happened. The data plane counts without saying so: it is asked often, and rows are made only
/// when its counters have moved.
struct NodePublication {
    private(set) var published = NodeSnapshot()
    private var rows = ForwardingRows()
    /// What the data plane has counted that belongs to no row.
    private(set) var forwarding = ForwardingCounters()
    private var mark: CountersMark?
    /// How many snapshots were compared, and how often the data plane was asked.
    private(set) var snapshotsTaken = 0
    private(set) var polls = 0

    /// Takes a new snapshot; returns what has changed since the last one.
    mutating func take(_ snapshot: NodeSnapshot) -> [StateChange] {
        snapshotsTaken += 1
        let changes = snapshot.changes(since: published)
        published = snapshot
        return changes
    }

    /// Asks the data plane what it has counted; returns what has moved.
    mutating func poll(_ plane: any DataPlane, at time: @autoclosure () -> Timestamp) -> [StateChange] {
        polls += 1
        guard let counters = plane.counters(since: &mark) else { return [] }
        var changes = rows.update(counters, at: time())
        let new = ForwardingCounters(counters)
        guard new != forwarding else { return changes }
        forwarding = new
        // Before the first snapshot there is nothing to correct.
        guard var all = published.counters else { return changes }
        all.forwarding = new
        published.counters = all
        changes.append(.counters(all))
        return changes
    }

    /// The rows of tunnels and traffic.
    mutating func forwardingRows() -> [StateChange] { rows.page(after: 0, limit: .max).changes }
}
