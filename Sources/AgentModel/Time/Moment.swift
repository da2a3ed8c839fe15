/// "Now", passed into the state machines by the owner of the clocks.
public struct Moment: Hashable, Sendable {
    /// Nanoseconds since the agent started, on a clock that never steps. Lifetimes and timeouts use it.
    public var uptime: Int64
    /// Nanoseconds since 1970 on the wall clock, which may step. Used only for the Identification field.
    public var wallClock: Int64

    public init(uptime: Int64, wallClock: Int64) {
        self.uptime = uptime
        self.wallClock = wallClock
    }
}
