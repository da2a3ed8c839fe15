import Foundation
import MIPTesting
import Testing

@Suite("The program mip-node")
struct ProgramTests {
    private let directory: TemporaryDirectory
    private let program = BuiltProducts.path(of: "mip-node")

    init() throws { directory = try TemporaryDirectory() }

    private var control: String { directory.file("n.sock") }

    private func configuration(_ lines: String = "", interface: String = "no-such0") throws -> String {
        try directory.write(
            """
            name: n
            control: \(control)
            interface: \(interface)
            home: {agent: 192.0.2.1, address: 192.0.2.10}
            association: {spi: 256, key: 00112233445566778899aabbccddeeff}
            \(lines)
            """, to: "n.yaml")
    }

    @Test("It contains the mobile node and no part of the mobility agents' engine")
    func linksNoAgent() throws {
        let contents = try Data(contentsOf: URL(fileURLWithPath: program), options: .alwaysMapped)
        // Mangled Swift symbol names.
        #expect(contents.range(of: Data("$s10MobileNode".utf8)) != nil)
        #expect(contents.range(of: Data("13MobilityAgent".utf8)) == nil)
    }

    @Test("Mistakes in the configuration make it exit with status 2 before anything is opened")
    func mistakes() async throws {
        let file = try configuration("tries: 21\nextra: 1")
        let (status, output, errors) = try await ChildProcess.run(program, ["run", "--config", file])
        #expect(status == 2)
        #expect(output == "")
        let lines = errors.split(separator: "\n")
        #expect(lines.first == "\(file):6:8: tries: '21' is invalid; expected a whole number 1 to 20")
        #expect(
            lines.last?.hasPrefix(
                "\(file):7:1: 'extra' is not a setting of this file; expected one of adaptsReverseTunnel, allowedHomeAgents,")
                == true)
        #expect(lines.count == 2)
        #expect(!FileManager.default.fileExists(atPath: control))
    }

    @Test("A missing file makes it exit with status 2")
    func missing() async throws {
        let (status, _, errors) = try await ChildProcess.run(program, ["run", "--config", "/nonexistent.yaml"])
        #expect(status == 2)
        #expect(errors.hasPrefix("/nonexistent.yaml: cannot open the file"))
    }

    @Test("--check opens nothing and exits with status 0")
    func check() async throws {
        let file = try configuration()
        let (status, output, errors) = try await ChildProcess.run(program, ["run", "--config", file, "--check"])
        #expect(status == 0)
        #expect(output == "\(file): the configuration is valid\n")
        #expect(errors == "")
        #expect(!FileManager.default.fileExists(atPath: control))
    }

    @Test("An interface that this machine does not have makes it exit with status 1 and is named; nothing is left open")
    func noInterface() async throws {
        let log = directory.file("log")
        let daemon = try ChildProcess(program, ["run", "--config", try configuration()], log: log)
        #expect(try await daemon.waitForExit() == 1)
        #expect(daemon.output.contains("there is no interface 'no-such0'"), "\(daemon.output)")
        #expect(!daemon.output.contains("00112233"))
        #expect(!FileManager.default.fileExists(atPath: control))
    }
}
