public import MobileIPv4

/// A 64-bit count for each of the 256 reply codes. In JSON, an object of the codes that occurred: `{"0": 12, "131": 3}`.
public struct CodeCounts: Hashable, Sendable {
    private var counts: [UInt64] = []

    public init() {}

    /// The count of one code.
    public subscript(code: ReplyCode) -> UInt64 {
        get { counts.isEmpty ? 0 : counts[Int(code.rawValue)] }
        set {
            if counts.isEmpty {
                if newValue == 0 { return }
                counts = Array(repeating: 0, count: 256)
            }
            counts[Int(code.rawValue)] = newValue
        }
    }

    /// The sum over a range of codes.
    public func total(_ codes: ClosedRange<UInt8>) -> UInt64 {
        counts.isEmpty ? 0 : counts[Int(codes.lowerBound)...Int(codes.upperBound)].reduce(0, &+)
    }

    /// The codes that occurred, in ascending order.
    public var nonZero: [(code: ReplyCode, count: UInt64)] {
        counts.indices.filter { counts[$0] != 0 }.map { (ReplyCode(rawValue: UInt8($0)), counts[$0]) }
    }
}

extension CodeCounts: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        for (key, count) in try container.decode([String: UInt64].self) {
            guard let code = UInt8(key), String(code) == key else {
                throw DecodingError.dataCorruptedError(
                    in: container, debugDescription: "'\(key)' is not a reply code; expected 0 to 255")
            }
            self[ReplyCode(rawValue: code)] = count
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(Dictionary(uniqueKeysWithValues: nonZero.map { (String($0.code.rawValue), $0.count) }))
    }
}
