/// A position in the order of a table whose index has a fixed number of sub-identifiers, made from any sub-identifiers a manager
/// may send: fewer, more, or larger ones than a real index has (RFC 2578 §7.7, RFC 3416 §4.2.2).
struct IndexPosition: Equatable {
    /// As many as the index has, each within its bound.
    var fields: [UInt32]
    /// True when a row at exactly `fields` lies before the position.
    var isAfter: Bool

    /// - Parameters:
    ///   - subidentifiers: what follows the column in the request, possibly nothing.
    ///   - bounds: the largest value of each sub-identifier of the index.
    ///   - inclusive: whether a row at exactly these sub-identifiers is wanted.
    init(_ subidentifiers: Span<UInt>, bounds: [UInt32], inclusive: Bool) {
        fields = Array(repeating: 0, count: bounds.count)
        isAfter = false
        for position in bounds.indices {
            // A prefix of an index is smaller than it: the rest stays 0 and a row there is wanted.
            guard position < subidentifiers.count else { return }
            // A sub-identifier has 32 bits on the wire; libnetsnmp keeps them in 64 and extends the sign of those from 2^31 on.
            let value = subidentifiers[position] & 0xFFFF_FFFF
            guard value <= UInt(bounds[position]) else {
                // Every row that shares the fields so far is smaller than this.
                for rest in position..<bounds.count { fields[rest] = bounds[rest] }
                isAfter = true
                return
            }
            fields[position] = UInt32(value)
        }
        isAfter = subidentifiers.count > bounds.count || !inclusive
    }

    /// The index these sub-identifiers are, nil when they are none.
    static func exact(_ subidentifiers: Span<UInt>, bounds: [UInt32]) -> [UInt32]? {
        guard subidentifiers.count == bounds.count else { return nil }
        let position = IndexPosition(subidentifiers, bounds: bounds, inclusive: true)
        return position.isAfter ? nil : position.fields
    }
}
