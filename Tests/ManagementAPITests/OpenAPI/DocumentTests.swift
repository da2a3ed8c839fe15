import Foundation
import HTTPTypes
import HummingbirdTesting
import MIPTesting
import ManagementAPI
import Testing

@Suite("The OpenAPI document")
struct DocumentTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path

    @Test("It is valid OpenAPI 3.1, and tells every path that the server tells of")
    func valid() async throws {
        let directory = try TemporaryDirectory()
        try await Served([[]]).test { client in
            let answer = try await client.get("/openapi.json")
            #expect(answer.headers[.contentType] == "application/json")
            try answer.octets.write(to: URL(fileURLWithPath: directory.file("openapi.json")))
            let document = try answer.object()
            #expect(document["openapi"] as? String == "3.1.0")
            let paths = try #require(document["paths"] as? [String: Any])
            let told = try await client.get("/nothing").object()["detail"] as? String
            let known = try #require(told?.split(separator: "known are ").last?.split(separator: ", ").map(String.init))
            #expect(Set(known).subtracting(paths.keys).isEmpty)
        }
        let (status, output, errors) = try await ChildProcess.run(
            BuiltProducts.python, ["-m", "openapi_spec_validator", directory.file("openapi.json")])
        #expect(status == 0, "\(output)\(errors)")
    }

    @Test("Every example in it is answered by mip-mibd as it says, by every member and no other")
    func examples() async throws {
        try await APIScene().run { url in
            let (status, output, errors) = try await ChildProcess.run(
                BuiltProducts.python, ["\(Self.folder)/examples.py", url], within: .seconds(300))
            #expect(status == 0, "\(output)\(errors)")
            let count = output.split(separator: "\n").last?.split(separator: " ").first.flatMap { Int($0) } ?? 0
            #expect(count >= 150, "\(output)")
        }
    }

    @Test("schemathesis finds nothing with what fits the document and with what does not", .timeLimit(.minutes(15)))
    func schemathesis() async throws {
        let examples = ProcessInfo.processInfo.environment["MIP_SCHEMATHESIS_EXAMPLES"] ?? "10"
        try await APIScene().run { url in
            // In a folder of its own, since it keeps notes where it runs.
            let arguments = [
                BuiltProducts.python, "-m", "schemathesis.cli", "--config-file", "\(Self.folder)/schemathesis.toml", "run",
                "\(url)/openapi.json", "--max-examples", examples, "--generation-deterministic", "--checks", "all", "--mode",
                "all",
                "--phases", "examples,coverage,fuzzing,stateful", "--continue-on-failure", "--no-color",
            ]
            let directory = try TemporaryDirectory()
            let (status, output, errors) = try await ChildProcess.run(
                "sh", ["-c", "cd \"$0\" && exec \"$@\"", directory.file("")] + arguments,
                environment: ["SCHEMATHESIS_HOOKS": "schemathesis_hooks", "PYTHONPATH": Self.folder], within: .seconds(840))
            #expect(status == 0, "\(output.suffix(12_000))\(errors)")
            #expect(output.contains("test cases") || output.contains("Test cases:"))
        }
    }
}
