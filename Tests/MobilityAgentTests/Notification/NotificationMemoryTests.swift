import AgentModel
import MobileIPv4
import Testing

@testable import MobilityAgent

@Suite("What is remembered of notifications")
struct NotificationMemoryTests {
    /// Seconds after the time at which tests begin.
    private static func moment(_ seconds: Int64) -> Moment {
        Moment(uptime: seconds * 1_000_000_000, wallClock: (Lab.start + seconds) * 1_000_000_000)
    }

    private static func stamp(_ seconds: Int64) -> Identification {
        Identification(unixNanoseconds: (Lab.start + seconds) * 1_000_000_000)
    }

    private static func peer(_ number: UInt32) -> NotificationPeer {
        NotificationPeer(ownRole: .homeAgent, role: .mobileNode, address: IPv4Address(rawValue: 0xC633_0000 + number))
    }

    private static let newcomer = peer(0x8000)

    /// A memory that is full, as of 10,000 seconds.
    ///
    /// - Parameter ahead: By how many seconds the first sender was ahead of the clock with its last notification.
    private static func full(ahead: Int64 = 0) -> NotificationMemory {
        var memory = NotificationMemory(start: stamp(0))
        memory.accept(stamp(9_999), from: peer(0), exchange: 0, epoch: 0, at: moment(9_999))
        for number in 0..<UInt32(NotificationMemory.limit) {
            let stamp = stamp(10_000 + (number == 0 ? ahead : 0))
            memory.accept(stamp, from: peer(number), exchange: number, epoch: 0, at: moment(10_000))
        }
        return memory
    }

    @Test("What a forgotten sender has used up is refused from anyone who is not remembered")
    func forgotten() {
        var memory = Self.full()
        memory.accept(Self.stamp(10_001), from: Self.newcomer, exchange: 1, epoch: 0, at: Self.moment(10_001))
        #expect(memory.count == NotificationMemory.limit)
        #expect(!memory.permits(Self.stamp(10_000), from: Self.peer(0), epoch: 0))
        #expect(memory.permits(Self.stamp(10_002), from: Self.peer(0), epoch: 0))
    }

    @Test("A sender ahead of the clock does not keep others from being accepted, and is not forgotten before others")
    func ahead() {
        var memory = Self.full(ahead: 50_000)
        memory.accept(Self.stamp(10_001), from: Self.newcomer, exchange: 1, epoch: 0, at: Self.moment(10_001))
        #expect(memory.permits(Self.stamp(10_002), from: Self.peer(0x9000), epoch: 0))
        #expect(!memory.permits(Self.stamp(60_000), from: Self.peer(0), epoch: 0))
    }

    @Test("Ranges that are apart because the clock was set between them remain apart, and their number is bounded")
    func ranges() {
        var forgotten = ForgottenIdentifications()
        let day: Int64 = 86_400
        for number in 0..<5 as Range<Int64> {
            forgotten.add(IdentificationRange(from: Self.stamp(number * day), to: Self.stamp(number * day + 100)))
            forgotten.add(IdentificationRange(from: Self.stamp(number * day + 200), to: Self.stamp(number * day + 300)))
        }
        #expect(forgotten.ranges.count == 5)
        #expect(forgotten.contains(Self.stamp(day + 150)) && !forgotten.contains(Self.stamp(day + 1000)))
        for number in 5..<20 as Range<Int64> {
            forgotten.add(IdentificationRange(Self.stamp(number * day * number)))
        }
        #expect(forgotten.ranges.count == ForgottenIdentifications.limit)
        #expect(forgotten.contains(Self.stamp(50)) && forgotten.contains(Self.stamp(19 * 19 * day)))
    }

    /// By how many seconds the clock is set, and whether a timestamp of 10 seconds before the start by the old clock is accepted then.
    private static let steps: [(Int64, Bool)] = [(-600, false), (-3600, false), (-7200, true), (600, false)]

    @Test("After the clock was set back a little, what an earlier start may have accepted is refused", arguments: steps)
    func start(seconds: Int64, isPermitted: Bool) {
        var memory = NotificationMemory(start: Self.stamp(0))
        memory.accept(Self.stamp(1), from: Self.peer(0), exchange: 1, epoch: 0, at: Self.moment(1))
        memory.follow(start: Self.stamp(seconds))
        // A sender that this start has heard may have been heard by an earlier one too.
        for sender in [Self.newcomer, Self.peer(0)] {
            #expect(memory.permits(Self.stamp(-10), from: sender, epoch: 1) == isPermitted)
            #expect(memory.permits(Self.stamp(601), from: sender, epoch: 1))
        }
    }

    @Test("A clock that is set back in many small steps does not lock senders out for longer than the longest step")
    func manySteps() {
        var memory = NotificationMemory(start: Self.stamp(0))
        for step in 1...10 as ClosedRange<Int64> { memory.follow(start: Self.stamp(step * -1000)) }
        #expect(memory.permits(Self.stamp(-3000), from: Self.newcomer, epoch: 10))
    }

    @Test("A peer whose clock has been right meanwhile is remembered as long as any other when it is wrong again")
    func offsets() {
        var clock = NotificationClock()
        let now = Self.moment(0)
        func isFollowed(_ peer: NotificationPeer) -> Bool {
            var copy = clock
            return copy.stamp(for: peer, at: now).seconds(since: Self.stamp(0)) > 1000
        }
        let wrong = Self.stamp(5000).high
        clock.follow(Self.peer(0), wrong, at: now)
        clock.follow(Self.peer(0), Self.stamp(0).high, at: now)
        #expect(!isFollowed(Self.peer(0)))
        for number in 1..<UInt32(NotificationClock.peerLimit) { clock.follow(Self.peer(number), wrong, at: now) }
        clock.follow(Self.peer(0), wrong, at: now)
        #expect(isFollowed(Self.peer(0)) && isFollowed(Self.peer(1)))
        clock.follow(Self.peer(0x9000), wrong, at: now)
        #expect(isFollowed(Self.peer(0)) && !isFollowed(Self.peer(1)))
    }
}
