extension PerSecondLimiter {
    /// Limits the texts in replies that anyone can cause repeatedly, with a forged source address or a copy of a node's request: a
    /// text makes such a reply several times as long as the request. Replies above the limit carry none.
    static var messageStrings: PerSecondLimiter { PerSecondLimiter(limit: 100) }
}
