import MobileIPv4
import Synchronization

/// ARP on the links of home networks for nodes away from home: the callers' side of what the loop does. Lasts for one call, which asks the
/// kernel about each interface once.
struct HomeNetwork {
    let shared: PlaneShared
    /// How many times a gratuitous ARP is sent.
    let announcements: Int
    private var found: [String: Result<HomeLink, DataPlaneError>] = [:]

    /// Homes of a call with more than these are announced after all others that wait. A link's pace allows as many at one moment.
    private static let few = Int(AnnouncementPace.burst)

    init(shared: PlaneShared, announcements: Int) {
        self.shared = shared
        self.announcements = announcements
    }

    /// The link of that name; a new one when the interface was recreated.
    mutating func link(named name: String, _ client: RouteClient) throws(DataPlaneError) -> HomeLink {
        if let known = found[name] { return try known.get() }
        let link: Result<HomeLink, DataPlaneError>
        do throws(DataPlaneError) {
            link = .success(try open(name, client))
        } catch {
            link = .failure(error)
        }
        found[name] = link
        return try link.get()
    }

    private func open(_ name: String, _ client: RouteClient) throws(DataPlaneError) -> HomeLink {
        let interface = try client.interface(named: name)
        let known = shared.state.withLock { $0.links[name] }
        if let known, known.interface.index == interface.index, known.linkLayerAddress == interface.linkLayerAddress {
            return known
        }
        let link = try HomeLink(interface)
        try shared.watch(link.descriptor, .link)
        shared.state.withLock { state in
            if let known {
                state.announcements.forget(known)
                state.retired.append(known)
            }
            state.links[name] = link
        }
        // The loop closes the retired link.
        if known != nil { shared.wake() }
        return link
    }

    /// Announces that datagrams for these nodes, which are away, are accepted at the link-layer address of their link.
    ///
    /// - Parameter count: how many homes the call has. Those of a call with many, as after a restart, leave the pace to others.
    func announce(_ homes: [(homeAddress: IPv4Address, link: HomeLink)], ofCallWith count: Int) {
        announce(
            homes.map { .init(address: $0.homeAddress, linkLayerAddress: $0.link.linkLayerAddress, link: $0.link) },
            count > Self.few ? .backlog : .departed)
    }

    /// Announces a node's own link-layer address on the link where it is home again.
    func announceReturn(of home: HomeForwarding, at linkLayerAddress: LinkLayerAddress?) {
        guard let linkLayerAddress, let link = shared.state.withLock({ $0.links[home.homeInterface ?? ""] }) else { return }
        announce([.init(address: home.homeAddress, linkLayerAddress: linkLayerAddress, link: link)], .returned)
    }

    private func announce(_ new: [AnnouncementQueue<HomeLink>.Announcement], _ rank: AnnouncementRank) {
        guard !new.isEmpty else { return }
        let mustWake = shared.state.withLock {
            $0.announce(new, times: announcements, rank: rank, now: PlaneShared.now)
        }
        if mustWake { shared.wake() }
    }
}
