/// Homes in groups whose members can be set together with the same result as one after the other: consecutive ones with destinations, of
/// different addresses. A home without destinations, which is to be removed, is a group by itself.
struct HomeGroups: Sequence, IteratorProtocol {
    private var rest: ArraySlice<HomeForwarding>

    /// Most homes of a group. The loop waits while the table gets the homes of one group.
    static let limit = RouteClient.groupSize

    init(_ homes: [HomeForwarding]) { rest = homes[...] }

    mutating func next() -> ArraySlice<HomeForwarding>? {
        guard let first = rest.first else { return nil }
        var addresses: Set = [first.homeAddress]
        var end = rest.startIndex + 1
        if !first.destinations.isEmpty {
            while end < rest.endIndex, addresses.count < Self.limit, !rest[end].destinations.isEmpty,
                addresses.insert(rest[end].homeAddress).inserted
            {
                end += 1
            }
        }
        defer { rest = rest[end...] }
        return rest[..<end]
    }
}
