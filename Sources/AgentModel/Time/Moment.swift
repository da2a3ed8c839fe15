/// "Now", passed into the state machines by whoever owns the clocks.
public struct Moment: Hashable, Sendable {
    /// Nanoseconds since the agent started, on a clock that never steps: lifetimes and timeouts are measured on it.
    public var uptime: Int64
    /// Nanoseconds since 1970 on the wall clock, which may step: used only for the Identification field.
    public var wallClock: Int64

    public init(uptime: Int64, wallClock: Int64) {
        self.uptime = uptime
        self.wallClock = wallClock
    }
}
