/// The name of a member in JSON, for records written and read through their declaration.
public struct MemberKey: CodingKey, ExpressibleByStringLiteral {
    /// The name.
    public let stringValue: String
    /// Nil: members are not identified by numbers.
    public var intValue: Int? { nil }

    /// The member with this name.
    public init(_ name: String) { stringValue = name }
    /// The member with this name.
    public init(stringValue: String) { self.init(stringValue) }
    /// The member with this name.
    public init(stringLiteral name: String) { self.init(name) }
    /// Nil: members are not identified by numbers.
    public init?(intValue: Int) { nil }
}
