/// A 64-bit count for each discard reason. In JSON, an object with every reason.
public struct DiscardCounts: Hashable, Sendable {
    private var counts: [UInt64] = Array(repeating: 0, count: DiscardReason.allCases.count)

    public init() {}

    /// The count of one reason.
    public subscript(reason: DiscardReason) -> UInt64 {
        get { counts[reason.ordinal] }
        set { counts[reason.ordinal] = newValue }
    }

    /// All reasons together.
    public var total: UInt64 { counts.reduce(0, &+) }
}

extension DiscardReason {
    fileprivate static let ordinals = Dictionary(uniqueKeysWithValues: zip(allCases, allCases.indices))
    fileprivate var ordinal: Int { Self.ordinals[self] ?? 0 }
}

extension DiscardCounts: Codable {
    public init(from decoder: any Decoder) throws {
        let counts = try decoder.singleValueContainer().decode([String: UInt64].self)
        for reason in DiscardReason.allCases { self[reason] = counts[reason.rawValue] ?? 0 }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(Dictionary(uniqueKeysWithValues: DiscardReason.allCases.map { ($0.rawValue, self[$0]) }))
    }
}
