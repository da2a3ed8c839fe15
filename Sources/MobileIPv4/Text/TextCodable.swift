/// A value that is encoded as its description, one string, and decoded from nothing else.
public protocol TextCodable: LosslessStringConvertible, Codable {
    /// What a right text is, as the end of "'…' is not …", with an example.
    static var textForm: String { get }
}

extension TextCodable {
    /// Throws `DecodingError.dataCorrupted` that names the text and the form that would be right.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let value = Self(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "'\(text)' is not \(Self.textForm)")
        }
        self = value
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
