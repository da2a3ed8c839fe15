import Foundation
import MIPTesting
import MobileIPv4
import Testing

@Suite("Paths that are relative to the current folder")
struct RelativePathTests {
    @Test(
        "An agent whose files are all in its current folder, with names of one character, serves and leaves nothing",
        arguments: ["a", "./a", "../x/a"])
    func currentFolder(configuration: String) async throws {
        let directory = try TemporaryDirectory()
        let folder = directory.file("x")
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try directory.write("00112233445566778899aabbccddeeff\n", to: "x/k")
        try directory.write(
            """
            name: home
            control: c
            state: s
            homeAgent:
              addresses: ["127.0.0.1:\(freePort())"]
              homeNetworks: [10.0.0.0/8]
            securityAssociations:
              - {peer: 10.0.0.1, spi: 1000, keyFile: k}
            """, to: "x/a")
        let program = BuiltProducts.path(of: "mip-agentd")
        let command = ["-c", "cd \"$0\" && exec \"$@\"", folder, program, "--config", configuration]
        let check = try await ChildProcess.run("sh", command + ["--check"])
        #expect(check.status == 0 && check.errors.isEmpty, "\(check)")

        let agent = try ChildProcess("sh", command, log: directory.file("log"))
        try await eventually("the agent serves") { agent.output.contains("serving") }
        #expect(FileManager.default.fileExists(atPath: folder + "/c"))
        #expect(try await agent.stop() == 0)
        #expect(Set(try FileManager.default.contentsOfDirectory(atPath: folder)).isSubset(of: ["a", "k", "s"]))
    }

    @Test(
        "A place of one character that cannot be used is a mistake",
        arguments: ["control: .", "control: ./", "control: /", "state: ."])
    func unusable(setting: String) async throws {
        let directory = try TemporaryDirectory()
        let file = try directory.write(
            """
            name: home
            \(setting)
            homeAgent: {addresses: [127.0.0.1], homeNetworks: [10.0.0.0/8]}
            securityAssociations: [{peer: 10.0.0.1, spi: 1000, key: 00112233445566778899aabbccddeeff}]
            """, to: "a.yaml")
        let check = try await ChildProcess.run(BuiltProducts.path(of: "mip-agentd"), ["--config", file, "--check"])
        #expect(check.status == 2)
        #expect(check.errors.contains("it is a folder; expected the path of a"), "\(check.errors)")
    }
}
