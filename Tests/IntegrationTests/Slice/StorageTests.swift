import Foundation
import MIPTesting
import Testing

/// An agent without a state file under all its management interfaces.
@Suite("An agent without a state file")
struct StorageTests {
    private static let key = "00112233445566778899aabbccddeeff"

    private final class Scene {
        let directory: TemporaryDirectory
        private let snmpPort = freePort()
        private var agent: ChildProcess
        private let daemon: ChildProcess

        init() async throws {
            directory = try TemporaryDirectory()
            try directory.write(StorageTests.key + "\n", to: "node.key")
            try directory.write(
                """
                name: home
                control: \(directory.file("home.sock"))
                homeAgent:
                  addresses: ["127.0.0.1:\(freePort())"]
                  homeNetworks: [127.41.0.0/16]
                foreignAgent:
                  addresses: ["127.0.0.2:\(freePort())"]
                  careOfAddresses: [127.0.0.2]

                """, to: "home.yaml")
            try directory.write(
                """
                agents:
                  - {name: home, control: \(directory.file("home.sock"))}
                runtimeDirectory: \(directory.file("runtime"))
                stateFile: \(directory.file("mip-mibd.json"))
                snmp:
                  standalone: {listen: ["udp:127.0.0.1:\(snmpPort)"], communities: [{name: private, access: readWrite}]}
                  writable: [associations, foreignAgent]
                http:
                  port: \(freePort(stream: true))
                  socket: \(directory.file("api.sock"))

                """, to: "mip-mibd.yaml")
            agent = try Self.start("mip-agentd", "home.yaml", directory)
            daemon = try Self.start("mip-mibd", "mip-mibd.yaml", directory)
            try await eventually("ready") { try await self.request("GET", "/readyz").hasSuffix("200") }
        }

        private static func start(_ program: String, _ file: String, _ directory: TemporaryDirectory) throws -> ChildProcess {
            try ChildProcess(
                BuiltProducts.path(of: program), ["--config", directory.file(file)], log: directory.file("\(program).log"),
                environment: ["SNMP_PERSISTENT_DIR": directory.file("snmp")])
        }

        func restartAgent() async throws {
            try await agent.stop()
            agent = try Self.start("mip-agentd", "home.yaml", directory)
            try await eventually("the agent again") { try await self.request("GET", "/readyz").hasSuffix("200") }
        }

        /// The answer's body, and its status.
        func request(_ method: String, _ path: String, _ body: String? = nil) async throws -> String {
            let content = body.map { ["-H", "Content-Type: application/json", "-d", $0] } ?? []
            return try await ChildProcess.run(
                "curl",
                ["-sS", "--max-time", "30", "--unix-socket", directory.file("api.sock"), "-X", method, "-w", "\n%{http_code}"]
                    + content + ["http://localhost\(path)"]
            ).output
        }

        func command(_ arguments: [String]) async throws -> (status: Int32, output: String, errors: String) {
            try await ChildProcess.run(BuiltProducts.path(of: "mip-mib"), arguments + ["--socket", directory.file("home.sock")])
        }

        func snmp(_ tool: String, _ arguments: [String]) async throws -> (status: Int32, output: String, errors: String) {
            try await ChildProcess.run(
                tool, ["-v2c", "-c", "private", "-Oqv", "-t", "5", "-r", "1", "127.0.0.1:\(snmpPort)"] + arguments)
        }

        func stop() async throws {
            try await daemon.stop()
            try await agent.stop()
        }
    }

    /// mipSecurityStorageType of the peer 127.41.0.N with SPI 300.
    private static func storageType(_ number: Int) -> String { ".1.3.6.1.2.1.44.1.2.5.1.12.2.4.127.41.0.\(number).300" }

    @Test("Every interface says that rows are volatile, refuses to keep them, and they are gone after a restart")
    func everywhere() async throws {
        let scene = try await Scene()
        let add = ["association", "add", "127.41.0.1", "300", "--key-file", scene.directory.file("node.key"), "--yes"]
        let added = try await scene.command(add)
        #expect(added.status == 0, "\(added.errors)")
        let body = #"{"agent": "home", "peer": "127.41.0.2", "spi": 300, "key": "\#(Self.key)"}"#
        #expect(try await scene.request("POST", "/v1/associations", body).hasSuffix("201"))
        let kept = body.replacing("{", with: #"{"storage": "nonVolatile", "#).replacing("0.2", with: "0.3")
        let refused = try await scene.request("POST", "/v1/associations", kept)
        #expect(refused.hasSuffix("409") && refused.contains("state file"), "\(refused)")
        for path in ["/v1/associations/home/127.41.0.1/300", "/v1/associations/home/127.41.0.2/300"] {
            let row = try await scene.request("GET", path)
            #expect(row.contains("\"volatile\""), "\(row)")
        }
        let agent = try await scene.request("GET", "/v1/agents/home").replacing(" ", with: "")
        #expect(agent.contains(#""keepsChanges":false"#), "\(agent)")
        let shown = try await scene.command(["associations", "--output", "json"])
        #expect(shown.output.contains("volatile") && !shown.output.contains("nonVolatile"), "\(shown)")
        try await eventually("the row by SNMP") {
            try await scene.snmp("snmpget", [Self.storageType(1)]).output.trimmingCharacters(in: .whitespacesAndNewlines) == "2"
        }
        let written = try await scene.snmp("snmpset", [Self.storageType(1), "i", "3"])
        #expect(written.status != 0 && written.errors.contains("inconsistentValue"), "\(written)")
        try await scene.restartAgent()
        let after = try await scene.command(["associations", "--output", "json"])
        // Status 1: nothing was found.
        #expect(after.status == 1 && after.output == "[]\n", "\(after)")
        try await scene.stop()
    }
}
