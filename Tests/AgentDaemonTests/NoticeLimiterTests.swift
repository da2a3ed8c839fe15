import MobileIPv4
import Testing

@testable import AgentDaemon

@Suite("How many visitors are informed of revocations")
struct NoticeLimiterTests {
    private static let second: Int64 = 1_000_000_000

    private static func visitor(_ number: UInt32) -> IPv4Address { IPv4Address(rawValue: 0x0A01_0000 + number) }

    @Test("A visitor is informed at most once a second")
    func visitor() {
        var limiter = NoticeLimiter()
        let admitted = [0, 0.5, 0.999, 1, 1.5, 2].map { limiter.admits(Self.visitor(1), at: Int64($0 * 1e9)) }
        #expect(admitted == [true, false, false, true, false, true])
    }

    @Test("At most 100 visitors are informed within any second")
    func all() {
        var limiter = NoticeLimiter()
        var admitted: [Int64] = []
        for number in 0..<1000 as Range<UInt32> {
            let time = Int64(number) * Self.second / 250
            if limiter.admits(Self.visitor(number), at: time) { admitted.append(time) }
        }
        for time in admitted { #expect(admitted.count { $0 > time - Self.second && $0 <= time } <= NoticeLimiter.perSecond) }
        #expect(admitted.count == 400)
    }

    @Test("The first refusal after a second without any is worth a line in the log")
    func refusals() {
        var limiter = NoticeLimiter()
        let logged = [5, 5.2, 5.9, 6.8, 8, 8.1].map { limiter.noteRefusal(at: Int64($0 * 1e9)) }
        #expect(logged == [true, false, false, false, true, false])
    }
}
