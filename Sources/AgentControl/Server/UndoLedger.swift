/// The steps that undo changes, kept under a token for each list of changes, for 60 seconds.
///
/// Has a single owner. Bounded: beyond 64 lists, the oldest can no longer be undone.
package struct UndoLedger<Step> {
    private static var limit: Int { 64 }
    /// How long a token is valid, in nanoseconds.
    private static var lifetime: Int64 { 60_000_000_000 }

    private var entries: [(token: String, made: Int64, steps: [Step])] = []
    private var random = SystemRandomNumberGenerator()

    package init() {}

    /// Stores the steps in the order the changes were made and returns their token.
    ///
    /// - Parameter uptime: Nanoseconds on a clock that never steps.
    package mutating func keep(_ steps: [Step], at uptime: Int64) -> String {
        forget(at: uptime)
        if entries.count >= Self.limit { entries.removeFirst() }
        let token = (0..<2).map { _ in String(UInt64.random(in: .min ... .max, using: &random), radix: 36) }.joined()
        entries.append((token, uptime, steps))
        return token
    }

    /// Returns the steps of a token, once, in the order in which to perform them; nil if the token is unknown, used or too old.
    package mutating func take(_ token: String, at uptime: Int64) -> [Step]? {
        forget(at: uptime)
        guard let index = entries.firstIndex(where: { $0.token == token }) else { return nil }
        return entries.remove(at: index).steps.reversed()
    }

    private mutating func forget(at uptime: Int64) { entries.removeAll { uptime - $0.made >= Self.lifetime } }
}
