import JSON
import Synchronization

/// Seconds that agents are up by their own clocks, where a source knows it beside their rows of `status`. Any thread.
final class AgentUptimes: Sendable {
    private let seconds = Mutex<[Row: UInt64]>([:])

    /// Of the agent that this row is about; nil where it is not known.
    subscript(row: Row) -> UInt64? {
        get { seconds.withLock { $0[row] } }
        set { seconds.withLock { $0[row] = newValue } }
    }
}
