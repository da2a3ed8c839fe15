import ManagementCore
import Testing

@testable import SNMPAgent

@Suite("The lines about the connection to the master")
struct ConnectionLogTests {
    @Test("A change is reported at once, and the same state only once")
    func changes() {
        var log = ConnectionLog()
        let now = ContinuousClock.now
        let states: [SNMPAgentStatus.Connection] = [.disconnected, .serving, .serving, .refused, .disconnected]
        let decisions = states.map { log.shouldReport($0, at: now) }
        #expect(decisions == [false, true, false, true, true])
    }

    @Test("Of a connection that changes every second, 20 changes in ten minutes are reported, and then its state")
    func flapping() {
        var log = ConnectionLog()
        let start = ContinuousClock.now
        let reported = (0..<600).count {
            log.shouldReport($0.isMultiple(of: 2) ? .serving : .disconnected, at: start + .seconds($0))
        }
        #expect(reported == 20)
        // The last report was that it is disconnected.
        let later = [599, 600, 601].map { log.shouldReport(.serving, at: start + .seconds($0)) }
        #expect(later == [false, true, false])
    }
}
