import JSON
import Synchronization

/// How many seconds agents have been up by their own clocks, for sources that know it in addition to the rows of `status`.
/// Thread-safe.
final class AgentUptimes: Sendable {
    private let seconds = Mutex<[Row: UInt64]>([:])

    /// The uptime of the agent that this row describes; nil if it is not known.
    subscript(row: Row) -> UInt64? {
        get { seconds.withLock { $0[row] } }
        set { seconds.withLock { $0[row] = newValue } }
    }
}
