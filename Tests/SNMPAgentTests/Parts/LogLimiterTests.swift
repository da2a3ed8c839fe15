import Testing

@testable import SNMPAgent

@Suite("The log of libnetsnmp")
struct LogLimiterTests {
    @Test("Of a flood of lines, 20 in each 10 seconds are passed on, and the number of the others is known afterwards")
    func flood() {
        var limiter = LogLimiter()
        let start = ContinuousClock.now
        let admitted = (0..<5000).count { limiter.admit(at: start + .milliseconds($0)).isAdmitted }
        #expect(admitted == 20)
        let after = limiter.admit(at: start + .seconds(11))
        #expect(after.isAdmitted && after.suppressed == 4980)
        #expect(limiter.admit(at: start + .seconds(22)).suppressed == 0)
    }
}
