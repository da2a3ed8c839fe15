import AgentModel
import Foundation
import HTTPTypes
import HummingbirdTesting
import MIPTesting
import ManagementAPI
import ManagementCore
import NIOConcurrencyHelpers
import Testing

/// Notification settings in memory; saving them can be made to fail.
private final class MemorySettings: NotificationControl {
    struct Full: Error, CustomStringConvertible { let description = "the file cannot be written: no space left on device" }

    let state = NIOLockedValueBox(NotificationState(sent: [.event(.registered): 7], alarms: [.bindings]))
    let isFull: Bool
    let sendsNotifications = true

    init(isFull: Bool = false) { self.isFull = isFull }

    func notifications(of agent: String) -> NotificationState? { agent == "one" ? state.withLockedValue { $0 } : nil }

    func setNotifications(_ settings: NotificationSettings, of agent: String) throws {
        if isFull { throw Full() }
        state.withLockedValue { $0.settings = settings }
    }
}

@Suite("Notification settings through the API")
struct NotificationControlTests {
    private static let path = "/v1/notifications/one"

    @Test("Settings and counts can be read; a change affects only the members it names")
    func change() async throws {
        let kept = MemorySettings()
        try await Served([[]]).test(notifications: kept) { client in
            let row = try await client.object(Self.path)
            #expect(row["maximumRate"] as? Int == 600)
            #expect((row["sent"] as? [String: Int])?["registered"] == 7)
            #expect((row["sent"] as? [String: Int])?["expired"] == 0)
            #expect(row["alarms"] as? [String] == ["bindings"])
            #expect((row["thresholds"] as? [String: [String: Int]])?["tunnels"] == ["rising": 90, "falling": 80])
            let changes = ChangeClient(client: client.client)
            let body = #"{"enabled": ["expired", "registered"], "thresholds": {"bindings": {"rising": 99}}, "historyLimit": 5}"#
            let tag = try await changes.tag(Self.path)
            #expect(try await changes.send(.patch, Self.path + "?validate=true", body, [.ifMatch: tag]).status == .noContent)
            #expect(kept.state.withLockedValue { $0.settings } == NotificationSettings())
            #expect(try await changes.send(.patch, Self.path, body, [.ifMatch: tag]).status == .noContent)
            let settings = kept.state.withLockedValue { $0.settings }
            #expect(settings.enabled == [.event(.registered), .event(.expired)])
            #expect(settings.threshold(.bindings) == CapacityThreshold(rising: 99, falling: 80))
            #expect(settings.historyLimit == 5)
            #expect(settings.maximumRate == 600)
            #expect(try await changes.send(.patch, Self.path, body, [.ifMatch: tag]).status == .preconditionFailed)
        }
    }

    @Test(
        "Invalid settings are refused",
        arguments: [
            (#"{"enabled": ["registered", "registered"]}"#, 422, "each at most once"),
            (#"{"enabled": ["all"]}"#, 422, "expected an array"),
            (#"{"nodeInterval": 3601}"#, 422, "a whole number from 0 to 3600"),
            (#"{"thresholds": {"bindings": {"rising": 10, "falling": 20}}}"#, 409, "at or above the falling one"),
            (#"{"thresholds": {"binding": {}}}"#, 422, "unknown member 'thresholds.binding'"),
            (#"{"thresholds": {"bindings": {"rising": 101}}}"#, 422, "'thresholds.bindings.rising': 101 is invalid; expected"),
        ])
    func refused(body: String, status: Int, detail: String) async throws {
        let kept = MemorySettings()
        try await Served([[]]).test(notifications: kept) { client in
            let answer = try await ChangeClient(client: client.client).send(.patch, Self.path, body)
            #expect(answer.status.code == status)
            #expect(try (answer.object()["detail"] as? String)?.contains(detail) == true)
            #expect(kept.state.withLockedValue { $0.settings } == NotificationSettings())
        }
    }

    @Test("A change that cannot be saved is refused and not applied; without SNMP there is nothing to change")
    func unsaved() async throws {
        try await Served([[]]).test(notifications: MemorySettings(isFull: true)) { client in
            let answer = try await ChangeClient(client: client.client).send(.patch, Self.path, #"{"maximumRate": 1}"#)
            #expect(answer.status == .serviceUnavailable)
            #expect(try (answer.object()["detail"] as? String)?.contains("no space left") == true)
            #expect(try await client.list("/v1/events?kind=changed").isEmpty)
        }
        try await Served([[]]).test { client in
            #expect(try await client.list("/v1/notifications").isEmpty)
            let answer = try await ChangeClient(client: client.client).send(.patch, Self.path, #"{"maximumRate": 1}"#)
            #expect(answer.status == .notFound)
        }
    }
}
