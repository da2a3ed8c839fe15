import AgentModel
import Foundation
import ManagementCore
import Testing

@Suite("The kinds of notifications")
struct NotificationKindTests {
    @Test("The first twelve kinds keep their words and order")
    func words() {
        #expect(
            NotificationKind.allCases.prefix(12).map(\.rawValue) == [
                "registered", "careOfAddressChanged", "deregistered", "expired", "revoked", "registrationDenied",
                "capacityRising", "capacityFalling", "agentUnreachable", "agentReachable", "authFailure", "authFailure2",
            ])
    }

    @Test(
        "Each kind is encoded as its word; an event without notifications is not a kind",
        arguments: NotificationKind.allCases)
    func coding(kind: NotificationKind) throws {
        #expect(NotificationKind(rawValue: kind.rawValue) == kind)
        let data = try JSONEncoder().encode([kind])
        #expect(String(decoding: data, as: UTF8.self) == "[\"\(kind.rawValue)\"]")
        #expect(try JSONDecoder().decode([NotificationKind].self, from: data) == [kind])
        #expect(NotificationKind(rawValue: AgentEventKind.disabled.rawValue) == nil)
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([NotificationKind].self, from: Data(#"["enabled"]"#.utf8))
        }
    }

    @Test("All kinds but authFailure are enabled by default")
    func enabled() {
        let rest = NotificationKind.allCases.filter { !NotificationSettings().enabled.contains($0) }
        #expect(rest == [.authFailure])
    }

    @Test("Notifications about nodes and offenders are limited, those about agents are not")
    func limits() {
        let free = NotificationKind.allCases.filter { !$0.descriptor.isLimited }
        let observed: [NotificationKind] = [.capacityRising, .capacityFalling, .agentUnreachable, .agentReachable]
        let events: [AgentEventKind] = [
            .clockStepped, .stateNotSaved, .stateSaved, .drainStarted, .drainCompleted, .drainEnded,
        ]
        #expect(free == observed + events.map(NotificationKind.event))
    }
}
