import AgentModel
import Foundation
import MIPTesting
import ManagementCore
import MobileIPv4
import Testing

@Suite("The program mip-agentd")
struct ProgramTests {
    private let setting: Setting
    private let configuration: String
    private let program = BuiltProducts.path(of: "mip-agentd")

    init() throws {
        setting = try Setting()
        configuration = try setting.directory.write(setting.yaml(withForeignAgent: true), to: "a.yaml")
    }

    private func start(_ log: String = "a.log") throws -> ChildProcess {
        try ChildProcess(program, ["--config", configuration], log: setting.directory.file(log))
    }

    @Test("A signal to stop ends it with status 0 and leaves no socket", arguments: [SIGTERM, SIGINT, SIGHUP])
    func stop(signal: Int32) async throws {
        let daemon = try start()
        try await eventually("the control socket") { FileManager.default.fileExists(atPath: setting.control) }
        try await eventually("the first log line") { daemon.output.contains("serving") }
        #expect(try await setting.node().register(at: setting.home).code == .accepted)
        daemon.signal(signal)
        #expect(try await daemon.waitForExit() == 0)
        #expect(!FileManager.default.fileExists(atPath: setting.control))
        #expect(daemon.output.contains("stopped"))
        #expect(!daemon.output.contains(MobileNodeClient.keyDigits))
    }

    @Test("Started without standard descriptors, it has /dev/null as each of them, so that its log is written to nothing else")
    func closedDescriptors() async throws {
        let closing = #"exec "$0" "$@" 0<&- 1>&- 2>&-"#
        let daemon = try ChildProcess(
            "sh", ["-c", closing, program, "--config", configuration], log: setting.directory.file("a.log"))
        try await eventually("the control socket") { FileManager.default.fileExists(atPath: setting.control) }
        for descriptor in 0...2 {
            let path = "/proc/\(daemon.identifier)/fd/\(descriptor)"
            #expect(try FileManager.default.destinationOfSymbolicLink(atPath: path) == "/dev/null")
        }
        #expect(try await daemon.stop() == 0)
    }

    @Test("A second instance ends with status 1 and says why, and the first one continues")
    func second() async throws {
        let first = try start()
        try await eventually("the first log line") { first.output.contains("serving") }
        let second = try start("b.log")
        #expect(try await second.waitForExit() == 1)
        #expect(second.output.contains("the UDP address \(setting.home) is in use by another program"))
        #expect(try await setting.node().register(at: setting.home).code == .accepted)
        #expect(try await first.stop() == 0)
    }

    @Test("Mistakes in the configuration end the program with status 2 before anything is opened")
    func mistakes() async throws {
        let text = setting.yaml().replacingOccurrences(of: "spi: 256", with: "spi: 255") + "extra: 1\n"
        try setting.directory.write(text, to: "a.yaml")
        let (status, output, errors) = try await ChildProcess.run(program, ["--config", configuration])
        #expect(status == 2)
        #expect(output == "")
        #expect(
            errors.split(separator: "\n") == [
                "\(configuration):7:30: securityAssociations[0].spi: '255' is invalid; expected 256 to 4294967295, or 2 for CHAP",
                "\(configuration):8:1: 'extra' is not a setting of this file; expected one of authenticationServerAssociations, control, durability, dynamicHomeAgent, enabled, experimental, foreignAgent, forwarding, homeAgent, hostConfiguration, interfaces, maximumAlarmsPerSecond, maximumViolators, name, notificationDirections, notifications, receiveBuffer, retransmissionTimeout, retransmissionTries, revocation, revocationInforming, revocationRequired, securityAssociations, serviceSelection, state",
            ])
        #expect(!FileManager.default.fileExists(atPath: setting.control))
    }

    @Test("A missing file ends the program with status 2")
    func missing() async throws {
        let (status, _, errors) = try await ChildProcess.run(program, ["--config", "/nonexistent.yaml"])
        #expect(status == 2)
        #expect(errors.hasPrefix("/nonexistent.yaml: cannot open the file"))
    }

    @Test("--check opens nothing and ends with status 0")
    func check() async throws {
        let (status, output, errors) = try await ChildProcess.run(program, ["--config", configuration, "--check"])
        #expect(status == 0)
        #expect(output == "\(configuration): the configuration is valid\n")
        #expect(errors == "")
        #expect(!FileManager.default.fileExists(atPath: setting.control))
    }

    @Test(
        "A state store that cannot be used is a mistake for --check; at the start it is a warning, and the agent serves without it",
        arguments: [
            ("state: /nonexistent/s.json", "state '/nonexistent/s.json': the folder '/nonexistent' does not exist; create it"),
            ("state: /proc/s.json", "state '/proc/s.json': cannot create files in '/proc', whose files are the kernel's"),
            ("state: /tmp", "state '/tmp': it is a folder"),
            ("state: {open}", "every user can read it; expected mode 0600 or 0640"),
        ])
    func places(place: (line: String, message: String)) async throws {
        let open = try setting.directory.write("{}", to: "open.json", mode: 0o644)
        try setting.directory.write(setting.yaml() + place.line.replacing("{open}", with: open) + "\n", to: "a.yaml")
        let (status, _, errors) = try await ChildProcess.run(program, ["--config", configuration, "--check"])
        #expect(status == 2)
        #expect(errors.contains(place.message), "\(errors)")
        #expect(errors.split(separator: "\n").count == 1)
        #expect(!FileManager.default.fileExists(atPath: setting.control))
        let daemon = try start()
        try await eventually("the first log line") { daemon.output.contains("serving") }
        #expect(daemon.output.contains(place.message))
        #expect(daemon.output.contains("the state store cannot be used"))
        #expect(try await setting.node().register(at: setting.home).code == .accepted)
        #expect(try await daemon.stop() == 0)
    }

    @Test("Short keys are warned about by --check and in the log, and the agent serves")
    func shortKey() async throws {
        let key = "1234567812345678"
        try setting.directory.write(setting.yaml().replacing(MobileNodeClient.keyDigits, with: key), to: "a.yaml")
        let text = "is read as 8 bytes in hexadecimal; read as text, its 16 characters would be 16 bytes"
        let (status, output, errors) = try await ChildProcess.run(program, ["--config", configuration, "--check"])
        #expect(status == 0)
        #expect(output == "\(configuration): the configuration is valid\n")
        #expect(errors.hasPrefix("warning: \(configuration):7:") && errors.contains(text), "\(errors)")
        let daemon = try start()
        try await eventually("the first log line") { daemon.output.contains("serving") }
        #expect(daemon.output.contains(text))
        #expect(!daemon.output.contains(key))
        #expect(try await daemon.stop() == 0)
    }

    @Test("A short key that an operator adds is warned about as one in the file is")
    func shortAddedKey() async throws {
        let daemon = try start()
        try await eventually("the first log line") { daemon.output.contains("serving") }
        let change = SecurityAssociationChange(
            peer: .address(IPv4Address(10, 1, 0, 9)), spi: SecurityParameterIndex(rawValue: 400),
            key: SecretOctets([0xDE, 0xAD, 0xBE, 0xEF]), creation: .mustNotExist)
        _ = try await ManagedAgent(name: "test", socketPath: setting.control).apply([.association(change)])
        let warning = "the key of a security association has 4 bytes; expected 16 or more (RFC 5944 §5.1)"
        try await eventually("the warning") { daemon.output.contains(warning) }
        #expect(!daemon.output.lowercased().contains("deadbeef"))
        #expect(try await daemon.stop() == 0)
    }

    @Test(
        "When it ends, the numbers of suppressed lines are in the log: each of 40 calls that cannot be read is written or counted"
    )
    func suppressed() async throws {
        let daemon = try start()
        try await eventually("the first log line") { daemon.output.contains("serving") }
        for _ in 0..<40 {
            let manager = try RawManager(socketPath: setting.control)
            manager.send("junk")
            #expect(await manager.next() == nil)
        }
        #expect(try await daemon.stop() == 0)
        let lines = daemon.output.split(separator: "\n").filter { $0.contains("control connection closed") }
        let written = lines.filter { !$0.contains("similar lines were suppressed") }.count
        let suppressed = lines.flatMap { $0.split(separator: " ") }.filter { $0.hasPrefix("suppressed=") }
            .compactMap { Int($0.dropFirst(11)) }
        #expect(written + suppressed.reduce(0, +) == 40, "\(daemon.output)")
    }

    @Test("A wrong key is logged as a violation, many of them as a few lines, and keys are never logged")
    func violations() async throws {
        let daemon = try start()
        try await eventually("the first log line") { daemon.output.contains("serving") }
        let node = setting.node()
        for _ in 0..<200 {
            var octets = node.request()
            octets[octets.count - 1] ^= 1
            node.socket.send(octets, to: setting.home)
        }
        try await eventually("a violation in the log") { daemon.output.contains("event=securityViolation") }
        #expect(try await daemon.stop() == 0)
        let lines = daemon.output.split(separator: "\n").filter { $0.contains("event=securityViolation") }
        #expect((1...40).contains(lines.count))
        #expect(lines.first?.contains("homeAddress=10.1.0.1") == true)
        #expect(!daemon.output.lowercased().contains(MobileNodeClient.keyDigits))
    }
}
