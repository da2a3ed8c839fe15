/// A Sub-Type octet and the octets it gives a meaning to.
public struct SubtypedParameter: Hashable, Sendable {
    /// The Sub-Type octet.
    public var subtype: UInt8
    /// The octets behind it.
    public var value: [UInt8]

    public init(subtype: UInt8, value: [UInt8]) {
        self.subtype = subtype
        self.value = value
    }
}
