import Foundation
import MIPTesting
import Testing

@testable import ManagementCore

@Suite("Notification settings of a daemon that sends none")
struct SilentNotificationsTests {
    @Test("The history limit is applied and saved, and other written settings are kept")
    func limit() throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("state.json")
        var written = NotificationSettings()
        written.nodeInterval = 0
        written.historyLimit = 7
        try StateStore(path: path).keep(written, of: "home", configured: NotificationSettings())
        let agent = ManagedAgent(name: "home", socketPath: directory.file("none.sock"))
        let silent = SilentNotifications(agents: [agent], stateFile: path)
        #expect(!silent.sendsNotifications)
        #expect(agent.state().history.limit == 7)
        #expect(silent.notifications(of: "home")?.settings == NotificationSettings(enabled: [], historyLimit: 7))
        #expect(silent.notifications(of: "other") == nil)

        try silent.setNotifications(NotificationSettings(enabled: [], historyLimit: 9), of: "home")
        #expect(agent.state().history.limit == 9)
        #expect(silent.notifications(of: "home")?.settings.historyLimit == 9)
        written.historyLimit = 9
        #expect(StateStore(path: path).settings(of: "home", configured: NotificationSettings()) == written)

        try silent.setNotifications(NotificationSettings(), of: "home")
        written.historyLimit = 1000
        #expect(StateStore(path: path).settings(of: "home", configured: NotificationSettings()) == written)
    }

    @Test("An unreadable state file is reported, and the default limit applies")
    func unreadable() throws {
        let directory = try TemporaryDirectory()
        let path = try directory.write("{", to: "state.json")
        let agent = ManagedAgent(name: "home", socketPath: directory.file("none.sock"))
        let silent = SilentNotifications(agents: [agent], stateFile: path)
        #expect(silent.readFailure != nil)
        #expect(agent.state().history.limit == RegistrationHistory.usualLimit)
    }

    @Test(
        "An unreadable state file is renamed before a new one is written",
        arguments: ["{", #"{"engineID":"80001f88","engineBoots":41,"agents":{"home":{"historyLimit":-1}}}"#])
    func putAside(contents: String) throws {
        let directory = try TemporaryDirectory()
        let path = try directory.write(contents, to: "state.json")
        let agent = ManagedAgent(name: "home", socketPath: directory.file("none.sock"))
        let silent = SilentNotifications(agents: [agent], stateFile: path)
        for limit in [3, 4] as [UInt32] {
            try silent.setNotifications(NotificationSettings(enabled: [], historyLimit: limit), of: "home")
            #expect(try String(contentsOfFile: path + ".unreadable", encoding: .utf8) == contents)
            #expect(StateStore(path: path).settings(of: "home", configured: NotificationSettings()).historyLimit == limit)
        }
    }
}
