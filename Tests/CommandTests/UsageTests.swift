import Foundation
import MIPTesting
import Testing

@Suite("mip-mib: usage errors and settings")
struct UsageTests {
    @Test(
        "Invalid arguments end with status 2 and state what is expected",
        arguments: [
            (["bindngs"], "Unexpected argument 'bindngs'"), (["bindings", "--nonsense"], "Unknown option '--nonsense'"),
            (["bindings", "--home-address", "300.1.1.1"], "'300.1.1.1'"),
            (["revoke", "here", "--yes"], "is invalid; expected a home address such as"),
            (["revoke", "10.0.0.1", "--care-of", "x", "--yes"], "is invalid; expected an IPv4 address such as"),
        ])
    func wrongArguments(arguments: [String], expected: String) async throws {
        let scene = try await Scene()
        let result = try await Scene.run(arguments, environment: ["MIP_MIB_SOCKET": scene.socket])
        #expect(result.status == 2)
        #expect(result.output == "")
        #expect(result.errors.contains(expected), "\(result.errors)")
        await scene.agent.stop()
    }

    @Test("The environment overrides the configuration file, and an option overrides both")
    func precedence() async throws {
        let scene = try await Scene()
        let file = try scene.directory.write("sockets: [\(scene.socket)]\noutput: csv\n", to: "mip-mib.yaml")
        func output(_ arguments: [String], _ environment: [String: String] = [:]) async throws -> String {
            let command = ["bindings", "--columns", "homeAddress", "--limit", "1"] + arguments
            return try await Scene.run(command, environment: environment.merging(["MIP_MIB_CONFIG": file]) { $1 }).output
        }
        #expect(try await output([]) == "homeAddress\n10.0.1.1\n")
        #expect(try await output([], ["MIP_MIB_OUTPUT": "ndjson"]) == "{\"homeAddress\":\"10.0.1.1\"}\n")
        #expect(try await output(["-o", "yaml"], ["MIP_MIB_OUTPUT": "ndjson"]) == "- homeAddress: 10.0.1.1\n")
        let elsewhere = ["MIP_MIB_SOCKET": scene.directory.file("missing.sock")]
        #expect(try await output([], elsewhere) == "")
        #expect(try await output(["--socket", scene.socket], elsewhere) == "homeAddress\n10.0.1.1\n")
        await scene.agent.stop()
    }

    @Test("A path that cannot be a control socket is described as what it is")
    func otherFiles() async throws {
        let directory = try TemporaryDirectory()
        let file = try directory.write("text\n", to: "file")
        let cases = [
            (directory.path, "it is a folder"), (file, "it is not a socket"), ("\(file)/", "is not a folder"),
            (directory.file("missing"), "it does not exist"),
        ]
        for (path, words) in cases {
            let result = try await Scene.run(["status", "--socket", path])
            #expect(result.status == 3 && result.errors.contains(words), "\(result.errors)")
            #expect(!result.errors.contains("start it"), "\(result.errors)")
        }
    }

    @Test("A mistake in the configuration file is reported with its position and the expected value")
    func configurationMistakes() async throws {
        let directory = try TemporaryDirectory()
        let file = try directory.write("output: tabel\nsocket: x\n", to: "mip-mib.yaml")
        let result = try await Scene.run(["status"], environment: ["MIP_MIB_CONFIG": file])
        #expect(result.status == 2)
        #expect(
            result.errors.contains("\(file):1:9: output: 'tabel' is invalid; expected one of table, wide"), "\(result.errors)"
        )
        #expect(result.errors.contains("did you mean 'sockets'?"))
    }
}
