/// The name of a member in JSON, for what is written and read by its declaration.
package struct MemberKey: CodingKey, ExpressibleByStringLiteral {
    package let stringValue: String
    package var intValue: Int? { nil }

    package init(_ name: String) { stringValue = name }
    package init(stringValue: String) { self.init(stringValue) }
    package init(stringLiteral name: String) { self.init(name) }
    package init?(intValue: Int) { nil }
}
