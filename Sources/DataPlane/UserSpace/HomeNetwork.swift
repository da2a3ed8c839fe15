import MobileIPv4
import Synchronization

/// ARP on the links of home networks for nodes away from home: the callers' side of what the loop does.
struct HomeNetwork {
    let shared: PlaneShared
    /// How many times a gratuitous ARP is sent.
    let announcements: Int

    /// The link of that name; a new one when the interface was recreated.
    func link(named name: String, _ client: RouteClient) throws(DataPlaneError) -> HomeLink {
        let interface = try client.interface(named: name)
        let known = shared.state.withLock { $0.links[name] }
        if let known, known.interface.index == interface.index, known.linkLayerAddress == interface.linkLayerAddress {
            return known
        }
        let link = try HomeLink(interface)
        try shared.watch(link.descriptor, .link)
        shared.state.withLock { state in
            if let known { state.retired.append(known) }
            state.links[name] = link
        }
        return link
    }

    func announce(_ address: IPv4Address, at linkLayerAddress: LinkLayerAddress, on link: HomeLink) {
        shared.state.withLock {
            $0.announce(address, at: linkLayerAddress, on: link, times: announcements, now: PlaneShared.now)
        }
        shared.wake()
    }

    /// Announces a node's own link-layer address on the link where it is home again.
    func announceReturn(of home: HomeForwarding, at linkLayerAddress: LinkLayerAddress?) {
        guard let linkLayerAddress, let link = shared.state.withLock({ $0.links[home.homeInterface ?? ""] }) else { return }
        announce(home.homeAddress, at: linkLayerAddress, on: link)
    }
}
