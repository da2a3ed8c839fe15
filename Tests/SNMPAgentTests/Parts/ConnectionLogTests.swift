import ManagementCore
import Testing

@testable import SNMPAgent

@Suite("The lines about the connection to the master")
struct ConnectionLogTests {
    @Test("A change is reported at once, and the same state only once")
    func changes() {
        let now = ContinuousClock.now
        var log = ConnectionLog(start: now)
        let states: [SNMPAgentStatus.Connection] = [.disconnected, .serving, .serving, .refused, .disconnected]
        let decisions = states.map { log.shouldReport($0, at: now) }
        #expect(decisions == [false, true, false, true, true])
    }

    @Test("A master that is missing from the start is reported once, when it has had time to appear")
    func missing() {
        let start = ContinuousClock.now
        var log = ConnectionLog(start: start)
        let times = [Duration.zero, ConnectionLog.grace - .milliseconds(1), ConnectionLog.grace, .seconds(60), .seconds(6000)]
        #expect(times.map { log.shouldReport(.disconnected, at: start + $0) } == [false, false, true, false, false])
    }

    @Test("Of a connection that changes every second, 20 changes in ten minutes are reported, and then its state")
    func flapping() {
        let start = ContinuousClock.now
        var log = ConnectionLog(start: start)
        let reported = (0..<600).count {
            log.shouldReport($0.isMultiple(of: 2) ? .serving : .disconnected, at: start + .seconds($0))
        }
        #expect(reported == 20)
        // The last report was that it is disconnected.
        let later = [599, 600, 601].map { log.shouldReport(.serving, at: start + .seconds($0)) }
        #expect(later == [false, true, false])
    }
}
