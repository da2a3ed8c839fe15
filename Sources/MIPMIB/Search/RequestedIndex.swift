import MobileIPv4

/// The part of a manager's OID after that of a column: the sub-identifiers of an index, of part of one, of more than one, or
/// sub-identifiers that no index could have. Rows are compared with it. Everything is stored inline, so that a search allocates nothing.
struct RequestedIndex {
    /// The position of a row's index relative to the requested one, in OID order (RFC 3416 §4.2.2).
    enum Place {
        case before, same, after
    }

    /// More than any index of the modules has: type, length and 64 octets of an identifier, and a number.
    private static let capacity = 72

    private var parts = InlineArray<72, UInt32>(repeating: 0)
    /// Number of sub-identifiers given, including those beyond the capacity.
    private let count: Int
    // The current comparison.
    private var position = 0
    private var decided: Place?

    /// - Parameter subidentifiers: an empty span is before every index.
    init(_ subidentifiers: Span<UInt>) {
        count = subidentifiers.count
        for index in 0..<min(count, Self.capacity) {
            // A sub-identifier has 32 bits on the wire; libnetsnmp stores 64 and sign-extends values from 2^31 on.
            parts[index] = UInt32(truncatingIfNeeded: subidentifiers[index])
        }
    }

    /// The position of a row's index relative to this one.
    mutating func place(of row: some MIBIndexed) -> Place {
        position = 0
        decided = nil
        row.appendIndex(to: &self)
        return place
    }

    /// The position of the index of a row that may share it with others, relative to this one.
    mutating func place(ofShared row: some MIBSharedKey) -> Place {
        position = 0
        decided = nil
        row.appendSharedIndex(to: &self)
        return place
    }

    /// An index that is a prefix of the requested one comes before it.
    private var place: Place { decided ?? (position < count ? .before : .same) }
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

    /// Compares the whole address at once if that gives the same result: most indexes begin with an address, and a search makes many
    /// comparisons.
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
