extension Optional where Wrapped == Int64 {
    /// The earlier of two deadlines in nanoseconds of uptime; nil if there is nothing to wait for.
    package func earlier(or other: Int64?) -> Int64? {
        guard let self, let other else { return self ?? other }
        return Swift.min(self, other)
    }
}
