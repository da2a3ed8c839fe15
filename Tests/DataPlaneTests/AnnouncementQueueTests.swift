import MobileIPv4
import Testing

@testable import DataPlane

@Suite("The queue of gratuitous ARPs")
struct AnnouncementQueueTests {
    private final class Link: Sendable {}
    private typealias Queue = AnnouncementQueue<Link>
    private typealias Sent = (time: Int64, announcement: Queue.Announcement)

    private static let second: Int64 = 1_000_000_000
    private static let agent = LinkLayerAddress(2, 0, 0, 0, 0, 1)
    private static let node = LinkLayerAddress(2, 0, 0, 0, 0, 2)
    private static let link = Link()
    private static let late = address("10.2.0.77")

    private static func home(_ number: Int) -> IPv4Address { IPv4Address(rawValue: 0x0A00_0000 + UInt32(number)) }

    private static func announcement(
        _ address: IPv4Address, at linkLayerAddress: LinkLayerAddress = agent, on link: Link = link
    ) -> Queue.Announcement {
        Queue.Announcement(address: address, linkLayerAddress: linkLayerAddress, link: link)
    }

    /// A queue with the announcements of many nodes, all given at time 0.
    private static func queue(of count: Int, on link: Link = link) -> Queue {
        var queue = Queue()
        for number in 0..<count { queue.set(announcement(home(number), on: link), times: 3, now: 0) }
        return queue
    }

    /// Calls the queue as the loop does, from one time to another or until nothing waits.
    private static func run(_ queue: inout Queue, from start: Int64 = 0, to end: Int64 = 3600 * second) -> [Sent] {
        var sent: [Sent] = []
        var now = start
        while true {
            while let next = queue.next(now: now) { sent.append((now, next)) }
            guard let due = queue.nextDue, due <= end else { return sent }
            guard due > now else {
                Issue.record("the queue sends nothing at \(now) and asks to be called at \(due)")
                return sent
            }
            now = due
        }
    }

    // MARK: - Times

    @Test("An address is announced at once, and again after one and two seconds", arguments: [1, 2, 3])
    func single(times: Int) {
        var queue = Queue()
        let start = 7 * Self.second
        queue.set(Self.announcement(Self.late), times: times, now: start)
        let sent = Self.run(&queue, from: start)
        #expect(sent.map(\.time) == (0..<times).map { start + Int64($0) * Self.second })
        #expect(queue.count == 0 && queue.nextDue == nil)
    }

    @Test("A hundred addresses are announced at the same moment, at most 1,100 in a second, all in order and three times")
    func pace() {
        let count = 3000
        var queue = Self.queue(of: count)
        let sent = Self.run(&queue)
        #expect(sent.count == 3 * count)
        #expect(sent.prefix { $0.time == 0 }.count == 100)
        for (early, late) in zip(sent, sent.dropFirst(1100)) { #expect(late.time - early.time >= Self.second) }
        var times: [IPv4Address: [Int64]] = [:]
        var firsts: [IPv4Address] = []
        for (time, announcement) in sent {
            if times[announcement.address] == nil { firsts.append(announcement.address) }
            times[announcement.address, default: []].append(time)
        }
        #expect(firsts == (0..<count).map(Self.home))
        #expect(times.values.allSatisfy { $0.count == 3 && $0[1] - $0[0] >= Self.second && $0[2] - $0[1] >= Self.second })
        // The pace is used: nothing waits longer than it takes to send all of them and then to repeat the last one.
        #expect(sent.last.map { $0.time <= 11 * Self.second } == true)
    }

    @Test("While announcements wait, the queue asks to be called a hundred times a second, not once for each")
    func calls() {
        var queue = Self.queue(of: 5000)
        let sent = Self.run(&queue, to: Self.second)
        #expect((1000...1100).contains(sent.count))
        #expect(Set(sent.map(\.time)).count <= 101)
    }

    @Test("Each link has a pace of its own")
    func links() {
        var queue = Self.queue(of: 500)
        let other = Link()
        for number in 500..<1000 { queue.set(Self.announcement(Self.home(number), on: other), times: 1, now: 0) }
        let sent = Self.run(&queue, to: 0)
        #expect(sent.count == 200)
        #expect(sent.count { $0.announcement.link === other } == 100)
    }

    // MARK: - Ranks

    @Test(
        "While many wait, a node that leaves home or returns is announced at once, and again after about one and two seconds",
        arguments: [AnnouncementRank.departed, .returned])
    func room(rank: AnnouncementRank) {
        var queue = Self.queue(of: 20_000)
        let now = 5 * Self.second
        _ = Self.run(&queue, to: now)
        queue.set(Self.announcement(Self.late, at: Self.node), times: 3, rank: rank, now: now)
        let sent = Self.run(&queue, from: now, to: 8 * Self.second)
        #expect(sent.first?.announcement.address == Self.late)
        let times = sent.filter { $0.announcement.address == Self.late }.map { $0.time - now }
        #expect(times.count == 3 && times.first == 0)
        #expect(times.last.map { $0 < 2 * Self.second + Self.second / 2 } == true)
    }

    @Test("At the moment when thousands of nodes are set, a node that returns goes before all that wait")
    func returning() {
        var queue = Self.queue(of: 5000)
        let before = Self.run(&queue, to: 0)
        #expect(before.count == 100)
        queue.set(Self.announcement(Self.late, at: Self.node), times: 3, rank: .returned, now: 0)
        let next = Self.run(&queue, to: Self.second / 100).first
        #expect(next?.announcement.address == Self.late)
        #expect(next?.announcement.linkLayerAddress == Self.node)
    }

    @Test("A node that leaves home at the moment when homes are restored goes before those that wait")
    func restored() {
        var queue = Queue()
        for number in 0..<500 { queue.set(Self.announcement(Self.home(number)), times: 3, rank: .backlog, now: 0) }
        let before = Self.run(&queue, to: 0)
        #expect(before.count == 50)
        queue.set(Self.announcement(Self.late), times: 3, now: 0)
        #expect(Self.run(&queue, to: 0).map(\.announcement.address) == [Self.late])
        #expect(Set(Self.run(&queue).map(\.announcement.address)).count == 501)
    }

    // MARK: - Changes

    @Test("The latest announcement of an address replaces those before it, and a cancelled one is not sent")
    func replaced() {
        var queue = Self.queue(of: 2000)
        queue.set(Self.announcement(Self.home(1500), at: Self.node), times: 2, rank: .returned, now: 0)
        queue.cancel(Self.home(1600))
        let sent = Self.run(&queue)
        let changed = sent.filter { $0.announcement.address == Self.home(1500) }
        #expect(changed.map(\.announcement.linkLayerAddress) == [Self.node, Self.node])
        #expect(!sent.contains { $0.announcement.address == Self.home(1600) })
        #expect(queue.turnCount == 0)
    }

    @Test("A node that comes and goes while others wait takes no more room than one that does not")
    func bounded() {
        var queue = Self.queue(of: 2000)
        for round in 0..<50_000 {
            queue.set(Self.announcement(Self.late), times: 3, rank: round.isMultiple(of: 2) ? .returned : .departed, now: 0)
            if round.isMultiple(of: 3) { queue.cancel(Self.late) }
        }
        #expect(queue.count == 2001)
        // 1,000 each for those that return and leave, and twice the number that waits, with a little more, for the others.
        #expect(queue.turnCount <= 2000 + 2 * 2001 + 1024)
    }

    @Test("Announcements on a link that is gone are dropped, those on other links stay")
    func gone() {
        let other = Link()
        var queue = Self.queue(of: 300, on: other)
        queue.set(Self.announcement(Self.late), times: 1, now: 0)
        // This one has moved from the lost link to another.
        queue.set(Self.announcement(Self.home(299)), times: 1, now: 0)
        queue.forget(other)
        #expect(Self.run(&queue).map(\.announcement.address) == [Self.late, Self.home(299)])
        #expect(queue.count == 0)
    }
}
