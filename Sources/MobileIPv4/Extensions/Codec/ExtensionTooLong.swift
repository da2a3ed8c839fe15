/// A value that does not fit the Length field of its extension: 255 octets in the short form, 65535 in the long one.
public struct ExtensionTooLong: Error, Hashable, Sendable, CustomStringConvertible {
    /// The extension that does not fit its length field.
    public let type: ExtensionType
    /// How many octets of data the value needs.
    public let dataLength: Int
    /// The most octets that its form can carry.
    public let limit: Int

    public var description: String {
        "the data of extension \(type) takes \(dataLength) octets; its Length field allows at most \(limit)"
    }
}
