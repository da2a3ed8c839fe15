import MobileIPv4

/// What a manager's OID has after that of a column: the sub-identifiers of an index, of a part of one, of more than one, or what no
/// index could have. Rows are compared with it; all is held in place, so that a search allocates nothing.
struct RequestedIndex {
    /// Where a row's index lies as seen from what was asked for, in the order of OIDs (RFC 3416 §4.2.2).
    enum Place {
        case before, same, after
    }

    /// More than any index of the modules has: type, length and 64 octets of an identifier, and a number.
    private static let capacity = 72

    private var parts = InlineArray<72, UInt32>(repeating: 0)
    /// How many sub-identifiers were given, those beyond the capacity included.
    private let count: Int
    // The comparison under way.
    private var position = 0
    private var decided: Place?

    /// - Parameter subidentifiers: none of them is before every index.
    init(_ subidentifiers: Span<UInt>) {
        count = subidentifiers.count
        for index in 0..<min(count, Self.capacity) {
            // A sub-identifier has 32 bits on the wire; libnetsnmp keeps them in 64 and extends the sign of those from 2^31 on.
            parts[index] = UInt32(truncatingIfNeeded: subidentifiers[index])
        }
    }

    /// Compares with the index of a row.
    mutating func place(of row: some MIBIndexed) -> Place {
        position = 0
        decided = nil
        row.appendIndex(to: &self)
        // An index that begins what was asked for lies before it.
        return decided ?? (position < count ? .before : .same)
    }
}

extension RequestedIndex: IndexListener {
    mutating func append(_ part: UInt32) {
        guard decided == nil else { return }
        guard position < count, position < Self.capacity else {
            decided = .after
            return
        }
        let own = parts[position]
        if part != own { decided = part < own ? .before : .after }
        position += 1
    }

    /// In one comparison where that gives the same: most indexes begin with an address, and a search compares with many.
    mutating func append(_ address: IPv4Address) {
        guard decided == nil else { return }
        guard position + 4 <= min(count, Self.capacity) else { return appendOctets(of: address) }
        let (a, b, c, d) = (parts[position], parts[position + 1], parts[position + 2], parts[position + 3])
        guard a | b | c | d <= 255 else { return appendOctets(of: address) }
        let own = a << 24 | b << 16 | c << 8 | d
        if address.rawValue != own { decided = address.rawValue < own ? .before : .after }
        position += 4
    }
}
