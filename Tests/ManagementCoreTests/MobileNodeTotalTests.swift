import AgentModel
import MIPTesting
import MobileIPv4
import Testing

@testable import ManagementCore

@Suite("Totals of an identity with several home addresses")
struct MobileNodeTotalTests {
    private static let alice = NetworkAccessIdentifier("alice@example.net")
    private static let identity = EntityIdentity(nai: alice, address: .zero)

    /// - Parameter since: seconds after the start of the samples.
    private static func row(_ number: Int, accepted: UInt64, serviceTime: UInt64 = 0, since: Int64? = nil) -> MobileNodeService {
        var row = Samples.mobileNode(number)
        (row.nai, row.accepted, row.serviceTime) = (alice, accepted, serviceTime)
        row.servingSince = since.map(time)
        return row
    }

    private static func time(_ seconds: Int64) -> Timestamp { Samples.start.adding(milliseconds: seconds * 1000) }

    private static func state(_ changes: [StateChange], at seconds: Int64 = 0) -> AgentState {
        AgentState(name: "a", changes: [.information(Samples.information())] + changes, agentTime: time(seconds))
    }

    private static func total(_ state: AgentState) throws -> MobileNodeTotal {
        try #require(state.identities.total(of: identity))
    }

    @Test("Only an identity that has had several home addresses has a total of its own")
    func single() {
        let first = Self.row(1, accepted: 3)
        #expect(Self.state([.mobileNode(first)]).identities.total(of: Self.identity) == nil)
        #expect(Self.state([.mobileNode(first), .mobileNode(first)]).identities.total(of: Self.identity) == nil)
        let both: [StateChange] = [.mobileNode(first), .mobileNode(Self.row(2, accepted: 4))]
        #expect(Self.state(both).identities.total(of: Self.identity)?.accepted == 7)
        let none = Self.state(both + [1, 2].map { .mobileNodeRemoved(Samples.mobileNode($0).key) })
        #expect(none.identities.total(of: Self.identity) == nil)
        #expect(none.identities.mobileNodes.isEmpty)
    }

    @Test("Counts follow each change of a row, and do not go back when a row is dropped or begins anew")
    func counts() throws {
        var changes: [StateChange] = [.mobileNode(Self.row(1, accepted: 3)), .mobileNode(Self.row(2, accepted: 4))]
        changes.append(.mobileNode(Self.row(1, accepted: 10)))
        #expect(try Self.total(Self.state(changes)).accepted == 14)
        changes.append(.mobileNodeRemoved(Samples.mobileNode(1).key))
        #expect(try Self.total(Self.state(changes)).accepted == 14)
        changes.append(.mobileNode(Self.row(2, accepted: 1)))
        #expect(try Self.total(Self.state(changes)).accepted == 15)
        changes.append(.mobileNode(Self.row(3, accepted: 5)))
        #expect(try Self.total(Self.state(changes)).accepted == 20)
    }

    @Test("Service is added up, and lasts without interruption while any of the home addresses is served")
    func service() throws {
        var changes: [StateChange] = [
            .mobileNode(Self.row(1, accepted: 1, serviceTime: 100, since: 0)), .mobileNode(Self.row(2, accepted: 1, since: 20)),
        ]
        var total = try Self.total(Self.state(changes))
        #expect(total.servingSince == Self.time(0))
        #expect(total.serviceTime(at: Self.time(30)) == 100 + 30 + 10)
        // The first service ends while the second goes on.
        changes.append(.mobileNode(Self.row(1, accepted: 1, serviceTime: 140)))
        total = try Self.total(Self.state(changes))
        #expect(total.servingSince == Self.time(0))
        #expect(total.serviceTime(at: Self.time(50)) == 140 + 30)
        changes.append(.mobileNode(Self.row(2, accepted: 1, serviceTime: 40)))
        total = try Self.total(Self.state(changes))
        #expect(total.servingSince == nil)
        #expect(total.serviceTime(at: Self.time(90)) == 180)
        changes.append(.mobileNode(Self.row(2, accepted: 2, serviceTime: 40, since: 95)))
        #expect(try Self.total(Self.state(changes)).servingSince == Self.time(95))
    }

    @Test("A row dropped while it is served leaves its service in the total")
    func droppedService() throws {
        let rows: [StateChange] = [.mobileNode(Self.row(1, accepted: 1, since: 0)), .mobileNode(Self.row(2, accepted: 1))]
        let state = Self.state(rows + [.mobileNodeRemoved(Samples.mobileNode(1).key)], at: 60)
        #expect(try Self.total(state).serviceTime(at: Self.time(300)) == 60)
    }

    @Test("The latest of the times, and the code of the latest denial, whichever row has them")
    func times() throws {
        var (first, second) = (Self.row(1, accepted: 1), Self.row(2, accepted: 1))
        (first.recentAccepted, first.recentDenied, first.recentDeniedCode) = (Self.time(5), Self.time(9), 131)
        (second.recentAccepted, second.recentDenied, second.recentDeniedCode) = (Self.time(7), Self.time(8), 133)
        for rows in [[first, second], [second, first]] {
            let total = try Self.total(Self.state(rows.map { .mobileNode($0) }))
            #expect(total.recentAccepted == Self.time(7))
            #expect(total.recentDenied == Self.time(9))
            #expect(total.recentDeniedCode == 131)
        }
    }

    @Test("After a lost connection totals do not go back, unless the agent has restarted", arguments: [true, false])
    func reconnection(isSameRun: Bool) throws {
        let before = Self.state(
            [1, 2, 3].map { .mobileNode(Self.row($0, accepted: 10)) } + [.mobileNodeRemoved(Samples.mobileNode(1).key)])
        // Meanwhile the row of the second address was dropped, and that of the third has changed.
        let start = isSameRun ? Samples.start : Self.time(100)
        var after = AgentState(
            name: "a", changes: [.information(Samples.information(start: start)), .mobileNode(Self.row(3, accepted: 12))],
            agentTime: Self.time(200))
        after.inherit(from: before, at: Self.time(200))
        #expect(after.identities.total(of: Self.identity)?.accepted == (isSameRun ? 32 : nil))
    }

    /// What the identity shows after a new connection to the same run of the agent, 200 seconds after the start of the samples.
    private static func total(
        _ before: [StateChange], then after: [StateChange], isWithdrawn: Bool
    ) -> MobileNodeTotal? {
        let shown = state(before, at: 50)
        var new = state(after, at: 200)
        new.inherit(from: isWithdrawn ? shown.withdrawn().withdrawn() : shown, at: time(200))
        return new.identities.total(of: identity)
    }

    @Test("A row that replaced another during a reconnection, even a long one, adds to it", arguments: [true, false])
    func replacedMeanwhile(isWithdrawn: Bool) {
        let total = Self.total(
            [.mobileNode(Self.row(1, accepted: 5, serviceTime: 7, since: 20))], then: [.mobileNode(Self.row(2, accepted: 1))],
            isWithdrawn: isWithdrawn)
        #expect(total?.accepted == 6)
        // What began at 20 is counted until now.
        #expect(total?.serviceTime(at: Self.time(300)) == 7 + 180)
    }

    @Test("A row that began anew during a reconnection adds to the earlier one of its address", arguments: [true, false])
    func anewMeanwhile(isWithdrawn: Bool) {
        let two: [StateChange] = [.mobileNode(Self.row(1, accepted: 5)), .mobileNode(Self.row(2, accepted: 10))]
        let after: [StateChange] = [.mobileNode(Self.row(1, accepted: 2)), .mobileNode(Self.row(2, accepted: 11))]
        #expect(Self.total(two, then: after, isWithdrawn: isWithdrawn)?.accepted == 5 + 2 + 11)
        #expect(Self.total([two[0]], then: [after[0]], isWithdrawn: isWithdrawn)?.accepted == 5 + 2)
        // Nothing has begun anew: the row says it all.
        #expect(Self.total([two[1]], then: [after[1]], isWithdrawn: isWithdrawn) == nil)
    }

    @Test("Totals outlast a connection that is lost for long", arguments: [true, false])
    func totalsOutlast(isWithdrawn: Bool) {
        let before: [StateChange] =
            [.mobileNode(Self.row(1, accepted: 5)), .mobileNode(Self.row(2, accepted: 10))]
            + [.mobileNodeRemoved(Samples.mobileNode(1).key)]
        let after: [StateChange] = [.mobileNode(Self.row(2, accepted: 12))]
        #expect(Self.total(before, then: after, isWithdrawn: isWithdrawn)?.accepted == 5 + 12)
    }

    @Test("Service is continuous over a reconnection if a home address was served all the time", arguments: [20, 60])
    func continuousService(since: Int64) {
        let before: [StateChange] = [
            .mobileNode(Self.row(1, accepted: 1, since: 0)), .mobileNode(Self.row(2, accepted: 1, since: 20)),
            .mobileNode(Self.row(1, accepted: 1, serviceTime: 30)),
        ]
        let after: [StateChange] = [
            .mobileNode(Self.row(1, accepted: 1, serviceTime: 30)), .mobileNode(Self.row(2, accepted: 2, since: since)),
        ]
        let total = Self.total(before, then: after, isWithdrawn: false)
        #expect(total?.servingSince == Self.time(since == 20 ? 0 : since))
    }

    @Test("A single row that begins anew adds to the earlier one")
    func anewAlone() throws {
        let changes: [StateChange] = [.mobileNode(Self.row(1, accepted: 5)), .mobileNode(Self.row(1, accepted: 1))]
        #expect(try Self.total(Self.state(changes)).accepted == 6)
    }

    @Test("A node whose identifier becomes known joins the total of that identifier")
    func learnt() throws {
        var nameless = Self.row(2, accepted: 4)
        nameless.nai = nil
        let changes: [StateChange] = [.mobileNode(Self.row(1, accepted: 3)), .mobileNode(nameless)]
        #expect(Self.state(changes).identities.total(of: Self.identity) == nil)
        #expect(try Self.total(Self.state(changes + [.mobileNode(Self.row(2, accepted: 5))])).accepted == 8)
    }
}
