/// The name of a member in JSON, for what is written and read by its declaration.
public struct MemberKey: CodingKey, ExpressibleByStringLiteral {
    /// The name.
    public let stringValue: String
    /// No member is known by a number.
    public var intValue: Int? { nil }

    /// The member with this name.
    public init(_ name: String) { stringValue = name }
    /// The member with this name.
    public init(stringValue: String) { self.init(stringValue) }
    /// The member with this name.
    public init(stringLiteral name: String) { self.init(name) }
    /// None.
    public init?(intValue: Int) { nil }
}
