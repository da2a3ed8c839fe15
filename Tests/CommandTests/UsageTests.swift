import Foundation
import MIPTesting
import Testing

@Suite("How mip-mib explains itself")
struct UsageTests {
    @Test(
        "--help of every command",
        arguments: [
            "", "status", "bindings", "visitors", "counters", "associations", "violations", "revoke", "enable", "disable",
        ])
    func help(command: String) async throws {
        let result = try await Scene.run(command.isEmpty ? ["--help"] : [command, "--help"])
        #expect(result.status == 0)
        #expect(result.errors == "")
        try Golden.expect(result.output, is: "help\(command.isEmpty ? "" : "-" + command).txt")
    }

    @Test(
        "Wrong arguments end with status 2 and say what would be right",
        arguments: [
            (["bindngs"], "Unexpected argument 'bindngs'"), (["bindings", "--nonsense"], "Unknown option '--nonsense'"),
            (["bindings", "--home-address", "300.1.1.1"], "'300.1.1.1'"),
            (["revoke", "here", "--yes"], "is not an IPv4 address such as"),
            (["revoke", "10.0.0.1", "--care-of", "x", "--yes"], "is not an IPv4 address such as"),
        ])
    func wrongArguments(arguments: [String], expected: String) async throws {
        let scene = try await Scene()
        let result = try await Scene.run(arguments, environment: ["MIP_MIB_SOCKET": scene.socket])
        #expect(result.status == 2)
        #expect(result.output == "")
        #expect(result.errors.contains(expected), "\(result.errors)")
        await scene.agent.stop()
    }
}
