import AgentModel
import Foundation
import MIPTesting
import ManagementCore
import Testing

@testable import SNMPAgent

@Suite("Persistent state of the management daemon")
struct PersistentStateTests {
    @Test("Written settings are restored; the configuration applies where nothing was written")
    func settings() throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("deep/state.json")
        let configured = NotificationSettings(nodeInterval: 10, maximumRate: 600)
        var written = configured
        written.enabled = [.event(.expired), .authFailure]
        written.nodeInterval = 0
        written.thresholds[.bindings] = CapacityThreshold(rising: 50, falling: 40)
        try StateStore(path: path).keep(written, of: "home", configured: configured)
        let store = StateStore(path: path)
        #expect(store.settings(of: "home", configured: configured) == written)
        #expect(store.settings(of: "foreign", configured: configured) == configured)
        var other = configured
        other.maximumRate = 5
        #expect(store.settings(of: "home", configured: other).maximumRate == 5)
        var status = stat()
        #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o600)
    }

    @Test("The engine keeps its identifier and counts its starts; a configured identifier starts the count again")
    func engine() throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("state.json")
        var configuration = StandaloneConfiguration(listen: [], users: [SNMPUser(name: "op")])
        let first = try StateStore(path: path).startEngine(configuration)
        #expect(first.boots == 0 && first.id.count == 17 && first.id.prefix(5) == [0x80, 0, 0x1F, 0x88, 5])
        let second = try StateStore(path: path).startEngine(configuration)
        #expect(second.boots == 1 && second.id == first.id)
        configuration.engineID = [0x80, 0, 0x1F, 0x88, 5, 1, 2, 3]
        let third = try StateStore(path: path).startEngine(configuration)
        #expect(third.boots == 0 && third.id == configuration.engineID)
        #expect(try StateStore(path: path).startEngine(configuration).boots == 1)
    }

    @Test("A file that the daemon did not write is not used, and values out of range are ignored")
    func garbage() throws {
        let directory = try TemporaryDirectory()
        let configured = NotificationSettings()
        let broken = try directory.write("{\"agents\": 7", to: "broken.json")
        let unread = StateStore(path: broken)
        #expect(unread.readFailure != nil)
        #expect(unread.settings(of: "home", configured: configured) == configured)
        let wrong = try directory.write(
            #"{"engineBoots": 1, "agents": {"home": {"nodeInterval": 99999, "enabled": {"nonsense": true, "expired": false}}}}"#,
            to: "wrong.json")
        let settings = StateStore(path: wrong).settings(of: "home", configured: configured)
        #expect(settings.nodeInterval == configured.nodeInterval)
        #expect(settings.enabled == configured.enabled.subtracting([.event(.expired)]))
    }
}
