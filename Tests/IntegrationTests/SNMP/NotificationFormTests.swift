import Foundation
import MIPTesting
import MobileIPv4
import Testing

@Suite("Notifications in every form of SNMP", .serialized)
struct NotificationFormTests {
    static let mip = ".1.3.6.1.2.1.44"
    static let engine = "0x80001f8805aabbccddeeff"

    /// How a receiver is configured standalone and with snmpd, and how it reports a notification.
    struct Form: Sendable, CustomTestStringConvertible {
        var name: String
        var sink: String
        var snmpd: String
        var said: String
        var testDescription: String { name }
    }

    static let secrets = "-u operator -l authPriv -a SHA-256 -A authentication -x AES -X privacy-pass"
    static let forms = [
        Form(
            name: "v2c trap", sink: "{address: \"udp:127.0.0.1:PORT\"}", snmpd: "trap2sink 127.0.0.1:PORT public",
            said: "TRAP2, SNMP v2c, community public"),
        Form(
            name: "v2c inform", sink: "{address: \"udp:127.0.0.1:PORT\", inform: true}",
            snmpd: "informsink 127.0.0.1:PORT public",
            said: "INFORM, SNMP v2c, community public"),
        Form(
            name: "v3 trap", sink: "{address: \"udp:127.0.0.1:PORT\", version: v3, user: operator}",
            snmpd: "trapsess -v 3 \(secrets) 127.0.0.1:PORT", said: "TRAP2, SNMP v3, user operator, context "),
        Form(
            name: "v3 inform", sink: "{address: \"udp:127.0.0.1:PORT\", version: v3, user: operator, inform: true}",
            snmpd: "trapsess -Ci -v 3 \(secrets) 127.0.0.1:PORT", said: "INFORM, SNMP v3, user operator, context "),
    ]

    static func scene(_ path: ManagementPath, _ form: Form) async throws -> (Slice, TrapReceiver) {
        try await NotificationControlTests.scene(
            path, settings: ["notifications: {send: [authFailure, authFailure2], nodeInterval: 0}"], sinks: [form.sink],
            snmpd: ["exactEngineID \(engine)", "createUser operator SHA-256 authentication AES privacy-pass", form.snmpd],
            receiver: [
                "authCommunity log public", "createUser -e \(engine) operator SHA-256 authentication AES privacy-pass",
                "createUser operator SHA-256 authentication AES privacy-pass", "authUser log operator authPriv",
            ])
    }

    @Test(
        "mipAuthFailure2 as trap and inform, with community and with a user", arguments: ManagementPath.allCases,
        NotificationFormTests.forms)
    func received(path: ManagementPath, form: Form) async throws {
        let (slice, receiver) = try await Self.scene(path, form)
        #expect(WrongRequests.flood(1, firstHomeAddress: IPv4Address(127, 40, 0, 66), to: slice.homeAgent) == 1)
        let notification = try await receiver.wait(for: Self.mip + ".2.0.2")
        #expect(notification.form.hasPrefix(form.said), "\(notification.form)")
        #expect(notification.variables.count == 9)
        // An acknowledged inform is not repeated: when the next one arrives, the first has been received once.
        #expect(WrongRequests.flood(1, firstHomeAddress: IPv4Address(127, 40, 0, 67), to: slice.homeAgent) == 1)
        _ = try await receiver.wait(for: Self.mip + ".2.0.2") { $0.value(Self.mip + ".1.2.6.1.10") == "127.40.0.67" }
        #expect(
            receiver.received.count {
                $0.identifier == Self.mip + ".2.0.2" && $0.value(Self.mip + ".1.2.6.1.10") == "127.40.0.66"
            }
                == 1)
        try await receiver.stop()
        try await slice.stop()
    }

    @Test("An SNMPv1 manager gets the enterprise and the specific number of RFC 3584", arguments: ManagementPath.allCases)
    func version1(path: ManagementPath) async throws {
        let form = Form(
            name: "v1 trap", sink: "{address: \"udp:127.0.0.1:PORT\", version: v1}", snmpd: "trapsink 127.0.0.1:PORT public",
            said: "")
        let (slice, receiver) = try await Self.scene(path, form)
        #expect(WrongRequests.flood(1, firstHomeAddress: IPv4Address(127, 40, 0, 66), to: slice.homeAgent) == 1)
        try await eventually("both notifications") { receiver.received.count { $0.identifier == Self.mip + ".2" } == 2 }
        let received = receiver.received.filter { $0.identifier == Self.mip + ".2" }
        // Generic 6, and mipAuthFailure2 before mipAuthFailure.
        #expect(received.map { $0.numbers.first } == ["6", "6"])
        #expect(Set(received.map { $0.numbers.last?.replacing(".", with: "") ?? "" }) == ["1", "2"])
        try await receiver.stop()
        try await slice.stop()
    }

    @Test("An inform is repeated until its receiver acknowledges it", arguments: ManagementPath.allCases)
    func repeated(path: ManagementPath) async throws {
        let (slice, receiver) = try await Self.scene(path, Self.forms[1])
        receiver.pause()
        #expect(WrongRequests.flood(1, firstHomeAddress: IPv4Address(127, 40, 0, 66), to: slice.homeAgent) == 1)
        // Longer than the timeout of the first transmission, which is one second.
        try await Task.sleep(for: .milliseconds(1500))
        receiver.resume()
        let notification = try await receiver.wait(for: Self.mip + ".2.0.2")
        #expect(notification.form.hasPrefix("INFORM"))
        try await receiver.stop()
        try await slice.stop()
    }
}
