import AgentModel
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import MIPTesting
import ManagementCore
import MobileIPv4
import Testing

@testable import ManagementAPI

@Suite("The dashboard", .serialized)
struct DashboardTests {
    @Test("The page and its files are served with a policy that restricts requests to this server")
    func policy() async throws {
        try await Served([[]]).test { client in
            for (path, type) in [
                ("/", "text/html; charset=utf-8"), ("/dashboard.css", "text/css; charset=utf-8"),
                ("/dashboard.js", "text/javascript; charset=utf-8"),
            ] {
                let response = try await client.get(path)
                #expect(response.status == .ok)
                #expect(response.headers[.contentType] == type)
                let policy = try #require(response.headers[.contentSecurityPolicy])
                #expect(policy.hasPrefix("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'"))
                #expect(!policy.contains("unsafe"))
            }
        }
        for text in [DashboardFiles.html, DashboardFiles.css] { #expect(!text.contains("//") || text.hasPrefix("<!doctype")) }
        #expect(!DashboardFiles.html.contains("://"))
    }

    /// Environment that makes the browser keep its files in the test's directory and ignore the user's.
    private static func home(_ directory: TemporaryDirectory) -> [String: String] {
        [
            "HOME": directory.path, "XDG_CONFIG_HOME": directory.file("config"), "XDG_CACHE_HOME": directory.file("cache"),
            // The path of the browser's own socket must be short enough.
            "TMPDIR": directory.path,
        ]
    }

    @Test("In a real browser, the page matches the API, updates live, works by keyboard and on a phone, and passes axe")
    func browser() async throws {
        let directory = try TemporaryDirectory()
        let scene = try DashboardScene()
        try await scene.run { port in
            let python = ProcessInfo.processInfo.environment["MIP_TEST_PYTHON"] ?? "python3"
            let images =
                ProcessInfo.processInfo.environment["MIP_WRITE_GOLDEN"] == "1" ? BuiltProducts.repository + "/docs/images" : ""
            let script = BuiltProducts.repository + "/Tests/ManagementAPITests/Dashboard/dashboard.py"
            let folder = directory.file("steps")
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await scene.play(steps: folder) }
                let (status, output, errors) = try await ChildProcess.run(
                    python, [script, "http://127.0.0.1:\(port)", folder, images], environment: Self.home(directory),
                    within: .seconds(180))
                #expect(status == 0, "\(output)\n\(errors)")
                group.cancelAll()
            }
        }
    }

    @Test("Over TLS, the page asks for a token, accepts only a valid one, and then shows the data of the API")
    func signIn() async throws {
        let directory = try TemporaryDirectory()
        let identity = try await AccessTests.certificate(directory)
        let (text, token) = AccessToken.make(name: "browser", role: .read)
        let configuration = ManagementServerConfiguration(
            address: IPv4Address(0, 0, 0, 0), port: 0, tls: identity, tokens: [token])
        try await DashboardScene().run(configuration) { port in
            let python = ProcessInfo.processInfo.environment["MIP_TEST_PYTHON"] ?? "python3"
            let script = BuiltProducts.repository + "/Tests/ManagementAPITests/Dashboard/signin.py"
            let (status, output, errors) = try await ChildProcess.run(
                python, [script, "https://localhost:\(port)", text], environment: Self.home(directory), within: .seconds(180))
            #expect(status == 0, "\(output)\n\(errors)")
        }
    }
}
