import AgentModel
import MIPMIB
import MIPTesting
import ManagementCore
import Testing

@testable import SNMPAgent

@Suite("The notifications and the MIB texts")
struct NotificationTextTests {
    @Test("Every notification of the texts, and no other, is sent with its OID and its objects in order")
    func notifications() async throws {
        let text = try await MIBText.read(MIBModule.allCases.map(\.rawValue))
        let written = Dictionary(uniqueKeysWithValues: text.notifications.values.map { ($0.oid, $0.objects) })
        let sent = Dictionary(
            uniqueKeysWithValues: try NotificationKind.allCases.map {
                let node = try #require(MIBNode(named: $0.name)).text
                return (node.oid.map(String.init).joined(separator: "."), node.related.map(\.name))
            })
        #expect(written.count >= 12)
        #expect(sent == written)
    }

    @Test("A kind of event causes notifications exactly if the text has a notification with its name")
    func events() async throws {
        let text = try await MIBText.read(MIBModule.allCases.map(\.rawValue))
        for kind in AgentEventKind.allCases {
            let name = NotificationKind.event(kind).name
            #expect(kind.descriptor.isNotified == (text.notifications[name] != nil), "\(name)")
        }
    }

    @Test("Kinds are the labels of MipNotifyKind in numerical order, and name the notifications with these numbers")
    func numbers() async throws {
        let text = try await MIBText.read(MIBModule.allCases.map(\.rawValue))
        let labels = try #require(text.objects["mipExtNotifyKind"]).names.sorted { $0.key < $1.key }
        #expect(labels.map(\.key) == Array(1...labels.count))
        #expect(labels.map(\.value) == NotificationKind.allCases.map(\.rawValue))
        #expect(Set(NotificationKind.allCases.map(\.name)) == Set(text.notifications.keys))
        for kind in NotificationKind.allCases where kind.name.hasPrefix("mipExt") {
            let oid = try #require(text.notifications[kind.name]).oid
            #expect(oid.hasSuffix(".0.\(kind.number)"), "\(kind.name)")
        }
    }
}
