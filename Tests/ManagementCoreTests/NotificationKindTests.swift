import AgentModel
import Foundation
import ManagementCore
import Testing

@Suite("The kinds of notifications")
struct NotificationKindTests {
    @Test("The first twelve keep their words and places")
    func words() {
        #expect(
            NotificationKind.allCases.prefix(12).map(\.rawValue) == [
                "registered", "careOfAddressChanged", "deregistered", "expired", "revoked", "registrationDenied",
                "capacityRising", "capacityFalling", "agentUnreachable", "agentReachable", "authFailure", "authFailure2",
            ])
    }

    @Test(
        "Each is read and written as its word; a word of an event that is not notified is none",
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

    @Test("All but authFailure are sent before anybody has chosen")
    func enabled() {
        let rest = NotificationKind.allCases.filter { !NotificationSettings().enabled.contains($0) }
        #expect(rest == [.authFailure])
    }

    @Test("What nodes and offenders cause is limited, what the daemon sees is not")
    func limits() {
        let free = NotificationKind.allCases.filter { !$0.descriptor.isLimited }
        #expect(free == [.capacityRising, .capacityFalling, .agentUnreachable, .agentReachable])
    }
}
