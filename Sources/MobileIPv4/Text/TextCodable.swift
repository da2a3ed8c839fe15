/// A value that is encoded as its description, a single string, and decoded only from that.
public protocol TextCodable: LosslessStringConvertible, Codable {
    /// The expected form of the text, as the end of "'…' is invalid; expected …", with an example.
    static var textForm: String { get }
}

extension TextCodable {
    /// Throws a `DecodingError.dataCorrupted` that quotes the text and states the expected form.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let value = Self(text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "'\(text)' is invalid; expected \(Self.textForm)")
        }
        self = value
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
