/// A key on its way to the agent that will keep it. It can be passed on but not revealed by accident: every printed form is `<secret>`.
public struct SecretOctets: Hashable, Sendable {
    private let octets: [UInt8]

    public init(_ octets: [UInt8]) { self.octets = octets }

    /// The number of bytes.
    public var count: Int { octets.count }

    /// The bytes, for code that stores the key or sends it to the agent.
    public func withOctets<Result>(_ body: ([UInt8]) throws -> Result) rethrows -> Result { try body(octets) }
}

extension SecretOctets: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "<secret>" }
    public var debugDescription: String { "<secret>" }
    /// Empty, so that no dump shows a key.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
