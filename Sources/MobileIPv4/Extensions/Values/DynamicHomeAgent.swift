/// A home agent asked for or assigned (139, RFC 4433 §3.4).
public struct DynamicHomeAgent: Hashable, Sendable {
    /// Sub-Type: what the address is for.
    public enum Purpose: UInt8, Hashable, Sendable {
        case requested = 1
        case redirected = 2
    }

    /// Whether the address is asked for or offered.
    public var purpose: Purpose
    /// The home agent meant.
    public var address: IPv4Address
    /// RFC 4433 lays the extension out in the long form; senders of the short form exist and are understood.
    public var isShortForm: Bool

    public init(purpose: Purpose, address: IPv4Address, isShortForm: Bool = false) {
        self.purpose = purpose
        self.address = address
        self.isShortForm = isShortForm
    }
}
