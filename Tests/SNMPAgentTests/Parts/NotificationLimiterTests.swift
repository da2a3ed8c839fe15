import AgentModel
import MIPMIB
import MobileIPv4
import Testing

@testable import ManagementCore
@testable import SNMPAgent

@Suite("Limits of notifications, and watching agents")
struct NotificationLimiterTests {
    static func subject(_ node: String, _ kind: NotificationKind = .event(.registered)) -> NotificationLimiter.Subject {
        NotificationLimiter.Subject(kind: kind, role: .homeAgent, node: node)
    }

    @Test("One kind about one node is sent once per interval; other nodes and other kinds are not affected")
    func interval() {
        var limiter = NotificationLimiter()
        let settings = NotificationSettings(nodeInterval: 10, maximumRate: 0)
        #expect(limiter.suppresses(Self.subject("a"), at: 1000, settings: settings) == nil)
        #expect(limiter.suppresses(Self.subject("a"), at: 10_999, settings: settings) == .nodeInterval)
        #expect(limiter.suppresses(Self.subject("b"), at: 10_999, settings: settings) == nil)
        #expect(limiter.suppresses(Self.subject("a", .event(.expired)), at: 10_999, settings: settings) == nil)
        #expect(limiter.suppresses(Self.subject("a"), at: 11_000, settings: settings) == nil)
    }

    @Test("No minute has more notifications than the rate, wherever it begins", arguments: [1, 7, 600])
    func rate(limit: UInt32) {
        var limiter = NotificationLimiter()
        let settings = NotificationSettings(nodeInterval: 0, maximumRate: limit)
        var times: [Int64] = []
        for time in stride(from: Int64(0), to: 300_000, by: 37) {
            switch limiter.suppresses(Self.subject("a"), at: time, settings: settings) {
            case nil: times.append(time)
            case let cause: #expect(cause == .maximumRate)
            }
        }
        #expect(times.count >= Int(limit) * 4)
        for (index, time) in times.enumerated() {
            #expect(times[index...].prefix { $0 < time + 60_000 }.count <= Int(limit))
        }
    }

    @Test("Capacity and reachability alarms are never suppressed")
    func unlimited() {
        var limiter = NotificationLimiter()
        let settings = NotificationSettings(nodeInterval: 3600, maximumRate: 1)
        for kind in [NotificationKind.capacityRising, .capacityFalling, .agentUnreachable, .agentReachable] {
            for _ in 0..<5 { #expect(limiter.suppresses(Self.subject("", kind), at: 0, settings: settings) == nil) }
        }
    }

    @Test("Invented names do not fill the memory, and recent ones are still known")
    func bounded() {
        var limiter = NotificationLimiter()
        let settings = NotificationSettings(nodeInterval: 3600, maximumRate: 0)
        for number in 0..<(3 * NotificationLimiter.generation) {
            #expect(limiter.suppresses(Self.subject("\(number)"), at: Int64(number), settings: settings) == nil)
        }
        let last = 3 * NotificationLimiter.generation - 1
        #expect(limiter.suppresses(Self.subject("\(last)"), at: Int64(last), settings: settings) == .nodeInterval)
        let earlier = Self.subject("\(last - NotificationLimiter.generation + 1)")
        #expect(limiter.suppresses(earlier, at: Int64(last), settings: settings) == .nodeInterval)
        #expect(limiter.suppresses(Self.subject("0"), at: Int64(last), settings: settings) == nil)
    }

    @Test("An alarm rises once and falls once, and never without a threshold or maximum")
    func capacity() {
        var watch = CapacityWatch()
        let usual = CapacityThreshold()
        var changes: [Bool?] = []
        for inUse in [0, 89, 90, 100, 85, 81, 80, 79, 95] {
            changes.append(watch.observe(.bindings, inUse: inUse, maximum: 100, threshold: usual)?.isRising)
        }
        #expect(changes == [nil, nil, true, nil, nil, nil, false, nil, true])
        var none = CapacityWatch()
        #expect(none.observe(.bindings, inUse: 100, maximum: 100, threshold: CapacityThreshold(rising: 0, falling: 0)) == nil)
        #expect(none.observe(.bindings, inUse: 5, maximum: 0, threshold: usual) == nil)
    }

    static func health(_ connection: AgentHealth.Connection, _ connections: UInt64) -> AgentHealth {
        AgentHealth(
            connection: connection, lastError: nil, connections: connections, discontinuity: nil, restarts: 0)
    }

    @Test("An agent is lost once and found once; one that was never reachable is neither")
    func reachability() {
        var watch = ReachabilityWatch()
        #expect(watch.observe(Self.health(.connecting, 0)) == [])
        #expect(watch.observe(Self.health(.synchronized, 1)) == [])
        #expect(watch.observe(Self.health(.stale, 1)) == [.agentUnreachable])
        #expect(watch.observe(Self.health(.down, 1)) == [])
        #expect(watch.observe(Self.health(.synchronized, 2)) == [.agentReachable])
        // Lost and reconnected between two observations.
        #expect(watch.observe(Self.health(.synchronized, 3)) == [.agentReachable])
        #expect(watch.observe(Self.health(.synchronized, 3)) == [])
        // Lost before the first observation.
        var late = ReachabilityWatch()
        #expect(late.observe(Self.health(.stale, 1)) == [.agentUnreachable])
    }
}
