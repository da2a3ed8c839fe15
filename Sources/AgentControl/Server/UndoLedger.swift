/// What takes back changes that were made, under a token for each list of them, for 60 seconds.
///
/// Belongs to one owner. Bounded: of more than 64 lists the oldest can no longer be taken back.
package struct UndoLedger<Step> {
    private static var limit: Int { 64 }
    /// Nanoseconds for which a token is good.
    private static var lifetime: Int64 { 60_000_000_000 }

    private var entries: [(token: String, made: Int64, steps: [Step])] = []
    private var random = SystemRandomNumberGenerator()

    package init() {}

    /// Keeps the steps in the order the changes were made; returns their token.
    ///
    /// - Parameter uptime: nanoseconds on a clock that never steps.
    package mutating func keep(_ steps: [Step], at uptime: Int64) -> String {
        forget(at: uptime)
        if entries.count >= Self.limit { entries.removeFirst() }
        let token = (0..<2).map { _ in String(UInt64.random(in: .min ... .max, using: &random), radix: 36) }.joined()
        entries.append((token, uptime, steps))
        return token
    }

    /// Hands out the steps of a token, once, in the order in which they are to be taken; nil for one that is unknown, used or too old.
    package mutating func take(_ token: String, at uptime: Int64) -> [Step]? {
        forget(at: uptime)
        guard let index = entries.firstIndex(where: { $0.token == token }) else { return nil }
        return entries.remove(at: index).steps.reversed()
    }

    private mutating func forget(at uptime: Int64) { entries.removeAll { uptime - $0.made >= Self.lifetime } }
}
