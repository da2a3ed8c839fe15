import Testing

@testable import SNMPAgent

@Suite("The limit on libnetsnmp's log lines")
struct LibraryLogLimiterTests {
    private let second: Int64 = 1_000_000_000

    @Test("Some lines pass in each interval, the others are counted with the next one that passes")
    func limit() {
        var limiter = LibraryLogLimiter()
        let first = (0..<100).map { limiter.passes(at: Int64($0)) }
        #expect(first == Array(repeating: 0, count: 5) + Array(repeating: nil, count: 95))
        #expect(limiter.passes(at: 9 * second) == nil)
        #expect(limiter.passes(at: 10 * second) == 96)
        #expect(limiter.passes(at: 10 * second + 1) == 0)
    }
}
