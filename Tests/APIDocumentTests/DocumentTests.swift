import Foundation
import MIPTesting
import Testing

@Suite("The OpenAPI document", .serialized)
struct DocumentTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path

    @Test("The document is valid OpenAPI 3.1 and describes every path that the server lists")
    func valid() async throws {
        let directory = try TemporaryDirectory()
        try await APIScene().run { url in
            let text = try await APIScene.curl([url + "/openapi.json"])
            try directory.write(text, to: "openapi.json")
            let document = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
            #expect(document["openapi"] as? String == "3.1.0")
            let paths = try #require(document["paths"] as? [String: Any])
            let refusal = try await APIScene.curl([url + "/nothing"])
            let problem = try #require(try JSONSerialization.jsonObject(with: Data(refusal.utf8)) as? [String: Any])
            let detail = try #require(problem["detail"] as? String)
            let listed = try #require(detail.split(separator: "expected one of ").last?.split(separator: ", ").map(String.init))
            #expect(listed.count > 20)
            #expect(Set(listed).subtracting(paths.keys).isEmpty)
        }
        let (status, output, errors) = try await ChildProcess.run(
            BuiltProducts.python, ["-m", "openapi_spec_validator", directory.file("openapi.json")])
        #expect(status == 0, "\(output)\(errors)")
    }

    @Test("mip-mibd answers every example as described, with exactly the members described")
    func examples() async throws {
        let isWriting = ProcessInfo.processInfo.environment["MIP_WRITE_GOLDEN"] != nil
        let answers = isWriting ? ["\(BuiltProducts.repository)/Sources/ManagementAPI/OpenAPI/answers.json"] : []
        try await APIScene().run { url in
            let (status, output, errors) = try await ChildProcess.run(
                BuiltProducts.python, ["\(Self.folder)/examples.py", url, ManagementToken.text] + answers, within: .seconds(300))
            // When new answers are written, they may differ from the ones in the running server's document.
            #expect(isWriting || status == 0, "\(output)\(errors)")
            let count = output.split(separator: "\n").last?.split(separator: " ").first.flatMap { Int($0) } ?? 0
            #expect(count >= 150, "\(output)")
        }
    }

    @Test("The client that openapi-python-client generates reads every resource, and makes changes with a token only")
    func generatedClient() async throws {
        let directory = try TemporaryDirectory()
        try await APIScene().run { url in
            let (status, output, errors) = try await ChildProcess.run(
                BuiltProducts.python, ["\(Self.folder)/client.py", url, ManagementToken.text, directory.path],
                within: .seconds(120))
            #expect(status == 0, "\(output)\(errors)")
            let count = output.split(separator: "\n").last?.split(separator: " ").first.flatMap { Int($0) } ?? 0
            #expect(count >= 45, "\(output)")
        }
    }

    @Test(
        "schemathesis finds no failures, with requests that conform to the document and with ones that do not",
        .timeLimit(.minutes(15)))
    func schemathesis() async throws {
        let examples = ProcessInfo.processInfo.environment["MIP_SCHEMATHESIS_EXAMPLES"] ?? "\(TestLength.cases(10, long: 30))"
        try await APIScene().run { url in
            // schemathesis runs in a temporary directory because it stores files in its working directory.
            let arguments = [
                BuiltProducts.python, "-m", "schemathesis.cli", "--config-file", "\(Self.folder)/schemathesis.toml", "run",
                "\(url)/openapi.json", "--header", "Authorization: \(ManagementToken.authorization)", "--max-examples", examples,
                "--generation-deterministic", "--checks", "all", "--mode",
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
