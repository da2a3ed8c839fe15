import MIPMIB
import MIPTesting
import ManagementCore
import Testing

@testable import SNMPAgent

@Suite("The notifications and the MIB texts")
struct NotificationTextTests {
    @Test("Every notification of the texts is sent under its OID with its objects in their order, and no other is")
    func notifications() async throws {
        let text = try await MIBText.read(MIBModule.allCases.map(\.rawValue))
        let written = Dictionary(uniqueKeysWithValues: text.notifications.values.map { ($0.oid, $0.objects) })
        let sent = Dictionary(
            uniqueKeysWithValues: NotificationKind.allCases.map {
                let node = NotificationContent.node(of: $0).text
                return (node.oid.map(String.init).joined(separator: "."), node.related.map(\.name))
            })
        #expect(written.count >= 12)
        #expect(sent == written)
    }
}
