import Foundation
import MIPTesting
import MobileIPv4
import Testing

@Suite("Control of notifications by SNMP, and their limits", .serialized)
struct NotificationControlTests {
    static let mip = ".1.3.6.1.2.1.44"
    static let ext = ".1.3.6.1.4.1.8072.9999.9999.44"
    static let enabled = ext + ".1.10.1.1.2"
    static let sent = ext + ".1.10.1.1.3"
    static let suppressed = ext + ".1.10.1.1.4"
    static let interval = ext + ".1.10.2.0"
    static let rate = ext + ".1.10.3.0"

    static func scene(
        _ path: ManagementPath, settings: [String], homeAgent: [String] = [], sinks: [String]? = nil, snmpd: [String]? = nil,
        receiver configuration: [String] = ["disableAuthorization yes"]
    ) async throws -> (Slice, TrapReceiver) {
        let slice = try Slice(homeAgent: homeAgent)
        let receiver = try TrapReceiver(in: slice.directory, configuration: configuration)
        for (name, text) in [("auth", "authentication"), ("priv", "privacy-pass")] {
            try slice.directory.write(text + "\n", to: name)
            chmod(slice.directory.file(name), 0o600)
        }
        try slice.configureManagement(
            path,
            snmpd: (snmpd ?? ["trap2sink 127.0.0.1:PORT public"]).map { $0.replacing("PORT", with: "\(receiver.port)") },
            standalone: [
                "communities: [{name: public}, {name: private, access: readWrite}]",
                "users: [{name: operator, authenticationFile: auth, privacyFile: priv}]", "engineID: 80001f8805aabbccddeeff",
                "sinks:",
            ] + (sinks ?? ["{address: \"udp:127.0.0.1:PORT\"}"]).map { "  - " + $0.replacing("PORT", with: "\(receiver.port)") },
            settings: settings)
        try slice.startAgents()
        try slice.startManagement(path)
        try await slice.waitForAgents()
        try await slice.waitForManagement()
        return (slice, receiver)
    }

    /// Writes with the read-write community.
    static func set(_ slice: Slice, _ binds: [String]) async throws -> (status: Int32, text: String) {
        let result = try await ChildProcess.run(
            "snmpset", ["-v2c", "-c", "private", "-On", "-t", "3", "127.0.0.1:\(slice.snmpPort)"] + binds)
        return (result.status, result.output + result.errors)
    }

    static func register(_ slice: Slice, _ address: String, _ more: [String] = []) async throws {
        try await slice.node(["--count", "1", "--first-home-address", address, "--care-of-address", "192.0.2.1"] + more)
    }

    @Test("Only what the configuration lists can be written", arguments: ManagementPath.allCases)
    func readOnly(path: ManagementPath) async throws {
        let (slice, receiver) = try await Self.scene(path, settings: ["writable: [enable]"])
        let refused = try await Self.set(slice, [Self.interval, "u", "5"])
        #expect(refused.status != 0 && refused.text.contains("notWritable"), "\(refused.text)")
        #expect(try await slice.snmp("snmpget", ["-Oqv"], Self.interval) == "10\n")
        try await receiver.stop()
        try await slice.stop()
    }

    @Test(
        "A kind that is disabled by SNMP is not sent, even after a restart, until it is enabled",
        arguments: ManagementPath.allCases)
    func switching(path: ManagementPath) async throws {
        let (slice, receiver) = try await Self.scene(
            path, settings: ["writable: [notifications]", "notifications: {nodeInterval: 0}"])
        let off = try await Self.set(slice, ["\(Self.enabled).1", "i", "2", Self.interval, "u", "1"])
        #expect(off.status == 0, "\(off.text)")
        #expect(try await slice.snmp("snmpget", ["-Oqv"], "\(Self.enabled).1") == "2\n")
        try await slice.processes["mip-mibd"]?.stop()
        try slice.start("mip-mibd", BuiltProducts.path(of: "mip-mibd"), ["--config", slice.directory.file("mip-mibd.yaml")])
        try await slice.waitForManagement()
        #expect(try await slice.snmp("snmpget", ["-Oqv"], "\(Self.enabled).1") == "2\n")
        #expect(try await slice.snmp("snmpget", ["-Oqv"], Self.interval) == "1\n")
        if path.hasMaster {
            // Nothing was written in the other context.
            #expect(try await slice.snmp("snmpget", ["-Oqv"], Self.interval, community: "foreign") == "0\n")
        }
        try await Self.register(slice, "127.40.0.10")
        try await Self.register(slice, "127.40.0.10", ["--deregister"])
        // Notifications are sent in the order of events, so the registration would have come first.
        _ = try await receiver.wait(for: Self.ext + ".0.3")
        #expect(!receiver.received.contains { $0.identifier == Self.ext + ".0.1" })
        #expect(try await slice.snmp("snmpget", ["-Oqv"], "\(Self.sent).1") == "0\n")
        #expect(try await slice.snmp("snmpget", ["-Oqv"], "\(Self.sent).3") == "1\n")
        #expect(try await Self.set(slice, ["\(Self.enabled).1", "i", "1"]).status == 0)
        try await Self.register(slice, "127.40.0.11")
        _ = try await receiver.wait(for: Self.ext + ".0.1")
        try await receiver.stop()
        try await slice.stop()
    }

    @Test(
        "A state file that cannot be written makes the SET fail with commitFailed, and nothing changes",
        arguments: ManagementPath.allCases)
    func unwritableState(path: ManagementPath) async throws {
        let (slice, receiver) = try await Self.scene(path, settings: ["writable: [notifications]"])
        // A folder in place of the file cannot be replaced, not even by root.
        try? FileManager.default.removeItem(atPath: slice.directory.file("mip-mibd.json"))
        try FileManager.default.createDirectory(
            atPath: slice.directory.file("mip-mibd.json/occupied"), withIntermediateDirectories: true)
        let refused = try await Self.set(slice, [Self.interval, "u", "7"])
        #expect(refused.status != 0 && refused.text.contains("commitFailed"), "\(refused.text)")
        #expect(try await slice.snmp("snmpget", ["-Oqv"], Self.interval) == "10\n")
        try await receiver.stop()
        try await slice.stop()
    }

    @Test(
        "10,000 wrong authenticators cause a bounded number of notifications and exact counters, and do not delay requests",
        arguments: ManagementPath.allCases)
    func flood(path: ManagementPath) async throws {
        let (slice, receiver) = try await Self.scene(
            path, settings: ["notifications: {send: [authFailure2, registrationDenied], nodeInterval: 10, maximumRate: 50}"])
        let homeAgent = slice.homeAgent
        let flood = Task.detached {
            WrongRequests.flood(10_000, firstHomeAddress: IPv4Address(127, 40, 1, 0), to: homeAgent)
        }
        var slowest = Duration.zero
        for _ in 0..<20 {
            let start = ContinuousClock.now
            #expect(try await slice.snmp("snmpget", ["-Oqv"], Self.mip + ".1.1.2.0") == "1\n")
            slowest = max(slowest, ContinuousClock.now - start)
        }
        #expect(await flood.value == 10_000)
        #expect(slowest < .seconds(5))
        func number(_ oid: String) async throws -> Int? {
            Int(try await slice.snmp("snmpget", ["-Oqv"], oid).trimmingCharacters(in: .whitespacesAndNewlines))
        }
        try await eventually("the count of violations") { try await number(Self.mip + ".1.2.2.0") == 10_000 }
        func received() -> Int {
            receiver.received.count { $0.identifier == Self.mip + ".2.0.2" || $0.identifier == Self.ext + ".0.6" }
        }
        try await eventually("the notifications") { received() == 50 }
        // Each request is a violation and a denial. The agent reports a limited number of them per second and counts the others itself.
        try await eventually("the sum of notifications sent, suppressed and not reported") {
            var sum = 0
            for oid in [
                "\(Self.sent).12", "\(Self.suppressed).12", "\(Self.sent).6", "\(Self.suppressed).6", Self.ext + ".1.3.2.0",
            ] {
                sum += try await number(oid) ?? 0
            }
            return sum == 20_000
        }
        #expect(try await [number("\(Self.sent).12"), number("\(Self.sent).6")].reduce(0) { $0 + ($1 ?? 0) } == 50)
        #expect(received() == 50)
        try await receiver.stop()
        try await slice.stop()
    }
}
