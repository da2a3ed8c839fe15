/// A Linux capability (capabilities(7)) that a daemon may keep.
package enum Capability: Int32, Hashable, Sendable, CaseIterable {
    /// Binding to ports below 1024.
    case netBindService = 10
    /// Routes, rules, addresses, devices and settings of the network.
    case netAdmin = 12
    /// Raw sockets and packet sockets.
    case netRaw = 13

    /// The usual name, such as `CAP_NET_ADMIN`.
    package var name: String {
        switch self {
        case .netBindService: "CAP_NET_BIND_SERVICE"
        case .netAdmin: "CAP_NET_ADMIN"
        case .netRaw: "CAP_NET_RAW"
        }
    }
}
