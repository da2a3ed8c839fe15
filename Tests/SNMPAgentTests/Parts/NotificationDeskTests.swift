import AgentModel
import Testing

@testable import ManagementCore
@testable import SNMPAgent

@Suite("Notifications that are not sent are counted by cause")
struct NotificationDeskTests {
    private static let kind = NotificationKind.event(.registered)
    private let snapshot = AgentState(name: "home")

    private func desk(_ settings: NotificationSettings) -> NotificationDesk {
        NotificationDesk(agent: 0, settings: settings, outbox: NotificationOutbox {})
    }

    private func post(_ desk: NotificationDesk, _ node: String) {
        desk.post(Self.kind, of: snapshot, content: .reachability, node: node, at: 0)
    }

    @Test("One about the same node within the interval")
    func interval() {
        let desk = desk(NotificationSettings(nodeInterval: 10, maximumRate: 0))
        for _ in 0..<3 { post(desk, "a") }
        post(desk, "b")
        #expect(desk.state.suppressed == [Self.kind: SuppressionCounts([.nodeInterval: 2])])
    }

    @Test("One beyond the maximum rate")
    func rate() {
        let desk = desk(NotificationSettings(nodeInterval: 0, maximumRate: 2))
        for node in ["a", "b", "c"] { post(desk, node) }
        #expect(desk.state.suppressed == [Self.kind: SuppressionCounts([.maximumRate: 1])])
    }

    @Test("One for which the queue has no room, and one that was not made in time")
    func queue() {
        let desk = desk(NotificationSettings(nodeInterval: 0, maximumRate: 0))
        for number in 0..<(NotificationOutbox.capacity + 2) { post(desk, "\(number)") }
        desk.countHeldBack(Self.kind)
        #expect(desk.state.suppressed == [Self.kind: SuppressionCounts([.queue: 3])])
        #expect(desk.state.suppressed[Self.kind]?.total == 3)
    }

    @Test("One that is not enabled is not counted")
    func disabled() {
        let desk = desk(NotificationSettings(enabled: []))
        post(desk, "a")
        desk.countHeldBack(Self.kind)
        #expect(desk.state.suppressed.isEmpty)
    }
}
