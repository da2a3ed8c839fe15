import CLinuxNetwork
import Glibc
import MobileIPv4
import Synchronization

/// The state that the callers' threads and the loop share, under one lock. The loop holds the lock for one batch at a time.
struct PlaneState: Sendable {
    var table = ForwardingTable()
    /// All counters except the traffic, which is in the table.
    var counters = DataPlaneCounters()
    var sockets: [IPv4Address: TunnelSocket] = [:]
    /// By interface name.
    var links: [String: HomeLink] = [:]
    var announcements = AnnouncementQueue<HomeLink>()
    /// Kept open until the loop has finished a round and can no longer be using them.
    var retired: [HomeLink] = []
    var isStopping = false

    /// Announces addresses `times` times, a second apart, first as soon as the pace of their links allows: at once unless many others
    /// wait. Replaces pending announcements of these addresses.
    ///
    /// - Returns: whether the loop must be woken, because something is due before the time until which it waits.
    mutating func announce(
        _ new: [AnnouncementQueue<HomeLink>.Announcement], times: Int, rank: AnnouncementRank, now: Int64
    ) -> Bool {
        let due = announcements.nextDue ?? .max
        for announcement in new { announcements.set(announcement, times: times, rank: rank, now: now) }
        announce(now: now)
        return (announcements.nextDue ?? .max) < due
    }

    /// Sends the announcements that are due, as far as the pace of their links allows.
    mutating func announce(now: Int64) {
        while let next = announcements.next(now: now) {
            send(ARPPacket.gratuitous(next.address, at: next.linkLayerAddress), on: next.link)
        }
    }

    /// Forgets a home and cancels its announcements.
    ///
    /// - Returns: the home as it was; nil if it was not set.
    mutating func removeHome(_ homeAddress: IPv4Address) -> HomeForwarding? {
        let old = table.home(homeAddress)
        table.removeHome(homeAddress)
        announcements.cancel(homeAddress)
        return old
    }

    /// Handles an ICMP error that may be about a tunnelled datagram.
    mutating func handle(_ error: TunnelError, at now: Int64) {
        switch table.handle(error, at: now) {
        case .lowered: counters.pathMTUErrorsAccepted &+= 1
        case .disbelieved: counters.pathMTUErrorsIgnored &+= 1
        case .unchanged, nil: break
        }
    }

    private mutating func send(_ packet: ARPPacket, on link: HomeLink) {
        if link.send(packet, to: .broadcast) { counters.gratuitousARPsSent &+= 1 }
    }

    /// Answers a request for a node that is away from the link on which the request arrived.
    mutating func answer(_ packet: ARPPacket, on link: HomeLink) {
        guard table.home(packet.targetAddress)?.homeInterface == link.interface.name,
            let reply = packet.proxyReply(from: link.linkLayerAddress)
        else { return }
        if link.send(reply, to: packet.senderLinkLayerAddress) { counters.proxyARPsSent &+= 1 }
    }
}

/// The shared state with its lock, and the means to wake the loop.
final class PlaneShared: Sendable {
    /// The source of an event of the loop; the descriptor is in the lower half of the token.
    enum Source: UInt64 {
        case tun = 0
        case tunnel = 1
        case link = 2
        case wake = 3
        case errors = 4

        func token(_ descriptor: CInt) -> UInt64 { rawValue << 32 | UInt64(UInt32(bitPattern: descriptor)) }
    }

    let state = Mutex(PlaneState())
    let epoll: CInt
    private let event: CInt

    init() throws(DataPlaneError) {
        let epoll = try Descriptor(epoll_create1(mip_epoll_cloexec), "cannot create an epoll descriptor for the data plane")
        let event = try Descriptor(eventfd(0, mip_eventfd_flags), "cannot create an event descriptor for the data plane")
        self.epoll = epoll.take()
        self.event = event.take()
        try watch(self.event, .wake)
    }

    deinit {
        close(epoll)
        close(event)
    }

    func watch(_ descriptor: CInt, _ source: Source) throws(DataPlaneError) {
        let code = mip_epoll_add(epoll, descriptor, source.token(descriptor))
        guard code == 0 else { throw DataPlaneError("cannot watch a descriptor of the data plane", code) }
    }

    func unwatch(_ descriptor: CInt) { _ = epoll_ctl(epoll, EPOLL_CTL_DEL, descriptor, nil) }

    /// Makes the loop check the state.
    func wake() {
        var one: UInt64 = 1
        _ = write(event, &one, 8)
    }

    func clearWake() {
        var count: UInt64 = 0
        _ = read(event, &count, 8)
    }

    /// Nanoseconds of the monotonic clock.
    static var now: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
