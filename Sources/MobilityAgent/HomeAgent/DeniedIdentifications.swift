import MobileIPv4

/// What identifies a denied request when it comes again.
struct DeniedRequest: Hashable {
    private let homeAddress: IPv4Address
    /// The NAI of a node that asks for an address.
    private let nai: NetworkAccessIdentifier?
    private let identification: Identification

    init(homeAddress: IPv4Address, nai: NetworkAccessIdentifier?, identification: Identification) {
        self.homeAddress = homeAddress
        self.nai = homeAddress == .zero ? nai : nil
        self.identification = identification
    }

    init(_ incoming: IncomingRequest) {
        self.init(
            homeAddress: incoming.request.homeAddress, nai: incoming.nai, identification: incoming.request.identification)
    }
}

/// The identifications of authenticated requests that were denied, until the clock has passed them by the tolerance of their association:
/// from then on the clock refuses them. The list is bounded; the oldest entry makes room.
struct DeniedIdentifications {
    /// The most entries.
    static let limit = 65_536

    private var entries: Set<DeniedRequest> = []
    /// The same entries in the order of their denials; those before index `first` are forgotten.
    private var order: [(request: DeniedRequest, until: Int64)] = []
    private var first = 0

    var count: Int { entries.count }

    func contains(_ request: @autoclosure () -> DeniedRequest) -> Bool { !entries.isEmpty && entries.contains(request()) }

    /// Remembers a request until the wall clock, in nanoseconds, has this value.
    mutating func insert(_ request: DeniedRequest, until: Int64, at wallClock: Int64) {
        while first < order.count, order[first].until < wallClock { forgetOldest() }
        if entries.count >= Self.limit { forgetOldest() }
        if first > order.count / 2 {
            order.removeFirst(first)
            first = 0
        }
        if entries.insert(request).inserted { order.append((request, until)) }
    }

    private mutating func forgetOldest() {
        entries.remove(order[first].request)
        first += 1
    }
}
