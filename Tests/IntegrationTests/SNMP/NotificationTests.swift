import Foundation
import MIPTesting
import MobileIPv4
import Testing

@Suite("Notifications of events on the wire, as snmptrapd receives them", .serialized)
struct NotificationTests {
    static let mip = ".1.3.6.1.2.1.44"
    static let ext = ".1.3.6.1.4.1.8072.9999.9999.44"

    /// Starts the agents, mip-mibd and a receiver.
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

    @Test("A wrong authenticator causes mipAuthFailure2 with the offender's row", arguments: ManagementPath.allCases)
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
        // A GET of the row returns what was sent.
        for (name, value) in new.variables where name != "\(entry).5.\(row)" {
            #expect(try await slice.snmp("snmpget", ["-On", "-OQ", "-Oe"], name) == "\(name) = \(value)\n")
        }
        let sent = try #require(Self.hundredths(new.values["\(entry).5.\(row)"] ?? ""))
        let got = try await slice.snmp("snmpget", ["-Oqv", "-Ot"], "\(entry).5.\(row)")
        let read = try #require(Int(got.trimmingCharacters(in: .whitespacesAndNewlines)))
        #expect(sent == read)
        let upTime = try await slice.snmp("snmpget", ["-Oqv", "-Ot"], ".1.3.6.1.2.1.1.3.0")
        #expect(try (1...#require(Int(upTime.trimmingCharacters(in: .whitespacesAndNewlines)))).contains(sent))
        let old = try await receiver.wait(for: Self.mip + ".2.0.1")
        #expect(Self.objects(old) == [1, 3, 5, 6, 7].map { "\(Self.mip).1.2.3.1.\($0).127.40.0.66" })
        try await receiver.stop()
        try await slice.stop()
    }

    @Test(
        "Registration, move, deregistration and expiry are notified with node, addresses and time",
        arguments: ManagementPath.allCases)
    func bindings(path: ManagementPath) async throws {
        let (slice, receiver) = try await Self.scene(path)
        func register(_ careOf: String, _ more: [String] = []) async throws {
            let node = ["--count", "1", "--first-home-address", "127.40.0.10", "--care-of-address", careOf]
            #expect(try await slice.node(node + more).status == 0)
        }
        let content = Self.ext + ".1.10.4"
        let agentName = Self.ext + ".1.1.1.0"
        func names(_ numbers: [Int]) -> [String] { [agentName] + numbers.map { "\(content).\($0).0" } }

        try await register("192.0.2.1", ["--lifetime", "600"])
        let registered = try await receiver.wait(for: Self.ext + ".0.1")
        #expect(Self.objects(registered) == names([1, 2, 3, 4, 5, 7, 8]))
        #expect(registered.values[agentName] == "\"home\"")
        #expect(registered.values["\(content).1.0"] == "3")
        #expect(registered.values["\(content).3.0"] == "127.40.0.10")
        #expect(registered.values["\(content).4.0"] == "\"\"")
        #expect(registered.values["\(content).5.0"] == "192.0.2.1")
        #expect(registered.values["\(content).7.0"] == "\(slice.homeAgent.address)")
        #expect(registered.values["\(content).8.0"] == "127.0.0.1")

        // A renewal is not notified; the move after it is.
        try await register("192.0.2.1", ["--lifetime", "600"])
        try await register("192.0.2.2", ["--lifetime", "600"])
        let moved = try await receiver.wait(for: Self.ext + ".0.2")
        #expect(Self.objects(moved) == names([1, 2, 3, 4, 5, 7, 6, 8]))
        #expect(moved.values["\(content).5.0"] == "192.0.2.2")
        #expect(moved.values["\(content).6.0"] == "192.0.2.1")
        #expect(receiver.received.count { $0.identifier == Self.ext + ".0.1" } == 1)

        try await register("192.0.2.2", ["--deregister"])
        let left = try await receiver.wait(for: Self.ext + ".0.3")
        #expect(Self.objects(left) == names([1, 2, 3, 4, 5, 7, 8]))
        #expect(left.values["\(content).5.0"] == "192.0.2.2")

        try await register("192.0.2.3", ["--lifetime", "1"])
        let expired = try await receiver.wait(for: Self.ext + ".0.4")
        #expect(Self.objects(expired) == names([1, 2, 3, 4, 5, 7]))
        #expect(expired.values["\(content).3.0"] == "127.40.0.10")

        try await register("192.0.2.4")
        #expect(try await slice.command(["revoke", "127.40.0.10", "--yes"]).status == 0)
        let revoked = try await receiver.wait(for: Self.ext + ".0.5")
        #expect(Self.objects(revoked) == names([1, 2, 3, 4, 5, 7]))
        #expect(revoked.values["\(content).5.0"] == "192.0.2.4")

        try slice.directory.write("ffffffffffffffffffffffffffffffff\n", to: "node.key")
        try await slice.node([
            "--tries", "1", "--count", "1", "--first-home-address", "127.40.0.11", "--care-of-address", "192.0.2.5",
        ])
        let denied = try await receiver.wait(for: Self.ext + ".0.6")
        #expect(Self.objects(denied) == names([1, 2, 3, 4, 5, 7, 8, 9]))
        #expect(denied.values["\(content).9.0"] == "131")
        #expect(denied.values["\(content).3.0"] == "127.40.0.11")
        // None of them contains the key of the associations.
        #expect(!receiver.received.flatMap(\.variables).contains { $0.value.lowercased().contains("00 11 22 33") })
        try await receiver.stop()
        try await slice.stop()
    }

    @Test("A visitor is notified in the context of its foreign agent", arguments: ManagementPath.allCases)
    func visitor(path: ManagementPath) async throws {
        let (slice, receiver) = try await Self.scene(path)
        try await slice.node([
            "--count", "1", "--first-home-address", "127.40.0.20", "--foreign-agent", "\(slice.foreignAgent)",
            "--from-home-address",
        ])
        let name = Self.ext + ".1.1.1.0"
        let visit = try await receiver.wait(for: Self.ext + ".0.1") { $0.values[name] == "\"foreign\"" }
        #expect(visit.values[Self.ext + ".1.10.4.1.0"] == "2")
        #expect(visit.values[Self.ext + ".1.10.4.3.0"] == "127.40.0.20")
        _ = try await receiver.wait(for: Self.ext + ".0.1") { $0.values[name] == "\"home\"" }
        try await receiver.stop()
        try await slice.stop()
    }

    @Test("A table that fills up raises one alarm, which ends when the table empties", arguments: ManagementPath.allCases)
    func capacity(path: ManagementPath) async throws {
        let (slice, receiver) = try await Self.scene(path, homeAgent: ["maximumBindings: 10"])
        let nodes = ["--first-home-address", "127.40.0.10", "--care-of-address", "192.0.2.1"]
        #expect(try await slice.node(["--count", "9"] + nodes).status == 0)
        let entry = Self.ext + ".1.2.1.1"
        let rising = try await receiver.wait(for: Self.ext + ".0.7")
        #expect(Self.objects(rising) == [Self.ext + ".1.1.1.0", "\(entry).2.1", "\(entry).5.1", "\(entry).6.1"])
        #expect(rising.variables.map(\.value) == ["\"home\"", "9", "10", "90"])
        #expect(try await slice.snmp("snmpget", ["-Oqv"], "\(entry).8.1") == "1\n")
        // The table is full and one more registration is denied: still the same alarm.
        #expect(try await slice.node(["--tries", "1", "--count", "11"] + nodes).status == 1)
        _ = try await receiver.wait(for: Self.ext + ".0.6") { $0.value(Self.ext + ".1.10.4.9") == "130" }
        #expect(try await slice.node(["--count", "3", "--deregister"] + nodes).status == 0)
        let falling = try await receiver.wait(for: Self.ext + ".0.8")
        #expect(Self.objects(falling) == [Self.ext + ".1.1.1.0", "\(entry).2.1", "\(entry).5.1", "\(entry).7.1"])
        #expect(falling.values["\(entry).7.1"] == "80")
        #expect(try await slice.snmp("snmpget", ["-Oqv"], "\(entry).8.1") == "2\n")
        #expect(receiver.received.count { $0.identifier == Self.ext + ".0.7" } == 1)
        try await receiver.stop()
        try await slice.stop()
    }

    @Test("A killed agent is notified once as unreachable, and as reachable when it is back", arguments: ManagementPath.allCases)
    func reachability(path: ManagementPath) async throws {
        let (slice, receiver) = try await Self.scene(path)
        slice.processes["home"]?.signal(SIGKILL)
        let lost = try await receiver.wait(for: Self.ext + ".0.9")
        #expect(Self.objects(lost) == [1, 8, 10].map { "\(Self.ext).1.1.\($0).0" })
        #expect(lost.variables.map(\.value).prefix(2) == ["\"home\"", "4"])
        _ = try await slice.processes["home"]?.waitForExit()
        try slice.start("home", BuiltProducts.path(of: "mip-agentd"), ["--config", slice.directory.file("home.yaml")])
        let found = try await receiver.wait(for: Self.ext + ".0.10")
        #expect(Self.objects(found) == [1, 8, 3, 12].map { "\(Self.ext).1.1.\($0).0" })
        #expect(found.values["\(Self.ext).1.1.8.0"] == "3")
        #expect(found.values["\(Self.ext).1.1.12.0"] == "1")
        #expect(receiver.received.count { $0.identifier == Self.ext + ".0.9" } == 1)
        try await receiver.stop()
        try await slice.stop()
    }

    @Test("Events that occur while snmpd is stopped are notified when it is back, with the time at which they occurred")
    func masterAway() async throws {
        let (slice, receiver) = try await Self.scene(.agentX)
        try await slice.processes["snmpd"]?.stop()
        let node = ["--count", "1", "--first-home-address", "127.40.0.10", "--care-of-address", "192.0.2.1"]
        #expect(try await slice.node(node).status == 0)
        // mip-mibd has seen the binding, but there was no master to send the notification to.
        try await eventually("the binding in the API") { try await slice.get("/v1/bindings").contains("127.40.0.10") }
        #expect(!receiver.received.contains { $0.identifier == Self.ext + ".0.1" })
        try slice.start("snmpd", "snmpd", ["-f", "-C", "-c", slice.directory.file("snmpd.conf"), "-Lo"] + slice.addresses)
        let reported = try await receiver.wait(for: Self.ext + ".0.1")
        #expect(reported.values[Self.ext + ".1.10.4.3.0"] == "127.40.0.10")
        try await receiver.stop()
        try await slice.stop()
    }
}
