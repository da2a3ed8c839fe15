import Foundation
import MIPTesting
import Testing

@Suite("Notifications of what happens on the wire, as snmptrapd receives them", .serialized)
struct NotificationTests {
    static let mip = ".1.3.6.1.2.1.44"
    static let ext = ".1.3.6.1.4.1.8072.9999.9999.44"

    /// The agents, mip-mibd and a receiver, ready.
    static func scene(
        _ path: ManagementPath, settings: String = "nodeInterval: 0", homeAgent: [String] = []
    ) async throws -> (Slice, TrapReceiver) {
        let slice = try Slice(homeAgent: homeAgent)
        let receiver = try TrapReceiver(in: slice.directory)
        try slice.configureManagement(
            path, snmpd: ["trap2sink 127.0.0.1:\(receiver.port) public"],
            standalone: ["sinks: [{address: \"udp:127.0.0.1:\(receiver.port)\"}]"], settings: ["notifications: {\(settings)}"])
        try slice.startAgents()
        try slice.startManagement(path)
        try await slice.waitForAgents()
        try await slice.waitForManagement()
        return (slice, receiver)
    }

    static func objects(_ notification: TrapReceiver.Notification) -> [String] {
        notification.variables.map { $0.name }
    }

    /// TimeTicks as net-snmp prints them: days, hours, minutes and seconds with hundredths.
    static func hundredths(_ text: String) -> Int? {
        let parts = text.split(whereSeparator: { $0 == ":" || $0 == "." }).compactMap { Int($0) }
        guard parts.count == 5 else { return nil }
        return (((parts[0] * 24 + parts[1]) * 60 + parts[2]) * 60 + parts[3]) * 100 + parts[4]
    }

    @Test("A wrong authenticator gives mipAuthFailure2 with the offender's row", arguments: ManagementPath.allCases)
    func authFailure(path: ManagementPath) async throws {
        let (slice, receiver) = try await Self.scene(path, settings: "send: [authFailure, authFailure2], nodeInterval: 0")
        try slice.directory.write("ffffffffffffffffffffffffffffffff\n", to: "node.key")
        try await slice.node([
            "--tries", "1", "--count", "1", "--first-home-address", "127.40.0.66", "--care-of-address", "192.0.2.66",
        ])
        let new = try await receiver.wait(for: Self.mip + ".2.0.2")
        let row = "2.4.127.40.0.66"
        let entry = Self.mip + ".1.2.6.1"
        #expect(Self.objects(new) == [9, 10, 3, 4, 5, 6, 7, 8, 11].map { "\(entry).\($0).\(row)" })
        #expect(new.values["\(entry).9.\(row)"] == "\"\"")
        #expect(new.values["\(entry).10.\(row)"] == "127.40.0.66")
        #expect(new.values["\(entry).3.\(row)"] == "1")
        #expect(new.values["\(entry).8.\(row)"] == "2")
        #expect(new.values["\(entry).11.\(row)"] == "131")
        // What a GET says of the row is what was sent.
        for (name, value) in new.variables where name != "\(entry).5.\(row)" {
            #expect(try await slice.snmp("snmpget", ["-On", "-OQ", "-Oe"], name) == "\(name) = \(value)\n")
        }
        // A TimeStamp of the same sysUpTime, but for the hundredths that two clocks round.
        let sent = try #require(Self.hundredths(new.values["\(entry).5.\(row)"] ?? ""))
        let got = try await slice.snmp("snmpget", ["-Oqv", "-Ot"], "\(entry).5.\(row)")
        let read = try #require(Int(got.trimmingCharacters(in: .whitespacesAndNewlines)))
        #expect(abs(sent - read) <= 3)
        let upTime = try await slice.snmp("snmpget", ["-Oqv", "-Ot"], ".1.3.6.1.2.1.1.3.0")
        #expect(try (1...#require(Int(upTime.trimmingCharacters(in: .whitespacesAndNewlines)))).contains(sent))
        let old = try await receiver.wait(for: Self.mip + ".2.0.1")
        #expect(Self.objects(old) == [1, 3, 5, 6, 7].map { "\(Self.mip).1.2.3.1.\($0).127.40.0.66" })
        try await receiver.stop()
        try await slice.stop()
    }
}
