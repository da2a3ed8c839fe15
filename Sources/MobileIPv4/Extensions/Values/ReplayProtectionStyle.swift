/// How a foreign agent and a gateway foreign agent tell replays (141, RFC 4857 §9.3).
public struct ReplayProtectionStyle: Hashable, Sendable {
    /// 0 timestamps, 1 nonces.
    public var style: UInt16
    /// The RFC's picture has it, its Length of 2 has not; both are understood.
    public var initialIdentification: Identification?

    public init(style: UInt16, initialIdentification: Identification?) {
        self.style = style
        self.initialIdentification = initialIdentification
    }
}
