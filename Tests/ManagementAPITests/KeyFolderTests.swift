import Foundation
import MIPTesting
import Testing

@testable import ManagementAPI

@Suite("The folder of the TLS key")
struct KeyFolderTests {
    @Test("The key of TLS is not kept in a folder where every user can replace it")
    func keyFolder() async throws {
        let directory = try TemporaryDirectory()
        _ = try await AccessTests.certificate(directory)
        let file = try directory.write(
            """
            agents:
              - {name: one, control: \(directory.file("one.sock"))}
            stateFile: \(directory.file("state/state.json"))
            http:
              tls: {certificate: cert.pem, key: keys/key.pem}

            """, to: "mip-mibd.yaml")
        let folder = directory.file("keys")
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        try FileManager.default.moveItem(atPath: directory.file("key.pem"), toPath: folder + "/key.pem")
        for (mode, status) in [(0o755, 0 as Int32), (0o777, 2)] {
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: folder)
            let result = try await ChildProcess.run(BuiltProducts.path(of: "mip-mibd"), ["--config", file, "--check"])
            #expect(result.status == status, "\(result.output)\(result.errors)")
            if status != 0 { #expect(result.errors.contains("key '\(folder)': every user can replace the files")) }
        }
    }
}
