/// A key on its way to the agent that will keep it: it can be handed on and not looked at by accident. Every printed form is `<secret>`.
public struct SecretOctets: Hashable, Sendable {
    private let octets: [UInt8]

    public init(_ octets: [UInt8]) { self.octets = octets }

    /// How many bytes there are.
    public var count: Int { octets.count }

    /// The bytes, for whoever keeps the key or sends it there.
    public func withOctets<Result>(_ body: ([UInt8]) throws -> Result) rethrows -> Result { try body(octets) }
}

extension SecretOctets: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "<secret>" }
    public var debugDescription: String { "<secret>" }
    /// Nothing: no dump shows a key.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
