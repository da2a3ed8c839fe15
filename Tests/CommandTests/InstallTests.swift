import Foundation
import MIPTesting
import Testing

@Suite("scripts/install")
struct InstallTests {
    static let script = "\(BuiltProducts.repository)/scripts/install"

    /// Scripts in place of the programs, which are large in a debug build; the pages and completions come from mip-mib itself.
    static func writePrograms(to folder: String, in directory: TemporaryDirectory) throws {
        try FileManager.default.createDirectory(atPath: directory.file(folder), withIntermediateDirectories: false)
        for program in ["mip-mib", "mip-agentd", "mip-node", "mip-mibd"] {
            let command = program == "mip-mib" ? "exec '\(BuiltProducts.path(of: program))' \"$@\"" : "exit 1"
            _ = try directory.write("#!/bin/sh\n\(command)\n", to: "\(folder)/\(program)", mode: 0o755)
        }
    }

    @Test("MIP_PROGRAMS is relative to the folder in which the script was started")
    func programs() async throws {
        let directory = try TemporaryDirectory()
        try Self.writePrograms(to: "bin", in: directory)
        let result = try await ChildProcess.run(
            "sh", ["-c", "cd \"$0\" && exec \"$1\"", directory.path, Self.script],
            environment: ["MIP_PROGRAMS": "bin", "DESTDIR": directory.file("root")])
        #expect(result.status == 0, "\(result.errors)")
        #expect(FileManager.default.isExecutableFile(atPath: directory.file("root/usr/local/bin/mip-mib")))
    }

    @Test("A folder that does not begin with / is refused", arguments: [("rel", "/nonexistent"), ("/usr", "rel")])
    func relative(prefix: String, destination: String) async throws {
        let result = try await ChildProcess.run(Self.script, [prefix], environment: ["DESTDIR": destination])
        #expect(result.status == 2)
        #expect(result.errors == "scripts/install: 'rel' is invalid; expected a path that begins with /\n")
    }
}
