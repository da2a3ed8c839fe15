public import MobileIPv4

/// Which rows about mobile nodes a reader wants: bindings, visitors, pending registrations, mobile nodes and exchanges. Rows of other tables
/// always match.
public struct RowFilter: Hashable, Sendable {
    /// The home addresses; nil for all.
    public var homeAddresses: IPv4Prefix?
    /// The NAI; nil for all nodes.
    public var nai: NetworkAccessIdentifier?

    public init(homeAddresses: IPv4Prefix? = nil, nai: NetworkAccessIdentifier? = nil) {
        self.homeAddresses = homeAddresses
        self.nai = nai
    }

    /// The only home address wanted; nil if there may be several.
    public var homeAddress: IPv4Address? { homeAddresses.flatMap { $0.length == 32 ? $0.network : nil } }

    /// Whether the row is wanted.
    public func matches(_ homeAddress: IPv4Address, _ nai: NetworkAccessIdentifier?) -> Bool {
        if let homeAddresses, !homeAddresses.contains(homeAddress) { return false }
        if let wanted = self.nai, wanted != nai { return false }
        return true
    }

    /// Whether the row in the change is wanted.
    public func matches(_ change: StateChange) -> Bool {
        switch change {
        case .binding(let row): matches(row.homeAddress, row.nai)
        case .visitor(let row): matches(row.homeAddress, row.nai)
        case .pending(let row): matches(row.homeAddress, row.nai)
        case .mobileNode(let row): matches(row.homeAddress, row.nai)
        case .exchange(let row): matches(row.homeAddress, row.nai)
        default: true
        }
    }
}
