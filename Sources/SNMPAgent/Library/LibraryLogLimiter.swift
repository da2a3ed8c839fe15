/// Lets through a limited number of libnetsnmp's log lines. The library writes a line for many kinds of malformed messages before it has
/// checked who sent them, so anyone who reaches the port could otherwise fill the log.
struct LibraryLogLimiter {
    /// Most lines in one interval.
    static let limit = 5
    /// The interval in nanoseconds.
    static let interval: Int64 = 10_000_000_000

    private var begin: Int64?
    private var passed = 0
    private var suppressed = 0

    /// Decides about one line.
    ///
    /// - Parameter now: nanoseconds on a clock that never steps.
    /// - Returns: how many lines were left out since the last one that passed; nil if this line is left out too.
    mutating func passes(at now: Int64) -> Int? {
        if begin.map({ now - $0 >= Self.interval }) ?? true {
            begin = now
            passed = 0
        }
        guard passed < Self.limit else {
            suppressed += 1
            return nil
        }
        passed += 1
        defer { suppressed = 0 }
        return suppressed
    }
}
